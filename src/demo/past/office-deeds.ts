import { randomUUID } from "node:crypto";
import type { Transaction } from "../../../db/database.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { answerAsOffice, closeAsOffice, moveDueDay } from "../../casework/office/answer-resident.ts";
import { categorise } from "../../casework/office/category-corrections.ts";
import { moveInTurn } from "../../casework/office/move-case.ts";
import { catalogueOf } from "../../casework/rules/category-model.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import { actOnCase, addNote, type Work } from "../../casework/staff/act.ts";
import type { Verb } from "../../domain/access/case-verbs.ts";
import { addDays } from "../../domain/calendar/days.ts";
import type { OfficeDeed } from "./plan.ts";

const VERBS: Readonly<Partial<Record<OfficeDeed, Verb>>> = {
  answer: "answer",
  note: "notes",
  move: "move",
  category: "category",
  deadline: "deadline",
};
const LATER_DAYS = 7;

/** Does what somebody of the office did to a case, by the verbs of the console; what its state does not allow is left out. */
export async function doAtOffice(
  runtime: Runtime,
  tx: Transaction,
  done: {
    readonly caller: Caller;
    readonly number: string;
    readonly does: OfficeDeed;
    readonly text: string;
    /** To whom it moves. */
    readonly neighbour: string;
  },
): Promise<void> {
  const { caller, number, does, text } = done;
  const acting = { runtime, tx, caller, number, request: randomUUID(), seen: null };
  await actOnCase(acting, VERBS[does] ?? "close", workOf(done, text));
}

function workOf(
  { does, caller, neighbour }: { readonly does: OfficeDeed; readonly caller: Caller; readonly neighbour: string },
  text: string,
): Work<null> {
  return async (turn, subject, isSealed) => {
    const told = { subject, isSealed };
    switch (does) {
      case "answer":
        await answerAsOffice(turn, told, text);
        break;
      case "note":
        addNote(turn, subject, { by: caller.name, text });
        break;
      case "move": {
        const moved = await moveInTurn(
          turn,
          subject,
          { kind: "deputy", code: neighbour },
          { by: caller.name, isSealed },
        );
        if (!moved.ok) return { ok: false, why: "content", code: "cannot-go-there", reason: moved.reason };
        addNote(turn, subject, { by: caller.name, text });
        break;
      }
      case "category": {
        const { topics } = await catalogueOf(turn.tx);
        const topic = topics.find(({ code }) => code !== subject.category);
        if (topic === undefined) break;
        const writing = { ...turn, tx: turn.tx, vault: turn.runtime.vault };
        await categorise(writing, subject, { category: topic.code, by: caller.name });
        break;
      }
      case "deadline":
        await moveDueDay(turn, told, addDays(turn.today, LATER_DAYS), text);
        break;
      default: {
        const isWordless = text === "";
        await closeAsOffice(turn, told, { outcome: does, claim: null, text: isWordless ? null : text });
      }
    }
    return { ok: true, value: null };
  };
}
