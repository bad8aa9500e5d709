import { openDatabase } from "../../db/database.ts";
import { createVault } from "../../db/vault.ts";
import { addUser } from "../../src/casework/access/users.ts";
import { type Browser, browser } from "../http/console/browser.ts";
import { codeOf } from "../http/console/one-time-code.ts";
import type { BenchInstallation } from "./county.ts";

const GIVEN = { email: `bench${process.pid}@qinghe.example`, password: "a good password of the bench" } as const;

/** Somebody of the office of an installation's county, who has signed in to a service with a second factor. */
export async function signedIn(
  { databaseUrl, secret, jurisdictionId }: BenchInstallation,
  base: string,
): Promise<Browser> {
  const database = await openDatabase({ url: databaseUrl, maxConnections: 1 });
  const vault = createVault(Buffer.from(secret, "base64"));
  try {
    const services = { database, vault, now: () => new Date() };
    const added = await addUser(services, jurisdictionId, { ...GIVEN, role: "office", name: `林晓${process.pid}` });
    if (!added.ok) throw new Error(added.reason);
  } finally {
    await database.close();
  }
  const at = browser(base);
  await at.ask("POST", "/session", GIVEN);
  const begun = await at.ask("POST", "/me/second-factor/begin", { password: GIVEN.password });
  const { uri } = begun.body as { uri: string };
  const proved = await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) });
  if (proved.status !== 200) throw new Error(`nobody could sign in: ${proved.status}`);
  return at;
}
