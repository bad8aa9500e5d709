import type { Leave, Wording } from "../../domain/wording/sentences.ts";
import { tellDeputy } from "../outbox/tell.ts";
import { chatsOf } from "../turn/deputy-chats.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import type { ActingOnDeputy } from "./acting.ts";

type Planned = Omit<Leave, "isNow"> & { readonly replaced: readonly Leave[] };

/** Tells a deputy in their chat that an absence of later days was entered for them. */
export function tellPlanned(acting: ActingOnDeputy, deputyId: string, planned: Planned): Promise<Iterable<string>> {
  return tellInChat(acting, deputyId, (wording) => wording.awayPlanned(planned));
}

/** Tells a deputy in their chat that an absence was ended, or cancelled, for them. */
export function tellEnded(
  acting: ActingOnDeputy,
  deputyId: string,
  ended: { readonly open: number; readonly cancelled: readonly Leave[]; readonly planned: readonly Leave[] },
): Promise<Iterable<string>> {
  return tellInChat(acting, deputyId, (wording) => wording.backTaken(ended));
}

/** Tells a deputy something in their chat. Nothing is told to whoever has none: the page says so to whoever entered it. */
export async function tellInChat(
  { runtime, tx, caller }: ActingOnDeputy,
  deputyId: string,
  words: (wording: Wording) => string,
): Promise<Iterable<string>> {
  const [chat] = await chatsOf(tx, [deputyId]);
  const turn = chat === undefined ? null : await openTurn(runtime, tx, chat.id, caller.name);
  if (turn === null) return [];
  await tellDeputy(turn, deputyId, (wording) => ({ kind: "courtesy", subject: null, words: words(wording) }));
  await finishTurn(turn);
  return turn.toDeliver;
}
