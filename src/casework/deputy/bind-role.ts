import { and, eq, gt, isNull, type SQL } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { bindingInvites, bindings } from "../../../db/schema/conversations.ts";
import type { BoundAs } from "../../domain/dialog/state.ts";
import { boundWordingOf, gridWordingOf } from "../../domain/wording/bound.ts";
import { type InForce, inForce } from "../bindings/in-force.ts";
import { lockUnit, rolesOf } from "../bindings/roles.ts";
import { countOpenOfGrid } from "../handovers/grid-worker.ts";
import { openOfUnit, sendWaiting } from "../handovers/of-unit.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";

/** Whether the code with this hash can still bind a chat to a unit, a station or a grid. */
export async function isOpenRoleCode(turn: Turn, codeHash: string): Promise<boolean> {
  const [open] = await turn.tx.select({ id: bindingInvites.id }).from(bindingInvites).where(isOpen(turn, codeHash));
  return open !== undefined;
}

function isOpen({ now }: Turn, codeHash: string): SQL | undefined {
  return and(eq(bindingInvites.codeHash, codeHash), isNull(bindingInvites.usedAt), gt(bindingInvites.expiresAt, now));
}

/**
 * Binds the chat of the one who writes to the unit, station or grid for which the code with this hash was made, beside what it is bound to
 * already; what waited for the unit is told now.
 *
 * @returns null where the code is none of these
 * @throws Error in a transaction that others share (see `mayBind`)
 */
export async function bindRole(turn: Turn, codeHash: string): Promise<Outcome | null> {
  const { conversation, jurisdictionId, now } = turn;
  const [invite] = await turn.tx
    .select({ id: bindingInvites.id, role: bindingInvites.role, ref: bindingInvites.ref })
    .from(bindingInvites)
    .where(isOpen(turn, codeHash))
    .for("no key update");
  if (invite === undefined) return null;
  if (turn.isShared) throw new Error("a chat is bound in a transaction of its own");
  const { role, ref } = invite;
  const bound = await inForce(turn.tx, invite, turn.today);
  if (bound === undefined) return null;
  if (role === "unit") await lockUnit(turn, bound.id);
  conversation.heardApart = true;
  const isBound = (await rolesOf(turn)).some((one) => one.role === role && one.ref === ref);
  if (!isBound) {
    await turn.tx
      .insert(bindings)
      .values({ id: newId(), jurisdictionId, conversationId: conversation.id, role, ref, boundAt: now });
  }
  writeLater(turn, turn.tx.update(bindingInvites).set({ usedAt: now }).where(eq(bindingInvites.id, invite.id)));
  const words = await welcome(turn, role, bound);
  tell(turn, { kind: "handover-answer", subject: null, words });
  if (role === "unit") await sendWaiting(turn, { id: bound.id, code: ref });
  return { kind: "command" };
}

async function welcome(turn: Turn, role: BoundAs, { id, name }: InForce): Promise<string> {
  const { locale } = turn.conversation;
  if (role === "grid-worker")
    return gridWordingOf(locale).boundAs({ grid: name, open: await countOpenOfGrid(turn, id) });
  const open = role === "unit" ? (await openOfUnit(turn, id)).length : null;
  return boundWordingOf(locale).boundAs({ role, name, open });
}
