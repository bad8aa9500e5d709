import { stationWordingOf } from "../../domain/wording/stations.ts";
import { holderOf } from "../cases/describe.ts";
import { keptOrNot, NotKept } from "../intake/all-or-nothing.ts";
import { deskAccount } from "../intake/desk.ts";
import { type NotTaken, type TakenCase, takeDown } from "../intake/take-down.ts";
import { answersOnly } from "../runtime/accounts.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answer } from "./answer.ts";
import type { SpeakingForStation } from "./speaking.ts";

/**
 * Takes down in chat what somebody says at the desk of a station, as the console does: understood, masked, placed and routed, danger and
 * accusations first. Whoever types reads what their person hears, and is asked how they are told what becomes of it.
 */
export async function takeDownWords(
  turn: Turn,
  station: SpeakingForStation,
  said: Said,
  text: string,
): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  if (text === "") return answer(turn, wording.missingWords());
  const taken = await takenOrNothing(turn, station, said, text);
  if (!taken.ok) return answer(turn, whyNot(turn, taken));
  for (const id of taken.toDeliver) turn.toDeliver.add(id);
  const { subject } = taken;
  const { number, minor, sealed } = subject;
  const isAsked = !minor;
  const takenDown = { number, ref: station.code, at: turn.now.toISOString(), isAsked };
  turn.conversation.dialog = { ...turn.conversation.dialog, takenDown };
  const done = wording.taken({ number, holder: await holderOf(turn, subject) });
  const read = [wording.readThis(), ...taken.readOut, wordingFor(turn).deskNotice({ county: turn.county.name })];
  // Whoever stands in danger hears first what to do.
  const told = taken.danger.length > 0 ? [...read, done] : [done, ...read];
  if (minor) return answer(turn, [...told, wording.howToldMinor({ number })].join("\n"), subject.id);
  if (sealed) return answer(turn, [...told, wording.howToldSealed({ number })].join("\n"), subject.id);
  const question = wording.howTold({ number, canScan: !answersOnly(turn.account, turn.abilities) });
  return answer(turn, { ...question, text: [...told, question.text].join("\n") }, subject.id);
}

/** Takes it down within the turn; where it cannot be, nothing of it stays. */
async function takenOrNothing(
  turn: Turn,
  { code, caller }: SpeakingForStation,
  said: Said,
  text: string,
): Promise<TakenCase | NotTaken> {
  const { runtime, jurisdictionId } = turn;
  const account = await deskAccount(runtime, jurisdictionId);
  return keptOrNot(
    turn.tx.transaction(async (tx): Promise<TakenCase | NotTaken> => {
      const taking = { runtime, tx, caller, account, dedupeKey: `chat_${said.seq}`, isTried: false, station: code };
      const intake = { how: "walk-in", text, place: null, name: null, phone: null, mayCall: false } as const;
      const taken = await takeDown(taking, { ...intake, photo: null, join: null });
      if (!taken.ok) throw new NotKept(taken);
      return taken;
    }),
  );
}

function whyNot({ conversation }: Turn, refused: NotTaken): string {
  const wording = stationWordingOf(conversation.locale);
  if (refused.why === "other-station") return wording.placeOfOther({ station: refused.station });
  return wording.unclearPlace({ offers: refused.why === "no-place" ? refused.offers.map(({ label }) => label) : [] });
}
