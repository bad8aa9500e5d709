import { pino } from "pino";
import { findCorrections, findUnread, type UnreadMessage } from "../../casework/backlog/unread.ts";
import { openUnread } from "../../casework/resident/open-unread.ts";
import type { Config } from "../../config.ts";
import { excerpt } from "../../domain/text/excerpt.ts";
import { quote } from "../../domain/text/quote.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { openRuntime } from "../../process/runtime.ts";

const SHOWN_LENGTH = 60;

/** Runs `liaison understand unread`: what was answered without a case, newest first, and how much of each kind. */
export async function runUnread(
  { out }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  { timeZone }: Pick<Config, "timeZone">,
  jurisdictionId: string,
  options: { readonly json: boolean; readonly days: number },
): Promise<ExitStatus> {
  const unread = await findUnread(installation, jurisdictionId, { days: options.days, timeZone });
  if (options.json) {
    out(JSON.stringify(unread, null, 2));
    return 0;
  }
  for (const message of unread.messages) out(line(message));
  for (const [kind, count] of Object.entries(unread.counts)) out(`${kind}: ${count}`);
  return 0;
}

function line({ id, at, kind, text, inSample, openedBy, case: number }: UnreadMessage): string {
  return [
    inSample ? "*" : " ",
    id,
    at,
    kind,
    quote(excerpt(text, SHOWN_LENGTH)),
    ...(number === null ? [] : [`case ${number} by ${openedBy}`]),
  ].join("  ");
}

/** Runs `liaison understand open ID`: makes a case of a message that became none, and prints its number. */
export async function runOpenUnread(
  { out, err }: Output,
  installation: Installation,
  config: Config,
  jurisdictionId: string,
  wanted: { readonly id: string; readonly by: string },
): Promise<ExitStatus> {
  const { runtime, close } = await openRuntime(installation, config, pino({ level: "silent" }));
  try {
    const opened = await openUnread(runtime, jurisdictionId, wanted);
    if (!opened.ok) {
      err(opened.reason);
      return 1;
    }
    if (!opened.isNew) err(`Somebody has made a case of message ${wanted.id} before.`);
    out(opened.number);
    return 0;
  } finally {
    await close();
  }
}

/** Runs `liaison understand corrections`: how often what was decided, or likeliest, was something else. */
export async function runCorrections(
  { out }: Output,
  installation: Pick<Installation, "database">,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const counts = await findCorrections(installation, jurisdictionId);
  if (options.json) out(JSON.stringify(counts, null, 2));
  else {
    for (const { decided, was, count, people } of counts) {
      out(`${decided} → ${was}  ${count}  of ${people} ${people === 1 ? "person" : "people"}`);
    }
  }
  return 0;
}
