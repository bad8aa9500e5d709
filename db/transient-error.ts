import postgres from "postgres";
import { isLinkError } from "./watched-sockets.ts";

/** Lost connections, rollbacks by the server, too few resources, a server that stops or starts, trouble of its system. */
const PASSING = /^(?:08|40|53|57P|58|55P03)/;
/** What postgres.js says of a link, and the system of a socket or a full disk. */
const PASSING_CODES = /^(?:CONNECTION_|CONNECT_|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOSPC)/;
const CONFLICT = /^(?:40|55P03)/;
/** A statement that took longer than it may. */
const CANCELLED = "57014";

/**
 * Whether an error is transient: it comes from the database's state, and the same statement may succeed in a moment.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return PASSING.test(error.code);
  return isLinkError(error) || PASSING_CODES.test(codeOf(error));
}

/**
 * Whether an error is a conflict of two transactions, which the database resolved by ending this one: alone, it may
 * well succeed.
 */
export function isConflict(error: unknown): boolean {
  return error instanceof postgres.PostgresError && CONFLICT.test(error.code);
}

/** Whether a statement was ended because it took too long, by its own fault or because the database was busy. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === CANCELLED;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
