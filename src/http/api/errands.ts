import { z } from "zod";
import type { Vault } from "../../../db/vault.ts";
import { ERRAND_KINDS } from "../../casework/errand-kinds/registry.ts";
import { askErrand, fileOf, listErrands, showErrand, stopErrand } from "../../casework/errands/errands.ts";
import type { ERRANDS } from "../contract/errands.ts";
import type { Problem } from "../problem.ts";
import { cursorOf, readCursor } from "./cursor.ts";
import { type Handlers, notHere } from "./operations.ts";

const NO_ERRAND = notHere("There is no errand with this id.");
const NO_FILE = notHere("There is no file of this errand, or no longer.");

/** The handlers of the operations on errands. */
export function errandHandlers({ vault }: { readonly vault: Vault }): Handlers<typeof ERRANDS> {
  return {
    async "GET /errands"({ tx, caller, query: { kind, state, after } }) {
      const from = after === undefined ? null : readCursor(after, z.iso.datetime(), z.uuid());
      if (after !== undefined && from === null) return { problem: badCursor() };
      const { items, next } = await listErrands(tx, caller, ERRAND_KINDS, {
        ...{ kind, state },
        ...(from === null ? {} : { after: { madeAt: from[0], id: from[1] } }),
      });
      return { body: { items: [...items], next: next === null ? null : cursorOf(next.madeAt, next.id) } };
    },
    async "POST /errands"({ tx, caller, now, body }) {
      const kind = ERRAND_KINDS.find(({ name }) => name === body.kind);
      if (kind === undefined) return { problem: cannot("body.kind", "There is no such kind of errand.") };
      if (!kind.roles.includes(caller.role)) return { problem: ROLE };
      const read = await kind.read(tx, caller, body.asked);
      if (!read.ok) return { problem: cannot("body.asked", read.reason) };
      const made = await askErrand(tx, caller, kind.name, { asked: read.asked, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    async "GET /errands/{id}"({ tx, caller, params: { id } }) {
      const found = await showErrand(tx, caller, ERRAND_KINDS, id);
      return found === null ? { problem: NO_ERRAND } : { body: found };
    },
    async "POST /errands/{id}/stop"({ tx, caller, now, params: { id } }) {
      const stopped = await stopErrand(tx, caller, ERRAND_KINDS, { id, now });
      return stopped === null ? { problem: NO_ERRAND } : { body: stopped };
    },
    async "GET /errands/{id}/file"({ tx, caller, now, params: { id } }) {
      const file = await fileOf({ tx, vault }, caller, ERRAND_KINDS, { id, now });
      return file === null ? { problem: NO_FILE } : { file };
    },
  };
}

/** The refusal of a cursor that this service did not write. */
export function badCursor(): Problem {
  return cannot("query.after", "That is no cursor of this list: begin at its top.");
}

const ROLE: Problem = {
  status: 403,
  title: "Forbidden",
  code: "role",
  detail: "This kind of errand is for other roles.",
};

function cannot(at: string, text: string): Problem {
  return {
    status: 422,
    title: "Unprocessable Content",
    code: "content",
    detail: text,
    findings: [{ at, code: "cannot", text }],
  };
}
