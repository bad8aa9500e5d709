import type { Hono } from "hono";
import type { SpokenFor } from "../../../casework/bindings/end-chat.ts";
import { endChatByStaff, inviteByStaff, showChats } from "../../../casework/places/chats.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { CHATS } from "../../contract/places/chats.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, notHere, type OperationServices, operationRoutes } from "../operations.ts";
import { refusedChange } from "./changed.ts";

type Coded = { readonly code: string };
type One = Coded & { readonly id: string };

/** The routes of who speaks in chat for a station, and as the worker of a grid. */
export function chatRoutes(services: OperationServices, { runtime }: CaseServices): Hono<CallerEnv> {
  const { timeZone } = runtime;
  const station = ({ code }: Coded): SpokenFor => ({ role: "station", ref: code });
  const grid = ({ code }: Coded): SpokenFor => ({ role: "grid-worker", ref: code });
  const gone = () => ({ problem: notHere("There is none of this code here, or it has ended.") });

  const show = async ({ tx }: Pick<Asked, "tx">, of: SpokenFor) => {
    const now = runtime.now();
    const found = await showChats(tx, of, { now, today: dayIn(now, timeZone) });
    return found === null ? gone() : { body: { ...found, code: of.ref, chats: [...found.chats] }, etag: found.etag };
  };
  const invite = async ({ tx, caller, isRepeated }: Pick<Asked, "tx" | "caller" | "isRepeated">, of: SpokenFor) => {
    const drawn = await inviteByStaff(runtime, { tx, caller, now: runtime.now() }, of, isRepeated);
    if (drawn === null) return gone();
    const { code, until, name } = drawn;
    return { body: { code, until: until === null ? null : dayIn(until, timeZone), name } };
  };
  const end = async ({ tx, caller, match }: Pick<Asked, "tx" | "caller" | "match">, of: SpokenFor, { id }: One) => {
    const refused = await endChatByStaff({ tx, caller, match: match ?? "", now: runtime.now() }, of, id);
    return refused === null ? { body: null } : refusedChange(refused);
  };
  return operationRoutes(services, CHATS, {
    "GET /stations/{code}/chats": (asked) => show(asked, station(asked.params)),
    "POST /stations/{code}/invite": (asked) => invite(asked, station(asked.params)),
    "POST /stations/{code}/chats/{id}/end": (asked) => end(asked, station(asked.params), asked.params),
    "GET /grids/{code}/chats": (asked) => show(asked, grid(asked.params)),
    "POST /grids/{code}/invite": (asked) => invite(asked, grid(asked.params)),
    "POST /grids/{code}/chats/{id}/end": (asked) => end(asked, grid(asked.params), asked.params),
  });
}
