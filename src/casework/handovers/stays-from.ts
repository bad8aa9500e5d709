import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { StayReason } from "../../domain/acts/partner.ts";
import type { Turn } from "../turn/turn.ts";
import { whyStays } from "./may-leave.ts";
import { partnerOfUnit } from "./to-partner.ts";

/** The reason for which a case may not go to a unit that is told by a case system of others; null where it may, or the unit has none. */
export async function staysFrom(
  turn: Turn,
  subject: CaseRecord,
  unit: { readonly id: string },
): Promise<StayReason | null> {
  return (await partnerOfUnit(turn, unit.id)) === null ? null : whyStays(turn, subject);
}
