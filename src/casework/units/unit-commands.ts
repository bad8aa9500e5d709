import { afterHandoverAct } from "../../domain/acts/handover.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { oneDay } from "../../domain/dialog/spoken-days.ts";
import type { UnitCommand, UnitMeaning } from "../../domain/dialog/unit/understand-unit.ts";
import type { BoundWording } from "../../domain/wording/bound/sentences.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { lockCase } from "../cases/load.ts";
import { mayLeave } from "../handovers/may-leave.ts";
import { type HandedOver, lockHandover, openOfUnit, unitMatters } from "../handovers/of-unit.ts";
import { accept, askForTime, decline, progress, report, type Step } from "../handovers/steps.ts";
import { tell } from "../outbox/tell.ts";
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
  const done = await VERBS[command](turn, { unit, subject, handover, by: unit.by, text, wording });
  return { ...done, caseId: subject.id };
}

/** What is shown next is of this matter. */
function spokenOf({ conversation, now }: Turn, number: string, ref: string): void {
  conversation.dialog = { ...conversation.dialog, unitMatter: { number, ref, at: now.toISOString() } };
}

type Acting = Step & { readonly wording: BoundWording };

type Verb = (turn: Turn, acting: Acting) => Promise<Outcome>;

const VERBS: Readonly<Record<UnitCommand, Verb>> = {
  async accept(turn, acting) {
    await accept(turn, acting);
    const { subject, handover, wording } = acting;
    return answer(turn, wording.accepted({ number: subject.number, dueOn: handover.dueOn }));
  },
  async decline(turn, acting) {
    await decline(turn, acting);
    return answer(turn, acting.wording.returned(said(acting)));
  },
  async progress(turn, acting) {
    await progress(turn, acting);
    return answer(turn, acting.wording.progressTaken(said(acting)));
  },
  async report(turn, acting) {
    await report(turn, acting);
    return answer(turn, acting.wording.reportedTaken(said(acting)));
  },
  async extend(turn, acting) {
    const { subject, handover, text, wording } = acting;
    const { number } = subject;
    const until = oneDay(text, turn.today, null);
    if (until === null) return answer(turn, wording.unitLacks({ number, command: "extend", lacks: "day" }));
    if (until <= handover.dueOn || until <= turn.today) {
      return answer(turn, wording.unitLacks({ number, command: "extend", lacks: "later-day" }));
    }
    await askForTime(turn, acting, until);
    return answer(turn, wording.extensionAsked({ number, until }));
  },
};

function said({ subject }: Acting) {
  return { number: subject.number, isWithDeputy: subject.deputyId !== null };
}

function answer(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "handover-answer", subject: null, words });
  return { kind: "command" };
}
