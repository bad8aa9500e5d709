import { and, asc, desc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseEvents, decisions } from "../../../db/schema/cases.ts";
import type { Decision, PassedOver } from "../../domain/routing/route.ts";
import type { Turn } from "../turn/turn.ts";

/** A decision with the rows behind its place. */
type Decided = { readonly decision: Decision; readonly gridId: string | null; readonly stationId: string | null };

/** Stores a decision of a case: who is responsible, and why. */
export function noteDecision(turn: Turn, subject: CaseRecord, { decision }: Pick<Decided, "decision">): void {
  const { jurisdictionId, now: at } = turn;
  turn.writes.insert(decisions, { id: newId(), jurisdictionId, caseId: subject.id, decision, at });
}

/** The place of a decision, in the form in which events and the case's row keep it. */
export function placeOf({ decision, gridId, stationId }: Decided) {
  const { grid, station } = decision.facts;
  return {
    codes: { grid: grid?.code ?? null, station: station?.code ?? null },
    changes: { gridId, gridCode: grid?.code ?? null, stationId },
  };
}

/** The latest decision of a case; null while there is none. */
export async function lastDecision(turn: Turn, subject: CaseRecord): Promise<Decision | null> {
  const [row] = await turn.tx
    .select({ decision: decisions.decision })
    .from(decisions)
    .where(eq(decisions.caseId, subject.id))
    .orderBy(desc(decisions.at), desc(decisions.id))
    .limit(1);
  return row?.decision ?? null;
}

/**
 * The deputies who handed a case back: none of them gets it again but by hand, however often it was decided since. A decision by hand
 * passes nobody over, so that the last one does not tell.
 */
export async function returnedBy(tx: Transaction, caseId: string): Promise<PassedOver[]> {
  const rows = await tx
    .select({ by: caseEvents.by })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.type, "returned")))
    .orderBy(asc(caseEvents.seq));
  const codes = new Set(rows.map(({ by }) => by.replace(/^deputy:/, "")));
  return [...codes].map((deputy) => ({ deputy, why: "returned" }));
}
