import { decideUnsealing, proposeUnsealing, type UnsealEnd } from "../../../casework/office/unseal-case.ts";
import { addNote } from "../../../casework/staff/act.ts";
import type { CASES } from "../../contract/cases.ts";
import type { Handlers } from "../operations.ts";
import { act, type CaseServices, wrong } from "./act.ts";

type Unsealing = Pick<
  typeof CASES,
  "POST /cases/{number}/unseal" | "POST /cases/{number}/unseal/confirm" | "POST /cases/{number}/unseal/refuse"
>;

const nothing = (value: null) => value;
const ended = (end: UnsealEnd) => (end.ok ? { ok: true as const, value: null } : wrong(end.code, end.reason));

/** The handlers by which one person of the office proposes to unseal a case, and another one decides. */
export function unsealVerbs(services: CaseServices): Handlers<Unsealing> {
  return {
    "POST /cases/{number}/unseal": (asked) =>
      act(
        services,
        asked,
        "unseal",
        async (turn, subject) => {
          addNote(turn, subject, { by: asked.caller.name, text: asked.body.reason });
          return ended(await proposeUnsealing(turn, subject, asked.caller));
        },
        nothing,
      ),
    "POST /cases/{number}/unseal/confirm": (asked) =>
      act(
        services,
        asked,
        "unseal/confirm",
        async (turn, subject) => ended(await decideUnsealing(turn, subject, { by: asked.caller, agrees: true })),
        nothing,
      ),
    "POST /cases/{number}/unseal/refuse": (asked) =>
      act(
        services,
        asked,
        "unseal/refuse",
        async (turn, subject) => {
          addNote(turn, subject, { by: asked.caller.name, text: asked.body.reason });
          return ended(await decideUnsealing(turn, subject, { by: asked.caller, agrees: false }));
        },
        nothing,
      ),
  };
}
