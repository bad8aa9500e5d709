import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { CaseOutcome } from "../../domain/case/case.ts";
import { quote } from "../../domain/text/quote.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { setConfirmClock } from "../cases/clocks.ts";
import { noticeOf } from "../cases/describe.ts";
import { clockFrom } from "../cases/due-day.ts";
import { record } from "../cases/record.ts";
import { endWithCase } from "../handovers/after-claims.ts";
import { tellResident } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";

/** The result of a case as the office says it: `claim` is on whose word it is solved, `text` what its resident reads. */
export type OfficeResult = {
  readonly outcome: CaseOutcome;
  readonly claim: "unit" | "deputy" | "resident" | null;
  readonly text: string | null;
};

/**
 * Closes one open case for the office; its resident is asked for a verdict where something was done or explained.
 *
 * @param more a sentence behind the result: where a photo of it is; null for none
 */
export async function closeForOffice(
  turn: Turn,
  one: CaseRecord,
  { holder, ...result }: OfficeResult & { readonly holder: Holder },
  more: (wording: Wording) => string | null = () => null,
): Promise<void> {
  const { outcome, claim, text } = result;
  const isAsked = outcome === "solved" && claim !== "resident" && !one.minor;
  const confirm = isAsked ? clockFrom(turn, "confirm", one) : null;
  const verdictUntil = confirm?.dueOn ?? null;
  const details = { outcome, ...(claim === null ? {} : { claim }) };
  record(turn, one, "closed", "office", details, { outcome, closedAt: turn.now, verdictUntil });
  if (confirm !== null) setConfirmClock(turn, one, confirm);
  await endWithCase(turn, one, { isSolved: outcome === "solved", by: "office" });
  await tellResident(turn, one, (wording, locale) => ({
    kind: "closure",
    words: wordsOfClosing({ wording, locale }, one, result, more(wording)),
    threadText: text ?? "",
    party: "office",
    isAnswer: true,
    notice: noticeOf(one, holder),
  }));
}

function wordsOfClosing(
  { wording, locale }: { readonly wording: Wording; readonly locale: Locale },
  { number, minor }: CaseRecord,
  { outcome, claim, text }: OfficeResult,
  more: string | null,
) {
  const bound = boundWordingOf(locale);
  const quoted = text === null ? null : quote(text);
  const closed =
    outcome === "solved" && claim !== null
      ? bound.officeSolved({ number, claim, text: quoted })
      : wording.officeClosure({ number, outcome, text: quoted });
  const said = more === null ? closed : `${closed}\n${more}`;
  if (outcome === "duplicate" || outcome === "withdrawn" || minor) return said;
  const question = outcome === "solved" ? bound.isItFixed({ number }) : wording.askRating({ number });
  return { ...question, text: `${said}\n${question.text}` };
}
