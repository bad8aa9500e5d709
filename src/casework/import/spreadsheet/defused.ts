const UNSEEN = /(?![\t\r\n])[\p{Cc}\p{Cf}]/gu;

/** A text that no spreadsheet takes for a formula and that has no invisible signs, whatever somebody named a rule. */
export function defused(text: string): string {
  const shown = text.replace(UNSEEN, "");
  return /^[\t\r]|^\s*[=+\-@＝＋－＠]/.test(shown) ? `'${shown}` : shown;
}
