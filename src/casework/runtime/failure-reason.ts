const REASON_LENGTH = 300;

/** What an error says, without what it quotes: that may be somebody's words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.message.replace(/"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g, "…").slice(0, REASON_LENGTH);
}
