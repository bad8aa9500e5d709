import { and, eq, isNull, sql } from "drizzle-orm";
import { notEnded } from "../../../db/in-force.ts";
import { bindings, conversations } from "../../../db/schema/conversations.ts";
import { units } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import type { BoundAs } from "../../domain/dialog/state.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import type { Turn } from "../turn/turn.ts";

/** A unit or station for which a chat speaks, or the grid whose worker writes there. */
export type BoundRole = {
  readonly role: BoundAs;
  readonly ref: string;
  readonly id: string;
  readonly name: string;
  /** The id of the binding: under it stands in ledgers who of several people it was. */
  readonly bindingId: string;
};

/** The units, stations and grids for which the person of this turn speaks now; a unit or grid that has ended is spoken for by nobody. */
export async function rolesOf({ tx, conversation, today }: Turn): Promise<readonly BoundRole[]> {
  if (!conversation.heardApart) return [];
  const held = and(eq(bindings.conversationId, conversation.id), isNull(bindings.endedAt));
  const ofUnits = await tx
    .select({ ref: bindings.ref, id: units.id, name: units.name, bindingId: bindings.id })
    .from(bindings)
    .innerJoin(units, eq(units.code, bindings.ref))
    .where(and(held, eq(bindings.role, "unit"), notEnded(units.untilOn, today)))
    .orderBy(bindings.boundAt);
  const ofStations = await tx
    .select({ ref: bindings.ref, id: stations.id, name: stations.name, bindingId: bindings.id })
    .from(bindings)
    .innerJoin(stations, eq(stations.code, bindings.ref))
    .where(and(held, eq(bindings.role, "station")))
    .orderBy(bindings.boundAt);
  const ofGrids = await tx
    .select({ ref: bindings.ref, id: grids.id, name: grids.name, bindingId: bindings.id })
    .from(bindings)
    .innerJoin(grids, eq(grids.code, bindings.ref))
    .where(and(held, eq(bindings.role, "grid-worker"), notEnded(grids.untilOn, today)))
    .orderBy(bindings.boundAt);
  return [
    ...ofUnits.map((one): BoundRole => ({ role: "unit", ...one })),
    ...ofStations.map((one): BoundRole => ({ role: "station", ...one })),
    ...ofGrids.map((one): BoundRole => ({ role: "grid-worker", ...one })),
  ];
}

/** A chat in which somebody speaks for a unit, a station or a grid. */
type BoundChat = { readonly id: string; readonly locale: Locale };

/**
 * The chats in which somebody speaks for a unit.
 *
 * The answer holds until the commit: whoever binds a chat to the unit locks the unit first ({@link lockUnit}), so waits for this
 * transaction, and tells the new chat what it left waiting.
 */
export async function chatsOfUnit(
  { tx }: Turn,
  unit: { readonly id: string; readonly code: string },
): Promise<BoundChat[]> {
  await tx.execute(sql`select from units where id = ${unit.id} for key share`);
  return chatsOf(tx, "unit", unit.code);
}

/** The chats in which somebody speaks for a station. */
export function chatsOfStation({ tx }: Turn, code: string): Promise<BoundChat[]> {
  return chatsOf(tx, "station", code);
}

/** The chats of the workers of a grid. */
export function chatsOfGrid({ tx }: Turn, code: string): Promise<BoundChat[]> {
  return chatsOf(tx, "grid-worker", code);
}

function chatsOf(tx: Turn["tx"], role: BoundRole["role"], ref: string): Promise<BoundChat[]> {
  return tx
    .select({ id: conversations.id, locale: conversations.locale })
    .from(bindings)
    .innerJoin(conversations, eq(conversations.id, bindings.conversationId))
    .where(and(eq(bindings.role, role), eq(bindings.ref, ref), isNull(bindings.endedAt)))
    .orderBy(bindings.boundAt)
    .execute();
}

/** Waits for everybody who is handing something over to a unit, and keeps others from beginning to, until the commit. */
export async function lockUnit({ tx }: Turn, unitId: string): Promise<void> {
  await tx.execute(sql`select from units where id = ${unitId} for update`);
}
