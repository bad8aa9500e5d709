import { setTimeout as pause } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { channelOf } from "../../channels/registry.ts";
import { noteStaffChange } from "../access/staff-changes.ts";
import { readCounty } from "../county/settings.ts";
import { ErrandFailed, type ErrandRun, errandKind } from "../errands/kind.ts";
import { addressOf, checkAccount } from "../office/check-account.ts";
import { type FoundAccount, FRESH_MS, unseal } from "../runtime/accounts.ts";

const LOOK_MS = 200;

/** The errand that tries an account at its platform, without anything of a resident, and writes down how it went. */
export const ACCOUNT_TEST = errandKind({
  name: "account-test",
  roles: ["operator"],
  seenBy: ["operator"],
  shape: z.strictObject({
    ...{ channel: z.string().min(1).max(64), name: z.string().min(1).max(64) },
    /** The id at the platform of somebody to whom one message is sent. */
    to: z.string().min(1).max(128).optional(),
  }),
  async refuse(tx, _caller, asked) {
    return (await rowOf(tx, asked)) === null ? "There is no such account in this county." : null;
  },
  async run(run, asked) {
    const { runtime, jurisdictionId, by } = run;
    const row = await runtime.database.inCounty(jurisdictionId, (tx) => rowOf(tx, asked));
    if (row === null) throw new ErrandFailed("There is no such account in this county any more.");
    const found = await asItIsNow(run, row);
    const channel = channelOf(row.channel);
    if (found === null || channel === null) throw new ErrandFailed("There is no such account in this county any more.");
    const callback = addressOf(channel, row.name, { publicUrl: "", ...runtime });
    const county = (await runtime.database.inCounty(jurisdictionId, readCounty)).name;
    const lines = await checkAccount(found, { address: callback, to: asked.to ?? null, county });
    const isFine = lines.every(({ verdict }) => verdict !== "wrong");
    await runtime.database.inCounty(jurisdictionId, (tx) =>
      noteStaffChange(
        tx,
        { jurisdictionId, by, at: runtime.now() },
        {
          what: "account-tested",
          subjectId: row.id,
          name: `${row.channel}/${row.name}`,
          after: { isFine, lines: lines.map(({ what, verdict, code }) => `${what} ${verdict} ${code}`) },
        },
      ),
    );
    return { answer: { channel: row.channel, name: row.name, callback, isFine, lines } };
  },
});

type Row = typeof channelAccounts.$inferSelect;

async function rowOf(
  tx: Transaction,
  { channel, name }: { readonly channel: string; readonly name: string },
): Promise<Row | null> {
  const which = and(eq(channelAccounts.channel, channel), eq(channelAccounts.name, name));
  const [row] = await tx.select().from(channelAccounts).where(which);
  return row ?? null;
}

/** What sends for an account; an account that was changed just now is waited for until this process knows it. */
async function asItIsNow({ runtime, jurisdictionId, signal }: ErrandRun, row: Row): Promise<FoundAccount | null> {
  const written = unseal(runtime.vault, row);
  const said = ({ settings, secrets }: Pick<FoundAccount["account"], "settings" | "secrets">) =>
    JSON.stringify([settings, secrets]);
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const found = await runtime.accounts.byId(jurisdictionId, row.id);
    if (found !== null && said(found.account) === said(written)) return found;
    if (waitedMs > 2 * FRESH_MS) return found;
    await pause(LOOK_MS, undefined, { signal });
  }
}
