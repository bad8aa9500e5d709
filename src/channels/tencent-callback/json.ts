/**
 * Parses JSON, with every number as the text in which it was written.
 *
 * Message ids have 64 bits: as numbers they would lose their last digits beyond 2^53.
 * @throws SyntaxError, or RangeError for absurd nesting
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, asWritten);
}

function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? String(value)) : value;
}

/** Parses JSON that should be an object, as {@link parseJson} does; null when it is anything else. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
