import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { HandoverChangeKind } from "../../domain/acts/partner.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfUnit } from "../bindings/roles.ts";
import { tellConversation } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { mayLeave } from "./may-leave.ts";
import { lockOpenOfCase } from "./of-unit.ts";
import { queueChanged } from "./to-partner.ts";

/**
 * Tells the units that have a case, and have heard of it, what changed in it since: its resident put their words right, or one of its matters has
 * a number of its own now. What goes to a case system of others passes its guard again before it leaves.
 *
 * @param text the working copy of the words of the change
 */
export async function tellUnitsOfChange(
  turn: Turn,
  subject: CaseRecord,
  kind: HandoverChangeKind,
  text: string,
): Promise<void> {
  if (!mayLeave(subject) || subject.closedAt !== null) return;
  const { number } = subject;
  for (const { handover, unit } of await lockOpenOfCase(turn, subject)) {
    if ((await queueChanged(turn, handover, kind)) || handover.state === "waiting") continue;
    for (const { id, locale } of await chatsOfUnit(turn, unit)) {
      const words = boundWordingOf(locale).unitChanged({ number, kind, text: quoteMasked(text) });
      tellConversation(turn, id, { kind: "handover", subject, words, isAnswer: true });
    }
  }
}
