import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import type { ResidentCommand } from "../../domain/dialog/resident-commands.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import { askAnotherPlace } from "../actions/ask-where.ts";
import { lastDecision } from "../cases/decisions.ts";
import { caseLines, holderOf } from "../cases/describe.ts";
import { DATA_REQUEST, ownCases } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { deleteData } from "../privacy/data-request.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { askWhichCase } from "./which-case.ts";

type AboutOneCase = Exclude<Extract<OpenQuestion, { kind: "which-case" }>["about"], "follow-up" | "rate">;

/** How many cases a status answer lists. */
const LISTED = 5;

/** Does what a resident's command word asks. */
export async function obey(
  sitting: Sitting,
  said: Said,
  command: ResidentCommand,
  number: string | null,
): Promise<Outcome> {
  const wording = wordingFor(sitting);
  switch (command) {
    case "help":
      return answer(sitting, wording.residentHelp());
    case "status": {
      const found = await listed(sitting, number);
      if (found.length === 0 && number !== null) return answer(sitting, wording.numberUnknown({ typed: number }));
      return answer(sitting, wording.status({ cases: await caseLines(sitting, found) }));
    }
    case "my-data":
      return answer(
        sitting,
        wording.myData({
          cases: (await ownCases(sitting)).length,
          homeGrid: sitting.conversation.homeGrid,
          since: dayIn(sitting.conversation.createdAt, sitting.house.timeZone),
        }),
      );
    case "delete-my-data":
      return deleteData(sitting, said);
    case "remind":
    case "withdraw":
    case "why":
    case "relocate":
      return aboutOneCase(sitting, said, command, number);
  }
}

/** Does it for the case that is meant. */
export async function obeyFor(sitting: Sitting, command: AboutOneCase, subject: CaseRecord): Promise<Outcome> {
  const wording = wordingFor(sitting);
  const { number } = subject;
  switch (command) {
    case "remind":
      await remind(sitting, subject);
      break;
    case "withdraw":
      await withdraw(sitting, subject);
      break;
    case "why": {
      const decision = await lastDecision(sitting, subject);
      const holder = await holderOf(sitting, subject);
      if (decision === null) answer(sitting, wording.status({ cases: await caseLines(sitting, [subject]) }));
      else answer(sitting, wording.why({ number, decision, holder }));
      break;
    }
    case "relocate":
      askAnotherPlace(sitting, subject);
      break;
  }
  return { kind: "command", caseId: subject.id };
}

/** Where the number that was typed is of no case with which this can be done, its resident is told how that one stands. */
async function aboutOneCase(
  sitting: Sitting,
  said: Said,
  command: AboutOneCase,
  typed: string | null,
): Promise<Outcome> {
  const mine = await ownCases(sitting);
  const eligible = mine.filter((one) => isEligible(command, one));
  const meant = typed === null ? eligible : eligible.filter((one) => isNumberOf(typed, one.number));
  const [only, second] = meant;
  if (only === undefined && typed !== null) return obey(sitting, said, "status", typed);
  if (only === undefined) return answer(sitting, wordingFor(sitting).nothingOpen());
  if (second === undefined) return obeyFor(sitting, command, only);
  await askWhichCase(sitting, command, meant);
  return { kind: "command" };
}

/** Any case has a reason, only an open one can still change, and only a matter has a place. */
function isEligible(command: AboutOneCase, one: CaseRecord): boolean {
  if (command === "why") return true;
  return one.closedAt === null && !(command === "relocate" && one.category === DATA_REQUEST);
}

async function remind(sitting: Sitting, subject: CaseRecord): Promise<void> {
  const { number, dueOn } = subject;
  record(sitting, subject, "reminded", "resident", {});
  if (subject.deputyId !== null && !subject.sealed) {
    await tellDeputy(sitting, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentReminds({ number, dueOn }),
    }));
  }
  const holder = await holderOf(sitting, subject);
  answer(sitting, wordingFor(sitting).reminded({ number, holder, dueOn }));
}

async function withdraw(sitting: Sitting, subject: CaseRecord): Promise<void> {
  const { number } = subject;
  clearQuestion(sitting, number);
  record(
    sitting,
    subject,
    "closed",
    "resident",
    { outcome: "withdrawn" },
    { outcome: "withdrawn", closedAt: sitting.now },
  );
  if (subject.deputyId !== null && !subject.sealed) {
    await tellDeputy(sitting, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentWithdrew({ number }),
    }));
  }
  answer(sitting, wordingFor(sitting).withdrawn({ number }));
}

async function listed(sitting: Sitting, typed: string | null): Promise<CaseRecord[]> {
  const mine = await ownCases(sitting);
  if (typed !== null) return mine.filter((one) => isNumberOf(typed, one.number)).slice(0, LISTED);
  const open = mine.filter((one) => one.closedAt === null);
  return [...open, ...mine.filter((one) => one.closedAt !== null).slice(0, 1)].slice(0, LISTED);
}

function answer(sitting: Sitting, words: string): Outcome {
  tell(sitting, { kind: "status", subject: null, words });
  return { kind: "command" };
}
