import { addDays } from "../../domain/calendar/days.ts";
import { workdayFrom } from "../../domain/calendar/months.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { MOST_MISSED_DAYS } from "../../domain/case/desk.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { deputyLines } from "../cases/describe.ts";
import { timeOf } from "../cases/due-day.ts";
import { lockCase } from "../cases/load.ts";
import { isOwnCall, openPhoneTasks } from "../cases/phone-tasks.ts";
import { record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { toldByPerson } from "../delivery/told-by-person.ts";
import { noteCall, waitingFor } from "../phone/result.ts";
import { showNumber } from "../phone/show-number.ts";
import { findCase } from "../staff/find-case.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { answer } from "./answer.ts";
import {
  awaitedVisits,
  callLines,
  callsMeant,
  noteListed,
  type OpenCall,
  openCalls,
  wordsOfCall,
  wordsWaiting,
} from "./open-calls.ts";
import type { SpeakingForStation } from "./speaking.ts";

/** So many calls are shown at once. */
const MOST_LISTED = 8;

/** Lists the calls of a station, and for whom something waits who comes again. */
export async function listCalls(turn: Turn, station: SpeakingForStation): Promise<Outcome> {
  const open = await openCalls(turn, station);
  const listed = open.slice(0, MOST_LISTED);
  noteListed(turn, station, listed);
  const visits = await deputyLines(turn, (await awaitedVisits(turn, station)).slice(0, MOST_LISTED));
  const calls = await callLines(turn, listed);
  const { name } = station;
  const more = open.length - listed.length;
  return answer(turn, stationWordingOf(turn.conversation.locale).calls({ station: name, calls, more, visits }));
}

/** Shows the number to call, once, with what is to be said; that is written down before. */
export async function showCall(turn: Turn, station: SpeakingForStation, typed: string, said: Said): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  const open = await openCalls(turn, station);
  const call = await onlyOf(turn, open, callsMeant(turn, station, open, typed), typed);
  if ("answered" in call) return call.answered;
  const { subject, task } = call;
  const nth = placeOf(turn, station, open, call);
  const [line] = await callLines(turn, [call], nth);
  if (line === undefined) return answer(turn, wording.noCall({ typed }));
  const { runtime, tx } = turn;
  const asked = { caller: station.caller, number: subject.number, named: task.id, request: `chat:${said.seq}` };
  const shown = await showNumber(tx, runtime, { ...asked, reason: "answer-the-resident", note: null });
  const found = await findCase(tx, station.caller, subject.number, turn.today);
  if (!shown.ok || found === null) return answer(turn, wording.noNumber({ call: line }), subject.id);
  const { calls } = turn.conversation.dialog;
  if (calls !== undefined)
    turn.conversation.dialog = {
      ...turn.conversation.dialog,
      calls: { ...calls, shown: { id: task.id, etag: found.etag, at: turn.now.toISOString() } },
    };
  const phones = shown.people.map(({ number }) => number);
  return answer(turn, wording.shown({ call: line, phones, words: await wordsOfCall(turn, call) }), subject.id);
}

/**
 * Notes that somebody was told: what waited for them counts as delivered, by a person. Where more was written since they saw what to say,
 * nothing counts yet, and they read that.
 */
export async function noteTold(
  turn: Turn,
  station: SpeakingForStation,
  typed: string | null,
  text: string,
): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  const open = await openCalls(turn, station);
  const meant = meantBy(turn, station, open, typed);
  if (meant.length === 0 && typed !== null) return toldHere(turn, station, typed, text);
  const call = await onlyOf(turn, open, meant, typed ?? "");
  if ("answered" in call) return call.answered;
  const locked = await stillOpen(turn, station, call);
  if (locked === null) return answer(turn, wording.noCall({ typed: typed ?? "" }), call.subject.id);
  const { number } = locked.subject;
  const words = await wordsOfCall(turn, locked);
  if (await hasChanged(turn, station, locked))
    return answer(turn, wording.changed({ number, words }), locked.subject.id);
  const said = text === "" ? wording.toldAsWritten() : text;
  await noteCall(turn, locked.subject, station.caller, { result: "reached", text: said, named: locked.task.id });
  return answer(turn, wording.told({ number, words }), locked.subject.id);
}

/** Notes that nobody was reached; on the third such day the county's office sees to it. */
export async function noteUnreached(turn: Turn, station: SpeakingForStation, typed: string | null): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  const open = await openCalls(turn, station);
  const call = await onlyOf(turn, open, meantBy(turn, station, open, typed), typed ?? "");
  if ("answered" in call) return call.answered;
  const locked = await stillOpen(turn, station, call);
  if (locked === null) return answer(turn, wording.noCall({ typed: typed ?? "" }), call.subject.id);
  const { subject, task } = locked;
  const againOn = workdayFrom(addDays(turn.today, 1), timeOf(turn).holidays);
  await noteCall(turn, subject, station.caller, { result: "not-reached", againOn, named: task.id });
  const { number } = subject;
  const days = task.missedDays + (task.missedOn === turn.today ? 0 : 1);
  return answer(
    turn,
    days >= MOST_MISSED_DAYS ? wording.givenUp({ number }) : wording.unreached({ number, againOn, days }),
    subject.id,
  );
}

/** Somebody came again, and was told face to face. */
async function toldHere(turn: Turn, station: SpeakingForStation, typed: string, text: string): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  const [visit, another] = (await awaitedVisits(turn, station)).filter(({ number }) => isNumberOf(typed, number));
  if (visit === undefined || another !== undefined) return answer(turn, wording.noCall({ typed }));
  const subject = await lockCase(turn, visit.id);
  const words = await wordsWaiting(turn, subject);
  if (words === null || !isOwnCall(station.caller, subject)) return answer(turn, wording.noCall({ typed }), visit.id);
  const { now } = turn;
  const details = { result: "reached", to: "resident", isHere: true } as const;
  record(turn, subject, "phoned", "office", details, { lastSpokenAt: now });
  const said = text === "" ? wording.toldAsWritten() : text;
  addToThread(turn, subject, { direction: "out", party: "office", kind: "told-here", text: said });
  await toldByPerson(turn.tx, await waitingFor(turn.tx, subject), now);
  return answer(turn, wording.told({ number: subject.number, words }), subject.id);
}

function meantBy(
  turn: Turn,
  station: SpeakingForStation,
  open: readonly OpenCall[],
  typed: string | null,
): readonly OpenCall[] {
  if (typed !== null) return callsMeant(turn, station, open, typed);
  const shown = turn.conversation.dialog.calls?.shown;
  return open.filter(({ task }) => task.id === shown?.id);
}

async function onlyOf(
  turn: Turn,
  open: readonly OpenCall[],
  meant: readonly OpenCall[],
  typed: string,
): Promise<OpenCall | { readonly answered: Outcome }> {
  const wording = stationWordingOf(turn.conversation.locale);
  const [only, another] = meant;
  if (only === undefined) return { answered: answer(turn, wording.noCall({ typed })) };
  if (another === undefined) return only;
  const calls = (await callLines(turn, open)).filter(({ number }) =>
    meant.some(({ subject }) => subject.number === number),
  );
  return { answered: answer(turn, wording.whichCall({ calls })) };
}

/** The place of a call in the list that was shown; one that is not there makes it anew. */
function placeOf(turn: Turn, station: SpeakingForStation, open: readonly OpenCall[], { task }: OpenCall): number {
  const { calls } = turn.conversation.dialog;
  const before = calls?.ref === station.code ? calls.ids.indexOf(task.id) : -1;
  if (before >= 0) return before + 1;
  noteListed(turn, station, open);
  return open.findIndex((one) => one.task.id === task.id) + 1;
}

/** The call under the lock of its case; null where somebody else has made it, or it is no longer the station's. */
async function stillOpen(
  turn: Turn,
  station: SpeakingForStation,
  { task, subject }: OpenCall,
): Promise<OpenCall | null> {
  const locked = await lockCase(turn, subject.id);
  const now = (await openPhoneTasks(turn.tx, locked.id)).find(({ id }) => id === task.id);
  const isHere = (await findCase(turn.tx, station.caller, locked.number, turn.today)) !== null;
  return now === undefined || !isHere || !isOwnCall(station.caller, locked) ? null : { task: now, subject: locked };
}

/** Whether the case has gone on since whoever speaks saw what is to be said; they see it now. */
async function hasChanged(turn: Turn, station: SpeakingForStation, { task, subject }: OpenCall): Promise<boolean> {
  const { calls } = turn.conversation.dialog;
  if (calls?.shown === undefined || calls.shown.id !== task.id) return false;
  const found = await findCase(turn.tx, station.caller, subject.number, turn.today);
  if (found === null || found.etag === calls.shown.etag) return false;
  const shown = { ...calls.shown, etag: found.etag };
  turn.conversation.dialog = { ...turn.conversation.dialog, calls: { ...calls, shown } };
  return true;
}
