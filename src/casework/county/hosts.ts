import { eq, ne } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Names the hosts under which the console is a county's, in place of those before, and adds that to the ledger of its settings.
 * @returns the hosts as they are kept, or a plain sentence that says what is wrong
 */
export async function nameHosts(
  { database, now }: { readonly database: Database; readonly now: () => Date },
  jurisdictionId: string,
  wanted: readonly string[],
  by: string,
): Promise<{ readonly ok: true; readonly hosts: readonly string[] } | { readonly ok: false; readonly reason: string }> {
  const hosts = [...new Set(wanted.map((host) => host.trim().toLowerCase()))];
  const wrong = hosts.find((host) => !HOST.test(host));
  if (wrong !== undefined)
    return { ok: false, reason: `${wrong} is no host name: give it without https:// and without a port.` };
  const others = await database.inDirectory((tx) =>
    tx
      .select({ code: jurisdictions.code, hosts: jurisdictions.hosts })
      .from(jurisdictions)
      .where(ne(jurisdictions.jurisdictionId, jurisdictionId)),
  );
  const owner = others.find((other) => other.hosts.some((host) => hosts.includes(host)));
  if (owner !== undefined) return { ok: false, reason: `The county ${owner.code} has one of these host names.` };
  await database.inCounty(jurisdictionId, async (tx) => {
    const here = eq(jurisdictions.jurisdictionId, jurisdictionId);
    const [county] = await tx.select({ hosts: jurisdictions.hosts }).from(jurisdictions).where(here).for("update");
    const before = county?.hosts ?? [];
    if (before.join() === hosts.join()) return;
    await tx.update(jurisdictions).set({ hosts }).where(here);
    const change = { what: "hosts", before: before.join(" "), after: hosts.join(" ") };
    await tx.insert(settingsChanges).values({ jurisdictionId, ...change, by, at: now() });
  });
  return { ok: true, hosts };
}
