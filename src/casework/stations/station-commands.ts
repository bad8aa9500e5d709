import { isNumberOf } from "../../domain/case/case.ts";
import {
  namesNumber,
  type StationMeaning,
  type StationState,
  understandStation,
} from "../../domain/dialog/staff/station-words.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import type { BoundRole } from "../bindings/roles.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { answer } from "./answer.ts";
import { listCalls, noteTold, noteUnreached, showCall } from "./calls.ts";
import { chooseContact, keepPhone } from "./contact.ts";
import { awaitedVisits, callsMeant, openCalls } from "./open-calls.ts";
import { isCalled, namesOfDeputies, openNumbers, passCase } from "./pass-case.ts";
import { byStation, type SpeakingForStation, speakingForStation } from "./speaking.ts";
import { takeDownWords } from "./take-down-words.ts";

/** A telephone number, or how the person is told, is said for so long of what was taken down last. */
const TAKEN_MS = 2 * 3_600_000;
/** A word without a number is said for so long of the call that was shown last. */
const SHOWN_MS = 2 * 3_600_000;

/** The meaning of what somebody says for a station, by what that station has to do and what they did last; `other` where it is nobody's of a station. */
export async function meaningForStation(
  turn: Turn,
  stations: readonly BoundRole[],
  said: Said,
): Promise<StationMeaning> {
  if (stations.length === 0) return { kind: "other" };
  const { takenDown, question, calls } = turn.conversation.dialog;
  const isLately = (at: string, ms: number) => turn.now.getTime() - Date.parse(at) <= ms;
  const hasTaken = takenDown !== undefined && isLately(takenDown.at, TAKEN_MS);
  const of = stations.map((bound) => speakingForStation(turn, bound));
  return understandStation(said.text, {
    ...(namesNumber(said.text) ? await knownTo(turn, of) : NOTHING_KNOWN),
    hasShown: calls?.shown !== undefined && isLately(calls.shown.at, SHOWN_MS),
    hasTaken,
    // A digit answers what was asked last.
    isAsked: hasTaken && takenDown.isAsked && (question === undefined || question.at <= takenDown.at),
  });
}

type Known = Pick<StationState, "isCall" | "isCase" | "isDeputy">;

const NOTHING_KNOWN: Known = { isCall: () => false, isCase: () => false, isDeputy: () => false };

/** What these stations have: the calls and visits, the open cases, the deputies. */
async function knownTo(turn: Turn, stations: readonly SpeakingForStation[]): Promise<Known> {
  const known: Known[] = [];
  for (const station of stations) {
    const open = await openCalls(turn, station);
    const visits = await awaitedVisits(turn, station);
    const numbers = await openNumbers(turn, station);
    const names = await namesOfDeputies(turn, station);
    known.push({
      isCall: (typed) =>
        callsMeant(turn, station, open, typed).length > 0 || visits.some(({ number }) => isNumberOf(typed, number)),
      isCase: (typed) => numbers.some((number) => isNumberOf(typed, number)),
      isDeputy: (words) => names.some(({ name, code }) => isCalled(words, { name, code })),
    });
  }
  return {
    isCall: (typed) => known.some((one) => one.isCall(typed)),
    isCase: (typed) => known.some((one) => one.isCase(typed)),
    isDeputy: (words) => known.some((one) => one.isDeputy(words)),
  };
}

/** Carries out what somebody says for a station; all that happens is by that station. */
export function carryOutForStation(
  turn: Turn,
  bound: BoundRole,
  meaning: Exclude<StationMeaning, { readonly kind: "other" }>,
  said: Said,
): Promise<Outcome> {
  const station = speakingForStation(turn, bound);
  return byStation(turn, station, async (acting): Promise<Outcome> => {
    switch (meaning.kind) {
      case "take-down":
        return takeDownWords(acting, station, said, meaning.text);
      case "contact":
        return chooseContact(acting, meaning.way);
      case "phone":
        return keepPhone(acting, meaning.phone);
      case "calls":
        return listCalls(acting, station);
      case "number":
        return showCall(acting, station, meaning.typed, said);
      case "told":
        return noteTold(acting, station, meaning.typed, meaning.text);
      case "unreached":
        return noteUnreached(acting, station, meaning.typed);
      case "pass":
        return passCase(acting, station, meaning.typed, meaning.to);
    }
  });
}

/** Tells somebody who speaks for a station what can be said for it. */
export function helpOfStation(turn: Turn, { name }: BoundRole): Outcome {
  return answer(turn, stationWordingOf(turn.conversation.locale).help({ station: name }));
}
