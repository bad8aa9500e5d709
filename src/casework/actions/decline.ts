import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type OutOfScope, outOfScope } from "../../domain/dialog/scope.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { ownCases } from "../cases/load.ts";
import { isInBurst, wasDeclined } from "../cases/own-cases.ts";
import { record } from "../cases/record.ts";
import { tell } from "../outbox/tell.ts";
import { filedUnder } from "../routing/categorise.ts";
import { type Said, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { keepWords } from "./add-words.ts";
import { createCase } from "./open-case.ts";

/**
 * The reason for which no deputy takes up what was said; null where one may.
 *
 * @param finding what the words and the position tell of the place: whoever names one of ours is not elsewhere
 */
export function declineReasonOf(turn: Turn, said: readonly Said[], finding: PlaceFinding): OutOfScope | null {
  if (said.some((one) => one.mediaId !== null)) return null;
  const refusal = outOfScope(said.map((one) => one.text).join("\n"), turn.county.name);
  return refusal?.why === "elsewhere" && isOurs(finding) ? null : refusal;
}

/**
 * Declines a matter that no deputy takes up: its case is closed as soon as it is opened, so that it is counted and can
 * be opened again, and its resident is answered at once; nobody else is told.
 *
 * Later words of the same burst are kept with it.
 */
export async function decline(turn: Turn, said: readonly Said[], refusal: OutOfScope): Promise<CaseRecord> {
  const before = (await ownCases(turn)).find((one) => wasDeclined(one) && isInBurst(turn, one));
  if (before !== undefined) {
    await keepWords(turn, before, said);
    return before;
  }
  const filed = await filedUnder(turn, workingText(said), {});
  const subject = await createCase(turn, said, { ...filed, isDeclined: true });
  const { why, outcome } = refusal;
  record(turn, subject, "closed", "service", { outcome }, { outcome, closedAt: turn.now });
  const { number } = subject;
  const words = wordingFor(turn).outOfScope({ number, why, county: turn.county.name });
  tell(turn, { kind: "receipt", subject, words, isAnswer: true });
  return subject;
}

function isOurs(finding: PlaceFinding): boolean {
  if (finding.kind === "grid") return finding.by === "name" || finding.by === "position";
  return (
    finding.kind === "border" || (finding.kind === "ask" && finding.why !== "nothing" && finding.why !== "same-as-last")
  );
}
