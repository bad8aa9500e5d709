/** The meaning of words in the chat of somebody who is on duty: they see to an urgent case; null for the number where none is named. */
export type DutyMeaning = { readonly kind: "take"; readonly number: string | null };

const CODE = /^\s*(?:值班|duty)\s*[:：]?\s*(\d{8})\s*[.。]?\s*$/iu;
const TAKE = /^\s*(?:接收|接了|take)\s*(?:no\.?\s*)?(\d{1,6}|20\d{2}-\d{6})?\s*号?\s*[.。!！]?\s*$/iu;

/** The eight digits by which somebody of the staff makes a chat theirs: `值班 12345678`; null for anything else. */
export function dutyCodeIn(text: string): string | null {
  return CODE.exec(text.normalize("NFKC"))?.[1] ?? null;
}

/** Reads words as those of somebody on duty: `接收 12`, `接收`; null for anything else, which is a resident's. */
export function understandDuty(text: string): DutyMeaning | null {
  const found = TAKE.exec(text.normalize("NFKC"));
  return found === null ? null : { kind: "take", number: found[1] ?? null };
}
