const REASON_LENGTH = 300;

/** The reason that is stored of an error: its message without what it quotes, which may be somebody's words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.message.replace(/"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g, "…").slice(0, REASON_LENGTH);
}
