import { isBareRefusal } from "../../../domain/answers/refused.ts";
import { reopen } from "../../actions/reopen.ts";
import { ownCases } from "../../cases/load.ts";
import { addToThread } from "../../cases/thread.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { runCommand } from "../commands.ts";

/**
 * Opens the case again that was answered at once, for whoever answers there: its resident says that this is not what they asked.
 * @returns null where that case is open again already, or more was said of another one
 */
export async function refuseAnswer(turn: Turn, said: Said, number: string): Promise<Outcome | null> {
  const subject = (await ownCases(turn)).find((one) => one.number === number && one.answeredBy !== null);
  const isBare = isBareRefusal(said.text);
  // The number of another case was typed: how that one stands is all that can be said.
  if (subject === undefined) return isBare ? runCommand(turn, said, "status", number) : null;
  if (subject.state !== "closed") return null;
  addToThread(turn, subject, { direction: "in", party: "resident", ...said, ...(isBare && { kind: "answer" }) });
  await reopen(turn, subject, isBare ? [] : [said]);
  return { kind: "case", caseId: subject.id };
}
