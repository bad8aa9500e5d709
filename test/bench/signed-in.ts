import { openDatabase } from "../../db/database.ts";
import { createVault } from "../../db/vault.ts";
import { addUser } from "../../src/casework/access/users.ts";
import { type Browser, browser } from "../http/console/browser.ts";
import { codeOf } from "../http/console/one-time-code.ts";
import type { BenchInstallation } from "./county.ts";

const PASSWORD = "a good password of the bench";
let people = 0;

/** Somebody new of the office of an installation's county, who has signed in to a service with a second factor. */
export async function signedIn(
  { databaseUrl, secret, jurisdictionId }: BenchInstallation,
  base: string,
): Promise<Browser> {
  people += 1;
  const given = { email: `bench-${process.pid}-${people}@qinghe.example`, password: PASSWORD };
  const database = await openDatabase({ url: databaseUrl, maxConnections: 1 });
  const vault = createVault(Buffer.from(secret, "base64"));
  try {
    const services = { database, vault, now: () => new Date() };
    const name = `林晓${process.pid}-${people}`;
    const added = await addUser(services, jurisdictionId, { ...given, role: "office", name });
    if (!added.ok) throw new Error(added.reason);
  } finally {
    await database.close();
  }
  const at = browser(base);
  await at.ask("POST", "/session", given);
  const begun = await at.ask("POST", "/me/second-factor/begin", { password: PASSWORD });
  const { uri } = begun.body as { uri: string };
  // A code whose half minute ends on the way is refused; the next one is of a later half minute.
  let proved = await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) });
  if (proved.status !== 200) proved = await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) });
  if (proved.status !== 200) throw new Error(`nobody could sign in: ${proved.status}`);
  return at;
}
