const WORDS = /^(?:试用码?|trial)\s*[:：]?\s*(\d{8})$/i;

/** The code with which somebody of the staff makes their own chat one that tries the service; null in other words. */
export function trialCodeIn(said: string): string | null {
  return WORDS.exec(said.normalize("NFKC").trim())?.[1] ?? null;
}
