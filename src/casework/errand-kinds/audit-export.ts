import { createHash } from "node:crypto";
import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { listStaffChanges } from "../access/staff-changes.ts";
import { type ErrandRun, errandKind } from "../errands/kind.ts";
import { auditedEvents, auditedReadings } from "../staff/audit-lists.ts";

/** The shape of what is asked of an export: the days, both of them in it. */
const EXPORT_ASKED = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });

/** The answer of an export: how many lines, and the hash of the file, by which it is known again. */
type AuditExported = { readonly lines: number; readonly sha256: string };

type Line = { readonly kind: string; readonly seq: number };
type Page = (tx: Transaction, after: number | undefined) => Promise<readonly Line[]>;

const AT_ONCE = 500;

/** The errand that writes who read what, what happened and what changed about people as lines of JSON; no words and no names of residents. */
export const AUDIT_EXPORT = errandKind({
  name: "audit-export",
  roles: ["auditor"],
  seenBy: ["auditor"],
  shape: EXPORT_ASKED,
  refuse: async () => "Ask for it by POST /api/v1/audit/exports, which asks for a code.",
  async run(run, days) {
    const lines: string[] = [];
    for (const page of pagesOf(run, days)) {
      for (let after: number | undefined; ; ) {
        run.signal.throwIfAborted();
        const rows = await run.runtime.database.inCounty(run.jurisdictionId, (tx) => page(tx, after));
        lines.push(...rows.map((row) => JSON.stringify(row)));
        run.progress(lines.length, null);
        after = rows.at(-1)?.seq;
        if (rows.length < AT_ONCE) break;
      }
    }
    const content = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    const answer: AuditExported = { lines: lines.length, sha256: createHash("sha256").update(content).digest("hex") };
    return { answer, file: { name: "审计.jsonl", contentType: "application/jsonl", content } };
  },
});

function pagesOf({ runtime, by }: ErrandRun, days: z.output<typeof EXPORT_ASKED>): readonly Page[] {
  const { vault, timeZone, now } = runtime;
  const auditor = { id: by.id, role: "auditor", stations: [], deputyId: null } as const;
  const filter = { ...days, limit: AT_ONCE };
  const today = dayIn(now(), timeZone);
  return [
    async (tx, after) =>
      (await auditedReadings(tx, vault, { ...filter, after }, { timeZone })).map((row) => ({
        kind: "reading",
        ...row,
      })),
    async (tx, after) =>
      (await auditedEvents(tx, auditor, { ...filter, after }, { today, timeZone })).map((row) => ({
        kind: "event",
        ...row,
      })),
    async (tx, after) =>
      (await listStaffChanges(tx, { after, limit: AT_ONCE })).map(({ seq, what, name, by: who, at }) => ({
        kind: "staff-change",
        seq,
        what,
        name,
        by: who,
        at,
      })),
  ];
}
