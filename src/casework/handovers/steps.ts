import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { HandoverRecord } from "../../../db/schema/ledger.ts";
import type { UnitResult } from "../../domain/case/claims.ts";
import { returnReasonIn } from "../../domain/dialog/unit/understand-unit.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import type { BoundWording } from "../../domain/wording/bound/sentences.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import type { Question } from "../../domain/wording/question.ts";
import { record } from "../cases/record.ts";
import { addToThread, UNIT_WORDS } from "../cases/thread.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { recordAct } from "./record-act.ts";

/** A step of a unit in a matter that it has, said in its chat or written down by the office; `by` as events name it. */
export type Step = {
  readonly unit: { readonly code: string; readonly name: string };
  readonly subject: CaseRecord;
  readonly handover: HandoverRecord;
  readonly by: string;
  /** The words of the unit's people. */
  readonly text: string;
};

/** The unit takes a matter on. */
export async function accept(turn: Turn, { unit, subject, handover, by }: Step): Promise<void> {
  const { number } = subject;
  recordAct(turn, handover, "accepted", by, {});
  record(turn, subject, "unit_accepted", by, { unit: unit.code });
  await tellHolder(turn, subject, (wording) => wording.unitAccepted({ number, unit: unit.name }));
}

/** The unit gives a matter back, with the reason: whoever has the case passes it on to another one. */
export async function decline(turn: Turn, { unit, subject, handover, by, text }: Step): Promise<void> {
  const { number } = subject;
  const reason = returnReasonIn(text);
  recordAct(turn, handover, "returned", by, { reason });
  record(turn, subject, "unit_returned", by, { unit: unit.code, reason }, { unitId: null });
  keep(turn, subject, text);
  await tellHolder(turn, subject, (wording) =>
    wording.unitReturned({ number, unit: unit.name, text: quoteMasked(text) }),
  );
}

/** The unit says how far it is. */
export async function progress(turn: Turn, { unit, subject, handover, by, text }: Step): Promise<void> {
  const { number } = subject;
  recordAct(turn, handover, "progress", by, {});
  record(turn, subject, "unit_step", by, { unit: unit.code, step: "progress" });
  keep(turn, subject, text);
  await tellHolder(turn, subject, (wording) =>
    wording.unitProgress({ number, unit: unit.name, text: quoteMasked(text) }),
  );
}

/** The unit says what came of its work: its word, and no more; the deputy is asked to check it. */
export async function report(
  turn: Turn,
  { unit, subject, handover, by, text }: Step,
  result: UnitResult = "done",
): Promise<void> {
  const { number } = subject;
  recordAct(turn, handover, "reported", by, { result });
  record(turn, subject, "unit_reported", by, { unit: unit.code, result });
  keep(turn, subject, text);
  const said = { number, unit: unit.name, text: quoteMasked(text) };
  if (result === "done") await tellHolder(turn, subject, (wording) => wording.unitReported(said), "unit-report");
  else await tellHolder(turn, subject, (wording) => wording.unitAnswered({ ...said, result }));
}

/** The unit asks for more time, which counts for nothing until the office consents. */
export async function askForTime(turn: Turn, step: Step, until: string): Promise<void> {
  const { unit, subject, handover, by, text } = step;
  recordAct(turn, handover, "extension_asked", by, { until });
  record(turn, subject, "unit_step", by, { unit: unit.code, step: "extension_asked" });
  keep(turn, subject, text);
  const asked = { number: subject.number, unit: unit.name, until, text: quoteMasked(text) };
  await tellHolder(turn, subject, (wording) => wording.unitAsksForTime(asked));
}

/** The words of the unit's people, for the deputy and the office. */
function keep(turn: Turn, subject: CaseRecord, text: string): void {
  addToThread(turn, subject, { direction: "in", party: "unit", kind: UNIT_WORDS, text });
}

/** Tells whoever has the case what its unit says; a case of the office is on its page. */
export async function tellHolder(
  turn: Turn,
  subject: CaseRecord,
  say: (wording: BoundWording) => string | Question,
  kind: "deputy-news" | "unit-report" = "deputy-news",
): Promise<void> {
  if (subject.deputyId === null || subject.sealed) return;
  await tellDeputy(turn, subject.deputyId, (_, locale) => ({
    kind,
    subject,
    words: say(boundWordingOf(locale)),
    isAnswer: true,
  }));
}
