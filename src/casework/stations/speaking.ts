import type { Caller } from "../access/caller.ts";
import type { BoundRole } from "../bindings/roles.ts";
import { beginTurn, type Turn } from "../turn/turn.ts";

/** A station for which somebody speaks in chat; as `caller` they stand in ledgers and see what the station's people see at the console. */
export type SpeakingForStation = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly caller: Caller;
};

/** The one who speaks for a station in the chat of this turn. Which of several people it was says the id of their binding. */
export function speakingForStation(
  { jurisdictionId, conversation }: Pick<Turn, "jurisdictionId" | "conversation">,
  { id, ref, name, bindingId }: BoundRole,
): SpeakingForStation {
  const caller: Caller = {
    ...{ kind: "person", id: bindingId, role: "station", jurisdictionId, name: `station:${ref}`, stations: [id] },
    ...{ deputyId: conversation.deputyId, confirmedAt: null },
  };
  return { id, code: ref, name, caller };
}

/** Does work in a turn all of whose events are by a station; the conversation is that of the turn, and what is to be sent is sent with it. */
export async function byStation<T>(
  turn: Turn,
  { code, caller }: SpeakingForStation,
  work: (acting: Turn) => Promise<T>,
): Promise<T> {
  const { account, abilities, names, conversation, linked, cases, unsent, votes } = turn;
  const acting = beginTurn(
    { ...turn, staff: caller.name, station: code },
    { account, abilities, names, conversation, linked, cases, unsent, votes },
  );
  const done = await work(acting);
  turn.cases = acting.cases;
  for (const id of acting.toDeliver) turn.toDeliver.add(id);
  return done;
}
