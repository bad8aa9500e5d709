import { randomInt } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { bindingInvites } from "../../../db/schema/units/bindings.ts";
import { units } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import type { Vault } from "../../../db/vault.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { drawCode } from "../../domain/dialog/invite-code.ts";
import { invitePurpose } from "./bind.ts";

const VALID_MS = 14 * 24 * 3_600_000;

/**
 * Creates a one-time code with which somebody of this unit or station binds a chat, valid for 14 days; only a keyed hash of it is
 * kept. Several people may speak for one unit, each by a code of their own.
 *
 * @returns the code, or null when the county has no such unit or station in force
 */
export async function inviteRole(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date; readonly timeZone: string },
  jurisdictionId: string,
  { role, ref }: { readonly role: "unit" | "station"; readonly ref: string },
): Promise<string | null> {
  const { database, vault, now, timeZone } = services;
  return database.inCounty(jurisdictionId, async (tx) => {
    const today = dayIn(now(), timeZone);
    const [found] =
      role === "unit"
        ? await tx
            .select({ id: units.id })
            .from(units)
            .where(and(eq(units.code, ref), notEnded(units.untilOn, today)))
        : await tx.select({ id: stations.id }).from(stations).where(eq(stations.code, ref));
    if (found === undefined) return null;
    const code = drawCode(randomInt);
    await tx.insert(bindingInvites).values({
      ...{ id: newId(), jurisdictionId, role, ref },
      codeHash: vault.blindIndex(code, invitePurpose(jurisdictionId)),
      expiresAt: new Date(now().getTime() + VALID_MS),
    });
    return code;
  });
}
