import { and, desc, eq } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { afterHandoverAct, type HandoverAct } from "../../domain/acts/handover.ts";
import type { UnitResult } from "../../domain/case/claims.ts";
import { quote } from "../../domain/text/quote.ts";
import type { BoundWording } from "../../domain/wording/bound/sentences.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfUnit } from "../bindings/roles.ts";
import { setUnitResult } from "../cases/clocks.ts";
import { record } from "../cases/record.ts";
import { UNIT_WORDS } from "../cases/thread.ts";
import { takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { lockOpenOfCase } from "../handovers/of-unit.ts";
import { recordAct } from "../handovers/record-act.ts";
import { accept, askForTime, decline, progress, report, type Step, tellHolder } from "../handovers/steps.ts";
import { tellConversation, tellResident } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";

/** A step that the office writes down for a unit that it rang up, or decides. */
export type OfficeStep =
  | { readonly step: "told" | "accepted" | "taken-back" | "extend" | "refuse-extension" }
  | { readonly step: "returned" | "progress"; readonly text: string }
  | { readonly step: "reported"; readonly result: UnitResult; readonly text: string }
  | { readonly step: "asks-for-time"; readonly until: string; readonly text: string };

/** The reason for which a step was not taken: no unit has the case, it does not fit, or the day is none that can be. */
export type StepRefused = "no-unit" | "not-now" | "bad-day";

const ACTS: Readonly<Record<OfficeStep["step"], HandoverAct>> = {
  told: "sent",
  accepted: "accepted",
  "taken-back": "taken_back",
  extend: "extended",
  "refuse-extension": "extension_refused",
  returned: "returned",
  progress: "progress",
  reported: "reported",
  "asks-for-time": "extension_asked",
};

/** Takes a step in the matter that a unit has, as the office knows it by telephone or decides; null where it is done. */
export async function takeUnitStep(turn: Turn, subject: CaseRecord, step: OfficeStep): Promise<StepRefused | null> {
  const [open] = await lockOpenOfCase(turn, subject);
  if (open === undefined || subject.unitId !== open.unit.id) return "no-unit";
  const { handover, unit } = open;
  // Whoever answers on the telephone has been told.
  const isFirstWord = handover.state === "waiting" && step.step !== "told" && step.step !== "taken-back";
  const from = isFirstWord ? "sent" : handover.state;
  if (afterHandoverAct(from, ACTS[step.step]) === null) return "not-now";
  if (step.step === "asks-for-time" && (step.until <= handover.dueOn || step.until <= turn.today)) return "bad-day";
  if ((step.step === "extend" || step.step === "refuse-extension") && handover.askedUntil === null) return "not-now";
  if (isFirstWord) recordAct(turn, handover, "sent", "office", {});
  const text = "text" in step ? step.text : "";
  await take(turn, { unit, subject, handover, by: "office", text }, step);
  return null;
}

/** The steps that are the office's own: the events of the case have them from here. */
const OWN = {
  told: "told",
  extend: "extended",
  "refuse-extension": "extension_refused",
} as const;

async function take(
  turn: Turn,
  acting: Step & { readonly unit: { readonly id: string } },
  step: OfficeStep,
): Promise<void> {
  const { subject, handover, unit } = acting;
  if (step.step in OWN) {
    record(turn, subject, "unit_step", "office", { unit: unit.code, step: OWN[step.step as keyof typeof OWN] });
  }
  switch (step.step) {
    case "told":
      return recordAct(turn, handover, "sent", "office", {});
    case "accepted":
      return accept(turn, acting);
    case "returned":
      return decline(turn, acting);
    case "progress":
      return progress(turn, acting);
    case "reported":
      return report(turn, acting, step.result);
    case "asks-for-time":
      return askForTime(turn, acting, step.until);
    case "taken-back":
      return takeBackFromUnits(turn, subject, "office");
    case "extend":
      return extend(turn, acting);
    case "refuse-extension":
      recordAct(turn, handover, "extension_refused", "office", {});
      return tellUnit(turn, acting, (wording) =>
        wording.notExtended({ number: subject.number, dueOn: handover.dueOn }),
      );
  }
}

/** Consents to the day that the unit asked for: unit, deputy and resident are told, the resident with the unit's reason. */
async function extend(turn: Turn, acting: Step & { readonly unit: { readonly id: string } }): Promise<void> {
  const { unit, subject, handover } = acting;
  const { number } = subject;
  const until = handover.askedUntil ?? handover.dueOn;
  const text = await reasonOf(turn, subject);
  recordAct(turn, handover, "extended", "office", { dueOn: until });
  setUnitResult(turn, subject, until);
  await tellUnit(turn, acting, (wording) => wording.extended({ number, dueOn: until }));
  await tellHolder(turn, subject, (wording) => wording.timeGiven({ number, unit: unit.name, until }));
  await tellResident(turn, subject, (_, locale) => ({
    kind: "receipt",
    words: boundWordingOf(locale).unitTakesLonger({
      number,
      unit: unit.name,
      until,
      text: text === "" ? null : quote(text),
    }),
    isAnswer: true,
  }));
}

/** The words with which the unit asked for more time. */
async function reasonOf({ tx }: Turn, { id }: CaseRecord): Promise<string> {
  const [last] = await tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, id), eq(caseMessages.kind, UNIT_WORDS)))
    .orderBy(desc(caseMessages.at), desc(caseMessages.id))
    .limit(1);
  return last?.text ?? "";
}

async function tellUnit(
  turn: Turn,
  { unit, subject }: Step & { readonly unit: { readonly id: string } },
  say: (wording: BoundWording) => string,
): Promise<void> {
  for (const { id, locale } of await chatsOfUnit(turn, unit)) {
    tellConversation(turn, id, { kind: "handover", subject, words: say(boundWordingOf(locale)), isAnswer: true });
  }
}
