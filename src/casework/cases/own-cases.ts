import { and, desc, eq, notInArray, or } from "drizzle-orm";
import { type CaseRecord, caseEvents, caseMessages } from "../../../db/schema/cases.ts";
import { awaits, BURST_MS, ILLUSTRATION_MS, type OwnCase, REVIVAL_MS } from "../../domain/dialog/belonging.ts";
import { isAboutUnpaidWork } from "../../domain/dialog/scope.ts";
import type { Turn } from "../turn/turn.ts";
import { lastDecision } from "./decisions.ts";
import { DATA_REQUEST, ownCases } from "./load.ts";
import { ASSIST_WORDS, RETURN_REASON, residentsWords, threadOf } from "./thread.ts";

/**
 * The resident's cases to which the next words may belong, with the facts by which that is decided.
 * @param sealedToo whether what only the office sees may be gone on with
 */
export async function casesToJoin(turn: Turn, { sealedToo = true } = {}): Promise<OwnCase[]> {
  const joined = (await ownCases(turn)).filter(
    (one) =>
      (sealedToo || !one.sealed) &&
      one.outcome !== "withdrawn" &&
      one.category !== DATA_REQUEST &&
      !isSettledElsewhere(one),
  );
  const found: OwnCase[] = [];
  for (const one of joined) {
    found.push({
      number: one.number,
      state: one.state,
      grid: one.gridCode,
      residentSpokeAt: one.lastSpokenAt,
      closedAt: one.closedAt,
      placeIsGuess: await isPlaceGuessed(turn, one),
      deputySpoke: one.state === "answered" ? await deputySpoke(turn, one) : null,
    });
  }
  return found;
}

/** The last case, if it was closed because nobody said where it is: the next word of its resident opens it again. */
export async function caseSetAside(turn: Turn): Promise<CaseRecord | null> {
  const [last] = await ownCases(turn);
  if (last === undefined || last.closedAt === null || last.outcome !== "no_contact" || last.deputyId !== null)
    return null;
  return turn.now.getTime() - last.closedAt.getTime() <= REVIVAL_MS ? last : null;
}

/** Whether a case was closed before any deputy had it, because its words belong to another one. */
function isSettledElsewhere({ outcome, deputyId }: Pick<CaseRecord, "outcome" | "deputyId">): boolean {
  return outcome === "duplicate" && deputyId === null;
}

/** Whether a case was declined: refused at once, without a deputy; one that an answer was given to was not. */
export function wasDeclined({
  outcome,
  deputyId,
  answeredBy,
}: Pick<CaseRecord, "outcome" | "deputyId" | "answeredBy">): boolean {
  return deputyId === null && answeredBy === null && (outcome === "not_in_scope" || outcome === "explained");
}

/**
 * The one open case, or the one of which its resident spoke last if that was just now; null where several may be meant.
 */
export async function caseSpokenOf(turn: Turn): Promise<CaseRecord | null> {
  const open = (await ownCases(turn)).filter((one) => one.closedAt === null && !one.sealed);
  const [last, another] = open.toSorted((a, b) => b.lastSpokenAt.getTime() - a.lastSpokenAt.getTime());
  if (last === undefined) return null;
  const justNow = turn.now.getTime() - last.lastSpokenAt.getTime() <= ILLUSTRATION_MS;
  return another === undefined || justNow ? last : null;
}

/**
 * Whether the place of a case that was spoken of just now was stated by nobody: it is the resident's home, that of a
 * scanned code, or none. Where somebody of the office moved it by hand, they have decided.
 */
export async function isPlaceGuessed(turn: Turn, subject: CaseRecord): Promise<boolean> {
  if (subject.sealed || subject.closedAt !== null || subject.movedAt !== null) return false;
  if (subject.state === "clarifying") return false;
  if (turn.now.getTime() - subject.lastSpokenAt.getTime() > ILLUSTRATION_MS) return false;
  const placeBy = (await lastDecision(turn, subject))?.facts.placeBy;
  return placeBy === "home" || placeBy === "scene" || placeBy === "none";
}

/** The latest open case about unpaid work that is placed at its resident's home because no workplace was stated. */
export async function caseWithoutWorkplace(turn: Turn): Promise<CaseRecord | null> {
  const open = (await ownCases(turn)).filter((one) => one.closedAt === null && !one.sealed);
  for (const one of open) {
    const isAtHome = (await lastDecision(turn, one))?.facts.placeBy === "home";
    if (isAtHome && isAboutUnpaidWork(residentsWords(await threadOf(turn, one)))) return one;
  }
  return null;
}

/** For so long a place that is told at last belongs to the case that was left without one. */
const PLACELESS_MS = 14 * 86_400_000;

/**
 * The latest open case that waits at the office because its resident was asked in vain where it is; null where there is none.
 * What the office is to read first, or has touched, is not among them.
 */
export async function caseWithoutPlace(turn: Turn): Promise<CaseRecord | null> {
  const left = (await ownCases(turn)).find(
    (one) =>
      one.state === "triage" &&
      !one.sealed &&
      one.movedAt === null &&
      one.category !== DATA_REQUEST &&
      [one.gridId, one.stationId, one.unitId].every((id) => id === null) &&
      turn.now.getTime() - one.lastSpokenAt.getTime() <= PLACELESS_MS,
  );
  if (left === undefined) return null;
  const asked = await turn.tx
    .select({ caseId: caseEvents.caseId })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, left.id), eq(caseEvents.type, "placed")))
    .limit(1);
  return asked.length === 0 ? null : left;
}

async function deputySpoke(turn: Turn, subject: CaseRecord): Promise<OwnCase["deputySpoke"]> {
  const [last] = await turn.tx
    .select({ party: caseMessages.party, text: caseMessages.text, at: caseMessages.at })
    .from(caseMessages)
    .where(
      and(
        eq(caseMessages.caseId, subject.id),
        // What a deputy only keeps with the case was not said to anybody.
        or(
          eq(caseMessages.party, "resident"),
          and(eq(caseMessages.party, "deputy"), eq(caseMessages.direction, "out")),
        ),
        notInArray(caseMessages.kind, [RETURN_REASON, ASSIST_WORDS]),
      ),
    )
    .orderBy(desc(caseMessages.at), desc(caseMessages.id))
    .limit(1);
  return last?.party === "deputy" ? awaits(last.text, last.at, turn.now) : null;
}

/** Whether a case's resident said something that belongs to it within the last minute. */
export function isInBurst(turn: Turn, subject: CaseRecord): boolean {
  return turn.now.getTime() - subject.lastSpokenAt.getTime() <= BURST_MS;
}
