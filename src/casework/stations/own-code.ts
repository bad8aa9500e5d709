import type { CaseRecord } from "../../../db/schema/cases.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";
import type { Turn } from "../turn/turn.ts";

/** So many signs of a signature are in a code: nobody guesses them, and a platform takes 64 in all. */
const SIGNED = 24;

type Coded = Pick<Turn, "runtime" | "jurisdictionId" | "now">;

/** The scene of the code by which whoever told a case at a desk gets it into a chat of their own: `k:` with its number, until when, and a signature of both. */
export function sceneOf(turn: Coded, { number }: Pick<CaseRecord, "number">): string {
  const until = Math.ceil(turn.now.getTime() / 1000) + LIFE_SECONDS;
  return `k:${number}.${until.toString(36)}.${signatureOf(turn, number, until)}`;
}

/** The number of the case of a scanned code, without `k:`; null where it is none of ours, or is over. Whether it has served tells the case: its person has a chat then. */
export function numberOfCode(turn: Coded, code: string): string | null {
  const [number = "", typed = "", signature = "", more] = code.split(".");
  const until = Number.parseInt(typed, 36);
  if (more !== undefined || !Number.isInteger(until) || until * 1000 <= turn.now.getTime()) return null;
  return signatureOf(turn, number, until) === signature ? number : null;
}

function signatureOf({ runtime, jurisdictionId }: Coded, number: string, until: number): string {
  return runtime.vault.sign(`${number} ${until}`, `own-case:${jurisdictionId}`).slice(0, SIGNED);
}
