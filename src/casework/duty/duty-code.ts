import type { Vault } from "../../../db/vault.ts";

/** A code is good for the hour in which it was made and the next. */
const HOUR_MS = 3_600_000;

/** The eight digits with which somebody of the staff makes their chat one in which they are told of urgent cases, and until when they are good. */
export function dutyCode(
  vault: Vault,
  { jurisdictionId, userId, now }: { readonly jurisdictionId: string; readonly userId: string; readonly now: Date },
): { readonly code: string; readonly until: Date } {
  const hour = hourOf(now);
  return { code: codeOf(vault, jurisdictionId, userId, hour), until: new Date((hour + 2) * HOUR_MS) };
}

/** Whether a code is one of somebody of the staff that is good now. */
export function isDutyCodeOf(
  vault: Vault,
  code: string,
  { jurisdictionId, userId, now }: { readonly jurisdictionId: string; readonly userId: string; readonly now: Date },
): boolean {
  const hour = hourOf(now);
  return [hour, hour - 1].some((one) => codeOf(vault, jurisdictionId, userId, one) === code);
}

function hourOf(now: Date): number {
  return Math.floor(now.getTime() / HOUR_MS);
}

function codeOf(vault: Vault, jurisdictionId: string, userId: string, hour: number): string {
  const signature = vault.sign(`${hour} ${userId}`, `duty:${jurisdictionId}`);
  return String(Buffer.from(signature, "base64url").readUInt32BE(0) % 100_000_000).padStart(8, "0");
}
