import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import { jurisdictions, type TrialSetting } from "../../../db/schema/county.ts";
import { deputies } from "../../../db/schema/people.ts";
import type { Vault } from "../../../db/vault.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL } from "../../domain/case/rehearsal.ts";

/** A county's trial as it was first: off, with nobody listed. */
export const NO_TRIAL: TrialSetting = { isOn: false, at: "", by: "", deputies: [], staff: [] };

/** The trial of the county whose transaction this is, sent at once. @param isKept keeps it from being switched until the commit */
export async function readTrial(tx: Transaction, isKept = false): Promise<TrialSetting> {
  const reading = tx.select({ settings: jurisdictions.settings }).from(jurisdictions);
  const [county] = await (isKept ? reading.for("share") : reading).execute();
  return county?.settings.trial ?? NO_TRIAL;
}

/** The channels that are no chat with a real person: nothing is held back on them. */
export const NO_CHATS: readonly string[] = [DESK_CHANNEL, REHEARSAL_CHANNEL];

/** Whether the person of a chat receives what is meant for them though the county may be in trial. */
export async function receivesInTrial(
  tx: Transaction,
  trial: TrialSetting,
  { deputyId, trialPersonId }: Pick<Conversation, "deputyId" | "trialPersonId">,
  channel: string,
): Promise<boolean> {
  if (!trial.isOn || NO_CHATS.includes(channel)) return true;
  if (trialPersonId !== null && trial.staff.includes(trialPersonId)) return true;
  if (deputyId === null || trial.deputies.length === 0) return false;
  const listed = and(eq(deputies.id, deputyId), inArray(deputies.code, [...trial.deputies]));
  return (await tx.select({ id: deputies.id }).from(deputies).where(listed)).length > 0;
}

/** The eight digits with which somebody of the staff who is listed makes their own chat a resident's that tries the service; others in each trial. */
export function trialCode(vault: Vault, jurisdictionId: string, trial: TrialSetting, staffId: string): string {
  const signature = vault.sign(`${trial.at} ${staffId}`, `trial:${jurisdictionId}`);
  return String(Buffer.from(signature, "base64url").readUInt32BE(0) % 100_000_000).padStart(8, "0");
}
