import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.ts";

const PERSONAL = [
  ...["peer", "openid", "sender", "to", "phone", "text", "words", "content", "payload", "inbound", "outbound"],
  ...["chat", "room", "handle", "ticket"],
  ...["token", "secret", "secrets", "password", "authorization", "headers", "query", "body"],
];

/** Addresses of requests hold tokens on some platforms; our own, which stands by itself, does not. */
const SECRET_INSIDE = ["*.url"];

/**
 * Creates the service's log: JSON lines without personal data.
 *
 * Nobody logs a person. Should somebody try, what bears one of these names is not written. Of an error only its kind, message and place are kept: what libraries attach to it (parameters, failing rows) are
 * people's words.
 */
export function createLog(level: Config["logLevel"], destination?: DestinationStream): Logger {
  const paths = [...PERSONAL.flatMap((name) => [name, `*.${name}`]), ...SECRET_INSIDE];
  const redact = { paths, censor: "[personal]" };
  return pino({ level, base: null, serializers: { err: describeError }, redact }, destination ?? pino.destination(1));
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown };
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  return { type: error.name, message: error.message, code, constraint, stack: error.stack, cause };
}
