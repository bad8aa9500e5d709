import { and, eq, or } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { deputies, deputyRelations } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";

type Done = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Sets the head of a station; null for none. */
export async function setStationHead(
  database: Database,
  jurisdictionId: string,
  station: string,
  head: string | null,
): Promise<Done> {
  return database.inCounty(jurisdictionId, async (tx): Promise<Done> => {
    const headDeputyId = head === null ? null : await deputyId(tx, head);
    if (headDeputyId === undefined) return { ok: false, reason: `There is no deputy ${head}.` };
    const changed = await tx
      .update(stations)
      .set({ headDeputyId })
      .where(eq(stations.code, station))
      .returning({ id: stations.id });
    return changed.length > 0 ? { ok: true } : { ok: false, reason: `There is no station ${station}.` };
  });
}

/** Sets whether two deputies are related: neither of two related ones sees an accusation against the other. */
export async function setRelated(
  database: Database,
  jurisdictionId: string,
  codes: readonly [string, string],
  relation: { readonly related: boolean; readonly note: string },
): Promise<Done> {
  return database.inCounty(jurisdictionId, async (tx): Promise<Done> => {
    const [one, other] = [await deputyId(tx, codes[0]), await deputyId(tx, codes[1])];
    if (one === undefined) return { ok: false, reason: `There is no deputy ${codes[0]}.` };
    if (other === undefined) return { ok: false, reason: `There is no deputy ${codes[1]}.` };
    if (one === other) return { ok: false, reason: "Name two different deputies." };
    const pair = (a: string, b: string) => and(eq(deputyRelations.deputyId, a), eq(deputyRelations.relatedDeputyId, b));
    await tx.delete(deputyRelations).where(or(pair(one, other), pair(other, one)));
    if (relation.related) {
      const { note } = relation;
      await tx
        .insert(deputyRelations)
        .values({ id: newId(), jurisdictionId, deputyId: one, relatedDeputyId: other, note });
    }
    return { ok: true };
  });
}

async function deputyId(tx: Transaction, code: string): Promise<string | undefined> {
  const [row] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code));
  return row?.id;
}
