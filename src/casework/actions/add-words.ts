import { type CaseRecord, caseEvents } from "../../../db/schema/cases.ts";
import type { Position } from "../../domain/messages/message.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { holderOf } from "../cases/describe.ts";
import { leaderOf } from "../cases/led.ts";
import { eventRow, record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { showToDeputy } from "../outbox/photos.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { fileByMoreWords } from "../routing/categorise.ts";
import { type Said, summaryOf, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { reopen } from "./reopen.ts";

/**
 * Adds what a resident says to their own case: the deputy reads it, and a closed case is opened again at the same
 * deputy.
 *
 * @param quietly part of the same burst: no second receipt
 */
export async function joinCase(
  turn: Turn,
  subject: CaseRecord,
  said: readonly Said[],
  options: { readonly quietly: boolean; readonly position?: Position },
): Promise<void> {
  keepWords(turn, subject, said);
  await fileByMoreWords(turn, subject);
  if (subject.state === "closed") {
    await reopen(turn, subject, said, options.position);
    return;
  }
  const leading = await leaderOf(turn, subject);
  if (leading !== null) noteWithLeader(turn, leading, subject, said);
  await tellHolder(turn, leading ?? subject, said, options.quietly);
  if (!options.quietly) {
    tell(turn, {
      kind: "courtesy",
      subject,
      words: wordingFor(turn).followUpNoted({ number: subject.number, holder: await holderOf(turn, subject) }),
    });
  }
}

/** The leading case has its own event of what the resident of another said; the words stay with that one, and are erased with it. */
function noteWithLeader(turn: Turn, leading: CaseRecord, { number }: CaseRecord, said: readonly Said[]): void {
  const details = { kinds: said.map((one) => one.kind), from: number };
  turn.writes.insert(caseEvents, eventRow(turn, leading.id, "message_added", "resident", details));
}

/** Tells the deputy of a case what was said, with its photos. */
async function tellHolder(turn: Turn, subject: CaseRecord, said: readonly Said[], quietly: boolean): Promise<void> {
  const text = workingText(said);
  const isPhotoAlone = text === "" && said.some((one) => one.kind === "image");
  if (subject.deputyId !== null && !subject.sealed && isPhotoAlone && !quietly) {
    await tellDeputy(turn, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentShows({ number: subject.number }),
    }));
  }
  await showToDeputy(turn, subject, said);
  if (subject.deputyId !== null && !subject.sealed && text !== "") {
    await tellDeputy(turn, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentAdded({ number: subject.number, text: quoteMasked(text) }),
    }));
  }
}

/** Adds what a resident says to their own case without notice to anybody. */
export function keepWords(turn: Turn, subject: CaseRecord, said: readonly Said[]): void {
  for (const one of said) addToThread(turn, subject, { direction: "in", party: "resident", ...one });
  record(
    turn,
    subject,
    "message_added",
    "resident",
    { kinds: said.map((one) => one.kind) },
    { lastSpokenAt: turn.now, ...(subject.summary === "" ? { summary: summaryOf(said) } : {}) },
  );
}
