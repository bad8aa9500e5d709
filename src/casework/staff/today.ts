import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Role } from "../../domain/access/roles.ts";
import type { Caller } from "../access/caller.ts";
import { DATA_REQUEST } from "../cases/load.ts";
import { type CaseFilter, inList, type ListDay } from "./case-conditions.ts";
import { type CaseRow, caseRows } from "./case-rows.ts";
import { listed } from "./search-cases.ts";
import { besides, type Counted, type OtherSection } from "./today-besides.ts";

/** The sections of Today that are lists of cases. */
type CaseSection =
  | "danger"
  | "danger-hints"
  | "own-open"
  | "triage"
  | "late"
  | "escalated"
  | "due-today"
  | "reopened"
  | "undelivered"
  | "held-back"
  | "data-requests"
  | "sealed";

/** A section of Today: how much waits, since when, the first of it, and the list that it opens. */
export type TodaySection = {
  readonly code: CaseSection | OtherSection;
  readonly count: number;
  readonly oldestAt: string | null;
  readonly first: readonly CaseRow[];
  /** Null for what is no list of cases. */
  readonly filter: CaseFilter | null;
};

/** The sections of each role, in the order in which they are shown: danger first, then by how late it is for a resident. */
const SECTIONS: Readonly<Record<Role, readonly TodaySection["code"][]>> = {
  office: [
    "danger",
    "danger-hints",
    "triage",
    "escalated",
    "late",
    "due-today",
    "reopened",
    "undelivered",
    "held-back",
    "phone-tasks",
    "calls-given-up",
    "recordings-unheard",
    "units-waiting",
    "topics-offered",
    "partner-failures",
    "petition-notices",
    "grids-without-person",
    "grids-by-phone",
    "rulesets-to-review",
    "rules-expiring",
    "clock-rules-to-review",
    "answers-to-review",
    "data-requests",
    "sealed",
    "unseal-proposals",
  ],
  station: [
    "danger",
    "danger-hints",
    "phone-tasks",
    "escalated",
    "late",
    "due-today",
    "reopened",
    "own-open",
    "undelivered",
  ],
  reviewer: ["rulesets-to-review", "rules-expiring", "clock-rules-to-review", "answers-to-review", "staff-changes"],
  auditor: ["audit", "readings", "sealed-readings", "staff-changes"],
  operator: ["failed-sends", "stuck-messages", "audit", "seen-by-nobody"],
};

/** Counts what waits for somebody of the staff today, section by section; none counts what does not exist for them. */
export async function todayOf(tx: Transaction, caller: Caller, day: ListDay, now: Date): Promise<TodaySection[]> {
  const sections: TodaySection[] = [];
  for (const code of SECTIONS[caller.role]) {
    const filter = isCaseSection(code) ? filterOf(code, day) : null;
    sections.push(
      filter === null
        ? {
            code,
            ...(await besides(tx, code as OtherSection, { caller, now, ...day })),
            first: [],
            filter: AMONG[code] ?? null,
          }
        : { code, ...(await casesIn(tx, caller, filter, day)), filter },
    );
  }
  return sections;
}

/** The list among whose cases are those that a section counts, where no list tells them apart. */
const AMONG: Readonly<Partial<Record<TodaySection["code"], CaseFilter>>> = {
  "unseal-proposals": { sealed: true, open: true },
};

const CASE_SECTIONS: readonly string[] = [
  "danger",
  "danger-hints",
  "own-open",
  "triage",
  "late",
  "escalated",
  "due-today",
  "reopened",
  "undelivered",
  "held-back",
  "data-requests",
  "sealed",
] satisfies CaseSection[];

function isCaseSection(code: TodaySection["code"]): code is CaseSection {
  return CASE_SECTIONS.includes(code);
}

/** The states before the first answer of a person. */
const UNANSWERED = ["clarifying", "triage", "assigned"] as const;

function filterOf(code: CaseSection, { today }: ListDay): CaseFilter {
  switch (code) {
    case "danger":
      return { priority: true, state: UNANSWERED, merged: false };
    case "danger-hints":
      return { hint: true, state: UNANSWERED, merged: false };
    case "own-open":
      return { open: true, merged: false };
    case "triage":
      return { state: ["triage"], merged: false };
    case "late":
      return { late: true, merged: false };
    case "escalated":
      return { escalated: true, merged: false };
    case "due-today":
      return { dueUntil: today, late: false, merged: false };
    case "reopened":
      return { reopened: true, open: true, merged: false };
    case "undelivered":
      return { delivery: ["answer-waits", "uncertain", "failed"] };
    case "held-back":
      return { delivery: ["held"], open: true };
    case "data-requests":
      return { sealed: true, open: true, category: [DATA_REQUEST] };
    case "sealed":
      return { sealed: true, open: true };
  }
}

const FIRST = 3;

async function casesIn(
  tx: Transaction,
  caller: Caller,
  filter: CaseFilter,
  day: ListDay,
): Promise<Counted & { readonly first: readonly CaseRow[] }> {
  const condition = inList(caller, filter, day);
  const [counted] = await tx.execute<{ count: number; oldest: string | null }>(sql`
    select count(*)::int as count, min(${cases.receivedAt})::text as oldest from ${cases} where ${condition}`);
  const count = counted?.count ?? 0;
  if (count === 0) return { count, oldestAt: null, first: [] };
  const sort = filter.late === undefined && filter.escalated === undefined ? "newest" : "due-first";
  const rows = await listed(tx, condition, { sort, after: null, most: FIRST });
  const ids = rows.map(({ id }) => id);
  return {
    count,
    oldestAt: counted?.oldest == null ? null : new Date(counted.oldest).toISOString(),
    first: await caseRows(tx, ids, day.today),
  };
}
