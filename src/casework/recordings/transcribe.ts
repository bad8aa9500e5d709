import { and, eq } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import type { Understood } from "../../domain/dialog/understand-resident.ts";
import { quote, quoteMasked } from "../../domain/text/quote.ts";
import { WITHHELD } from "../../domain/writer/without-writer.ts";
import { askWhere } from "../actions/ask-where.ts";
import { placeCase } from "../actions/place-case.ts";
import { makeUrgent } from "../actions/raise-priority.ts";
import { notePetitionIn, noteWriter } from "../actions/writer/note-writer.ts";
import { isUnheard } from "../beside/unheard.ts";
import { record } from "../cases/record.ts";
import { addToThread, BY_EAR, residentsWords, threadOf } from "../cases/thread.ts";
import { placeByHand } from "../office/place-by-hand.ts";
import { sealCase } from "../office/seal-case.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell, tellDeputy } from "../outbox/tell.ts";
import { accusingOf } from "../resident/accusation.ts";
import { tellOfDanger } from "../resident/emergency.ts";
import { openBeside, severalIn } from "../resident/matters/several.ts";
import { understand } from "../resident/understand.ts";
import { isActedOn } from "../resident/voice/heard.ts";
import { filedUnder } from "../routing/categorise.ts";
import { findPlaceOfNew } from "../routing/find-place.ts";
import { NOWHERE, whereaboutsOf } from "../routing/whereabouts.ts";
import { type Said, summaryOf, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { dropMachineWords } from "./machine-words.ts";

/** What somebody of the office has heard: the words, and the grid that is meant where they know it; null words could not be made out. */
type Heard = { readonly text: string | null; readonly grid: string | null };

/**
 * What became of a case whose recordings were listened to: somebody has it in its place, its resident is asked where it is, it stays with
 * the office, is sealed, went to the deputy who had it already, or its resident is asked to say it once more.
 */
type Became = "placed" | "asked" | "office" | "sealed" | "added" | "said-again";

type Brought = { readonly ok: true; readonly became: Became } | { readonly ok: false; readonly why: "unknown-grid" };

type Transcribed =
  /** `apart` are the numbers of the cases of other matters that were heard with it. */
  | { readonly ok: true; readonly became: Became; readonly apart: readonly string[] }
  | { readonly ok: false; readonly why: "nothing-to-hear" | "unknown-grid" };

/**
 * Writes down what somebody of the office has heard in the recordings of a case (听写). The words become those of the case and are
 * understood as a message is, danger and accusation first. They close, rate, withdraw and delete nothing: what asks for that stays with
 * the office.
 */
export async function transcribe(turn: Turn, subject: CaseRecord, heard: Heard): Promise<Transcribed> {
  if (!(await waitsToBeHeard(turn, subject))) return { ok: false, why: "nothing-to-hear" };
  const other = await dropMachineWords(turn, subject);
  if (heard.text === null) return { ok: true, became: askToSayAgain(turn, subject, other), apart: [] };
  const whole: Said = { seq: NO_MESSAGE, at: turn.now, kind: BY_EAR, text: heard.text, mediaId: null };
  const understood = await understandHeard(turn, whole);
  const { meaning, isForOfficeFirst, parts } = understood;
  const [first = whole, ...others] = parts;
  const isUrgent = meaning.kind === "emergency";
  if (isUrgent) tellOfDanger(turn, meaning.topics);
  else if (understood.hintsAtDanger)
    tell(turn, { kind: "emergency", subject: null, words: wordingFor(turn).dangerLine(), isAnswer: true });
  const accuses = meaning.kind === "accusation" || (isUrgent && meaning.accuses);
  const isAccusation = (await accusingOf(turn, whole.text, accuses || isForOfficeFirst)).kind !== "none" || accuses;
  const said = isAccusation ? whole : first;
  await keepHeard(turn, subject, said);
  if (isAccusation) {
    // Whoever is on duty must not read it either.
    await sealCase(turn, subject);
    if (isUrgent && !subject.priority) await makeUrgent(turn, subject);
    return { ok: true, became: "sealed", apart: [] };
  }
  if (isUrgent && !subject.priority) await makeUrgent(turn, subject);
  notePetitionIn(turn, subject, [said]);
  await fileByEar(turn, subject);
  const { number } = subject;
  tell(turn, {
    ...{ kind: "receipt", subject, isAnswer: true, mustKnow: true },
    words: wordingFor(turn).listened({ number, words: quote(whole.text) }),
    // Others read the thread: what tells who spoke does not stand there.
    threadText: wordingFor(turn).listened({ number, words: quote(workingText([said], subject)) }),
  });
  const staysWithOffice = !isUrgent && (isForOfficeFirst || !isActedOn(meaning));
  const brought = await bring(turn, subject, said, { grid: heard.grid, staysWithOffice });
  if (!brought.ok) return brought;
  const opened =
    others.length === 0 ? [] : await openBeside(turn, { subject, isAsked: brought.became === "asked" }, whole, others);
  for (const one of opened) await sayByEar(turn, one);
  return { ...brought, apart: opened.map((one) => one.number) };
}

/** What was heard is understood as a message is, and cut into its matters where nothing in it holds for all of it. */
async function understandHeard(turn: Turn, said: Said): Promise<Understood & { readonly parts: readonly Said[] }> {
  const understood = await understand(turn, said);
  const { meaning, isForOfficeFirst } = understood;
  if (isForOfficeFirst || meaning.kind !== "matter") return { ...understood, parts: [said] };
  const found = await severalIn(turn, said);
  if (found.kind === "whole") return { ...understood, ...found, parts: [said] };
  if (found.kind === "one") return { ...understood, parts: [said] };
  return { ...understood, hintsAtDanger: understood.hintsAtDanger || found.hintsAtDanger, parts: found.parts };
}

/** No message has this number: another model votes on messages only. */
const NO_MESSAGE = -1;

async function waitsToBeHeard({ tx, now }: Turn, { id }: CaseRecord): Promise<boolean> {
  const found = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, id), isUnheard(now)));
  return found.length > 0;
}

/** Asks whoever spoke to say it once more, or to write it; what they say next belongs to this case. */
function askToSayAgain(turn: Turn, subject: CaseRecord, other: string): Became {
  const summary = other === "" ? "" : summaryOf([{ ...NOBODYS, at: turn.now, text: other }], subject);
  record(turn, subject, "transcribed", "office", { understood: false }, { summary });
  const { number } = subject;
  supersede(turn, ["question", "prompt"]);
  const words = wordingFor(turn).inaudible({ number });
  tell(turn, { kind: "question", subject, words, isAnswer: true, mustKnow: true });
  const at = turn.now.toISOString();
  setQuestion(turn, { kind: "where", case: number, turn: 1, why: "nothing", choices: [], at });
  return "said-again";
}

const NOBODYS = { seq: NO_MESSAGE, kind: "text", mediaId: null } as const;

async function keepHeard(turn: Turn, subject: CaseRecord, said: Said): Promise<void> {
  await noteWriter(turn, subject, [said]);
  addToThread(turn, subject, { direction: "in", party: "resident", kind: BY_EAR, text: said.text });
  const summary = summaryOf([said], subject) || (subject.unnamed ? WITHHELD : "");
  record(turn, subject, "transcribed", "office", { understood: true }, { summary, lastSpokenAt: turn.now });
}

/** Files a case by the words that were heard: what it was under came from words that nobody said, unless a person said it. */
async function fileByEar(turn: Turn, subject: CaseRecord): Promise<void> {
  if (subject.category !== null && subject.categoryConfidence === null) return;
  const filed = await filedUnder(turn, residentsWords(await threadOf(turn, subject)), { sealed: subject.sealed });
  const { category } = filed;
  if (category !== subject.category) record(turn, subject, "categorised", "service", { category }, filed);
}

/** Brings a case whose words are known now to whoever is responsible, or asks where it is. */
async function bring(
  turn: Turn,
  subject: CaseRecord,
  said: Said,
  { grid, staysWithOffice }: { readonly grid: string | null; readonly staysWithOffice: boolean },
): Promise<Brought> {
  if ([subject.deputyId, subject.gridId, subject.unitId].some((id) => id !== null)) {
    await tellWhoHasIt(turn, subject, said);
    return { ok: true, became: "added" };
  }
  if (staysWithOffice) {
    if (subject.state === "clarifying") await placeCase(turn, subject, NOWHERE);
    return { ok: true, became: "office" };
  }
  if (grid !== null) {
    if (!(await placeByHand(turn, subject, grid)).ok) return { ok: false, why: "unknown-grid" };
    await sayByEar(turn, subject);
    return { ok: true, became: "placed" };
  }
  const words = residentsWords(await threadOf(turn, subject));
  const mayBeLast = !subject.priority || turn.conversation.homeGrid === null;
  const finding = await findPlaceOfNew(turn, { texts: [words], mayBeLast });
  const where = await whereaboutsOf(turn, finding);
  if (where === null) {
    askWhere(turn, subject, finding, { turn: 1 });
    return { ok: true, became: "asked" };
  }
  await placeCase(turn, subject, where);
  await sayByEar(turn, subject);
  return { ok: true, became: subject.deputyId === null ? "office" : "placed" };
}

async function tellWhoHasIt(turn: Turn, subject: CaseRecord, said: Said): Promise<void> {
  const { deputyId, number } = subject;
  const text = workingText([said], subject);
  if (deputyId === null || text === "") return;
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-news",
    subject,
    words: wording.residentAdded({ number, text: quoteMasked(text) }),
  }));
  await sayByEar(turn, subject);
}

/** Tells the deputy of a case that its words were written down by ear. */
async function sayByEar(turn: Turn, subject: CaseRecord): Promise<void> {
  const { deputyId, number } = subject;
  if (deputyId === null) return;
  await tellDeputy(turn, deputyId, (wording) => ({
    ...{ kind: "deputy-news", subject, mustKnow: true },
    words: wording.writtenByEar({ number }),
  }));
}
