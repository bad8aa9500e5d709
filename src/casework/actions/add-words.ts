import { type CaseRecord, caseEvents } from "../../../db/schema/cases.ts";
import type { Position } from "../../domain/messages/message.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { holderOf } from "../cases/describe.ts";
import { leaderOf } from "../cases/led.ts";
import { eventRow, record } from "../cases/record.ts";
import { addToThread, type CORRECTION } from "../cases/thread.ts";
import { showToDeputy } from "../outbox/photos.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { fileByMoreWords } from "../routing/categorise.ts";
import { type Said, summaryOf, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { reopen } from "./reopen.ts";
import { notePetitionIn, noteWriter } from "./writer/note-writer.ts";

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
  await keepWords(turn, subject, said);
  await fileByMoreWords(turn, subject);
  if (subject.state === "closed") {
    await reopen(turn, subject, said, options.position);
    notePetitionIn(turn, subject, said);
    return;
  }
  const leading = await leaderOf(turn, subject);
  if (leading !== null) noteWithLeader(turn, leading, subject, said);
  await tellHolder(turn, { subject, told: leading ?? subject }, said, options.quietly);
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

/** Tells the deputy who has a case what was said in it, with its photos; `told` is the case under whose number they have it. */
async function tellHolder(
  turn: Turn,
  { subject, told }: { readonly subject: CaseRecord; readonly told: CaseRecord },
  said: readonly Said[],
  quietly: boolean,
): Promise<void> {
  const { deputyId, number } = told;
  if (deputyId === null || told.sealed) return;
  const text = workingText(said, subject);
  if (!subject.minor && !subject.unnamed) {
    const what = said.some((one) => one.kind === "image") ? "photo" : "voice";
    if (text === "" && said.some((one) => one.kind === "image" || one.kind === "voice") && !quietly) {
      await tellDeputy(turn, deputyId, (wording) => ({
        kind: "deputy-news",
        subject: told,
        words: wording.residentShows({ number, what }),
      }));
    }
    await showToDeputy(turn, told, said);
  }
  if (text === "") return;
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-news",
    subject: told,
    words: wording.residentAdded({ number, text: quoteMasked(text) }),
  }));
}

/** Adds what a resident says to their own case without notice to anybody but them of what it says of its writer. */
export async function keepWords(
  turn: Turn,
  subject: CaseRecord,
  said: readonly Said[],
  kind?: typeof CORRECTION,
): Promise<void> {
  await noteWriter(turn, subject, said);
  for (const one of said)
    addToThread(turn, subject, { direction: "in", party: "resident", ...one, kind: kind ?? one.kind });
  record(
    turn,
    subject,
    "message_added",
    "resident",
    { kinds: said.map((one) => kind ?? one.kind) },
    { lastSpokenAt: turn.now, ...(subject.summary === "" ? { summary: summaryOf(said, subject) } : {}) },
  );
  notePetitionIn(turn, subject, said);
}
