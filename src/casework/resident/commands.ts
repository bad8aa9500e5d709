import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import type { ResidentCommand } from "../../domain/dialog/resident-commands.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import { keepWords } from "../actions/add-words.ts";
import { askAnotherPlace } from "../actions/ask-where.ts";
import { takeAllApart } from "../actions/take-apart.ts";
import { lastDecision } from "../cases/decisions.ts";
import { caseLines, holderOf } from "../cases/describe.ts";
import { leaderOf } from "../cases/led.ts";
import { DATA_REQUEST, ownCases } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { endWithCase } from "../handovers/after-claims.ts";
import { waits } from "../inbox/words.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { giveLinkCode, unlinkChat } from "../persons/link-chat.ts";
import { deleteData } from "../privacy/data-request.ts";
import { whoRead } from "../privacy/who-read.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { platformFor, type Turn, wordingFor } from "../turn/turn.ts";
import { askWhichCase } from "./which-case.ts";

type AboutOneCase = Exclude<Extract<OpenQuestion, { kind: "which-case" }>["about"], "follow-up" | "rate">;

/** How many cases a status answer lists. */
const LISTED = 5;

/**
 * Runs a resident's command.
 * @param isExact the word itself was typed: otherwise what was said is kept with the case
 */
export async function runCommand(
  turn: Turn,
  said: Said,
  command: Exclude<ResidentCommand, "receptions">,
  number: string | null,
  isExact = true,
): Promise<Outcome> {
  const wording = wordingFor(turn);
  switch (command) {
    case "help":
      return answer(turn, wording.residentHelp());
    case "status": {
      const found = await listed(turn, number);
      if (found.length === 0 && number !== null) return answer(turn, wording.numberUnknown({ typed: number }));
      return answer(turn, wording.status({ cases: await caseLines(turn, found) }));
    }
    case "my-data":
      return answer(
        turn,
        wording.myData({
          cases: (await ownCases(turn)).length,
          homeGrid: turn.conversation.homeGrid,
          since: dayIn(turn.conversation.createdAt, turn.runtime.timeZone),
          looks: await whoRead(turn),
          platform: platformFor(turn),
        }),
      );
    case "delete-my-data":
      return deleteData(turn, said);
    case "link":
      return giveLinkCode(turn);
    case "unlink":
      return unlinkChat(turn);
    case "remind":
    case "withdraw":
    case "why":
    case "relocate":
      return aboutOneCase(turn, said, { command, typed: number, isExact });
  }
}

/** Runs a resident's command on the case that is meant. */
export async function runCommandOn(turn: Turn, command: AboutOneCase, subject: CaseRecord): Promise<Outcome> {
  const wording = wordingFor(turn);
  const { number } = subject;
  // Between the question which case is meant and its answer the case may have been closed, or withdrawn by its number.
  if (!isEligible(command, subject)) return answer(turn, wording.status({ cases: await caseLines(turn, [subject]) }));
  switch (command) {
    case "remind":
      await remind(turn, subject);
      break;
    case "withdraw":
      await withdraw(turn, subject);
      break;
    case "why": {
      const decision = await lastDecision(turn, subject);
      const holder = await holderOf(turn, subject);
      if (decision === null) answer(turn, wording.status({ cases: await caseLines(turn, [subject]) }));
      else answer(turn, wording.why({ number, decision, holder }));
      break;
    }
    case "relocate":
      askAnotherPlace(turn, subject);
      break;
  }
  return { kind: "command", caseId: subject.id };
}

/** Where the number that was typed is of no case with which this can be done, its resident is told how that one stands. */
async function aboutOneCase(
  turn: Turn,
  said: Said,
  {
    command,
    typed,
    isExact,
  }: { readonly command: AboutOneCase; readonly typed: string | null; readonly isExact: boolean },
): Promise<Outcome> {
  const mine = await ownCases(turn);
  const eligible = mine.filter((one) => isEligible(command, one));
  const quoted = eligible.filter((one) => typed === null && one.number === turn.quoted);
  const named = typed === null ? eligible : eligible.filter((one) => isNumberOf(typed, one.number));
  const meant = quoted.length > 0 ? quoted : named;
  const [only, second] = meant;
  if (only === undefined && typed !== null) return runCommand(turn, said, "status", typed);
  if (only === undefined) return answer(turn, wordingFor(turn).nothingOpen());
  if (second === undefined) {
    if (!isExact) await keepWords(turn, only, [said]);
    return runCommandOn(turn, command, only);
  }
  await askWhichCase(turn, command, meant, isExact ? [] : [waits(said)]);
  return { kind: "command" };
}

/** Any case has a reason, only an open one can still change, and only a matter has a place. */
function isEligible(command: AboutOneCase, one: CaseRecord): boolean {
  if (command === "why") return true;
  return one.closedAt === null && !(command === "relocate" && one.category === DATA_REQUEST);
}

async function remind(turn: Turn, subject: CaseRecord): Promise<void> {
  const { number } = subject;
  const dueOn = dueOf(subject);
  record(turn, subject, "reminded", "resident", {});
  const leading = (await leaderOf(turn, subject)) ?? subject;
  if (leading.deputyId !== null && !subject.sealed) {
    await tellDeputy(turn, leading.deputyId, (wording) => ({
      kind: "deputy-news",
      subject: leading,
      words: wording.residentReminds({ number: leading.number, dueOn }),
    }));
  }
  const holder = await holderOf(turn, subject);
  answer(turn, wordingFor(turn).reminded({ number, holder, dueOn }));
}

async function withdraw(turn: Turn, subject: CaseRecord): Promise<void> {
  const { number } = subject;
  clearQuestion(turn, number);
  await takeAllApart(turn, subject);
  record(turn, subject, "closed", "resident", { outcome: "withdrawn" }, { outcome: "withdrawn", closedAt: turn.now });
  await endWithCase(turn, subject, { isSolved: false, by: "resident" });
  if (subject.deputyId !== null && !subject.sealed) {
    await tellDeputy(turn, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentWithdrew({ number }),
    }));
  }
  answer(turn, wordingFor(turn).withdrawn({ number }));
}

async function listed(turn: Turn, typed: string | null): Promise<CaseRecord[]> {
  const mine = await ownCases(turn);
  if (typed !== null) return mine.filter((one) => isNumberOf(typed, one.number)).slice(0, LISTED);
  const open = mine.filter((one) => one.closedAt === null);
  return [...open, ...mine.filter((one) => one.closedAt !== null).slice(0, 1)].slice(0, LISTED);
}

function answer(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "status", subject: null, words });
  return { kind: "command" };
}
