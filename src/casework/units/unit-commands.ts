import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { HandoverRecord } from "../../../db/schema/units/acts.ts";
import { afterHandoverAct } from "../../domain/acts/handover.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { oneDay } from "../../domain/dialog/spoken-days.ts";
import { returnReasonIn, type UnitCommand, type UnitMeaning } from "../../domain/dialog/unit/understand-unit.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import type { BoundWording } from "../../domain/wording/bound/sentences.ts";
import type { Question } from "../../domain/wording/sentences.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { addToThread, UNIT_WORDS } from "../cases/thread.ts";
import { mayLeave } from "../handovers/hand-over-to.ts";
import { type HandedOver, lockHandover, openOfUnit, unitMatters } from "../handovers/of-unit.ts";
import { recordAct } from "../handovers/record-act.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";

/** A unit for which somebody speaks, with the name that acts give it. */
export type Speaking = { readonly id: string; readonly code: string; readonly name: string; readonly by: string };

const ACTS = {
  accept: "accepted",
  decline: "returned",
  progress: "progress",
  report: "reported",
  extend: "extension_asked",
} as const;

/** Carries out what somebody says for a unit; a number that is none of its matters is told to be none, whoever has it. */
export async function carryOutForUnit(
  turn: Turn,
  unit: Speaking,
  meaning: Exclude<UnitMeaning, { readonly kind: "other" }>,
): Promise<Outcome> {
  const wording = boundWordingOf(turn.conversation.locale);
  if (meaning.kind === "help") return answer(turn, wording.unitHelp({ unit: unit.name }));
  const open = await openOfUnit(turn, unit.id);
  if (meaning.kind === "list") {
    const matters = (await unitMatters(turn, open)).map((one, index) => ({
      ...one,
      state: open[index]?.handover.state ?? "sent",
    }));
    return answer(turn, wording.unitList({ unit: unit.name, matters }));
  }
  const { number } = meaning;
  const meant = number === null ? open : open.filter(({ subject }) => isNumberOf(number, subject.number));
  const [only, second] = meant;
  if (only === undefined && number !== null) return answer(turn, wording.notOfUnit({ typed: number }));
  if (only === undefined || second !== undefined) {
    return answer(turn, wording.whichOfUnit({ matters: await unitMatters(turn, meant) }));
  }
  if (meaning.kind === "show") {
    const [matter] = await unitMatters(turn, [only]);
    const { state } = only.handover;
    return answer(turn, matter === undefined ? "" : wording.unitMatter({ ...matter, state }));
  }
  return act(turn, unit, only, meaning.command, meaning.text);
}

async function act(
  turn: Turn,
  unit: Speaking,
  found: HandedOver,
  command: UnitCommand,
  text: string,
): Promise<Outcome> {
  const wording = boundWordingOf(turn.conversation.locale);
  const { number } = found.subject;
  // Locked in the order of all: the case, then its hand-over.
  const subject = await lockCase(turn, found.subject.id);
  const handover = await lockHandover(turn, subject, unit.id);
  const isTheirs = subject.unitId === unit.id && subject.closedAt === null && mayLeave(subject);
  if (handover === undefined || !isTheirs) return answer(turn, wording.notOfUnit({ typed: number }));
  if (text === "" && command !== "accept") {
    return answer(turn, wording.unitLacks({ number, command, lacks: command === "extend" ? "day" : "words" }));
  }
  const isKnown = handover.state === "waiting" && command !== "accept";
  if (isKnown || afterHandoverAct(handover.state, ACTS[command]) === null) {
    return answer(turn, wording.unitCannot({ number, state: handover.state }));
  }
  spokenOf(turn, subject.number, unit.code);
  const done = await VERBS[command](turn, { unit, subject, handover, text, wording });
  return { ...done, caseId: subject.id };
}

/** What is shown next is of this matter. */
function spokenOf({ conversation, now }: Turn, number: string, ref: string): void {
  conversation.dialog = { ...conversation.dialog, unitMatter: { number, ref, at: now.toISOString() } };
}

type Acting = {
  readonly unit: Speaking;
  readonly subject: CaseRecord;
  readonly handover: HandoverRecord;
  readonly text: string;
  readonly wording: BoundWording;
};

type Verb = (turn: Turn, acting: Acting) => Promise<Outcome>;

const VERBS: Readonly<Record<UnitCommand, Verb>> = {
  async accept(turn, { unit, subject, handover, wording }) {
    const { number } = subject;
    recordAct(turn, handover, "accepted", unit.by, {});
    record(turn, subject, "unit_accepted", unit.by, { unit: unit.code });
    await tellHolder(turn, subject, (to) => to.unitAccepted({ number, unit: unit.name }));
    return answer(turn, wording.accepted({ number, dueOn: handover.dueOn }));
  },
  async decline(turn, { unit, subject, handover, text, wording }) {
    const { number } = subject;
    const reason = returnReasonIn(text);
    recordAct(turn, handover, "returned", unit.by, { reason });
    record(turn, subject, "unit_returned", unit.by, { unit: unit.code, reason }, { unitId: null });
    keep(turn, subject, text);
    await tellHolder(turn, subject, (to) => to.unitReturned({ number, unit: unit.name, text: quoteMasked(text) }));
    return answer(turn, wording.returned({ number }));
  },
  async progress(turn, { unit, subject, handover, text, wording }) {
    const { number } = subject;
    recordAct(turn, handover, "progress", unit.by, {});
    keep(turn, subject, text);
    await tellHolder(turn, subject, (to) => to.unitProgress({ number, unit: unit.name, text: quoteMasked(text) }));
    return answer(turn, wording.progressTaken({ number }));
  },
  async report(turn, { unit, subject, handover, text, wording }) {
    const { number } = subject;
    recordAct(turn, handover, "reported", unit.by, { result: "done" });
    record(turn, subject, "unit_reported", unit.by, { unit: unit.code, result: "done" });
    keep(turn, subject, text);
    const report = { number, unit: unit.name, text: quoteMasked(text) };
    await tellHolder(turn, subject, (to) => to.unitReported(report), "unit-report");
    return answer(turn, wording.reportedTaken({ number }));
  },
  async extend(turn, { unit, subject, handover, text, wording }) {
    const { number } = subject;
    const until = oneDay(text, turn.today, null);
    if (until === null) return answer(turn, wording.unitLacks({ number, command: "extend", lacks: "day" }));
    if (until <= handover.dueOn || until <= turn.today) {
      return answer(turn, wording.unitLacks({ number, command: "extend", lacks: "later-day" }));
    }
    recordAct(turn, handover, "extension_asked", unit.by, { until });
    keep(turn, subject, text);
    await tellHolder(turn, subject, (to) =>
      to.unitAsksForTime({ number, unit: unit.name, until, text: quoteMasked(text) }),
    );
    return answer(turn, wording.extensionAsked({ number, until }));
  },
};

/** The words of the unit's people, for the deputy and the office. */
function keep(turn: Turn, subject: CaseRecord, text: string): void {
  addToThread(turn, subject, { direction: "in", party: "unit", kind: UNIT_WORDS, text });
}

/** Tells whoever has the case what its unit says; a case of the office is on its page. */
async function tellHolder(
  turn: Turn,
  subject: CaseRecord,
  say: (wording: BoundWording) => string | Question,
  kind: "deputy-news" | "unit-report" = "deputy-news",
): Promise<void> {
  if (subject.deputyId === null) return;
  await tellDeputy(turn, subject.deputyId, (_, locale) => ({
    kind,
    subject,
    words: say(boundWordingOf(locale)),
    isAnswer: true,
  }));
}

function answer(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "handover-answer", subject: null, words });
  return { kind: "command" };
}
