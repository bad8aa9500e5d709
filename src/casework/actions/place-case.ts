import { isUnpaidGroup } from "../../domain/dialog/scope.ts";
import type { OpenQuestion } from "../../domain/dialog/understand-resident.ts";
import type { Position } from "../../domain/messages/message.ts";
import { locate, narrow, type PlaceClues, type PlaceFinding } from "../../domain/place/locate.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import { lastDecision, residentsWords, threadOf } from "../cases/describe.ts";
import { answersOnly } from "../delivery/direct-refusal.ts";
import { showAllToDeputy } from "../outbox/photos.ts";
import { clearQuestion, setQuestion } from "../outbox/questions.ts";
import { supersede, tell, tellDeputy } from "../outbox/tell.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findResponsible, NOWHERE, type Responsible, type Whereabouts } from "../routing/responsible.ts";
import { findBorder, whereaboutsOf, withHome } from "../routing/whereabouts.ts";
import { type CaseRecord, record, type Sitting, wordingFor } from "../turn/turn.ts";
import { assign, placeOf } from "./assign.ts";
import { makeUrgent } from "./raise-priority.ts";

/** A question waits this long for what may follow in the same breath; the receipt must be out within 5 s. */
const QUESTION_DELAY_MS = 3_000;
/** A scanned code presets the place of what is said within this time. */
const SCENE_MS = 30 * 60_000;

/** Nothing is known of the place. */
export const NO_PLACE: PlaceFinding = { kind: "ask", why: "nothing", choices: [] };

export type PlaceWords = {
  readonly texts: readonly string[];
  readonly position?: Position | null;
  /** Where the resident lives counts too when nothing else tells. */
  readonly mayBeHome?: boolean;
};

/** Where something lies, from the scanned code, a position, the words, and the resident's home grid. */
export async function findPlace(sitting: Sitting, words: PlaceWords): Promise<PlaceFinding> {
  const atlas = await sitting.lookups.atlas();
  return locate(atlas, {
    scene: presetPlace(sitting),
    position: words.position ?? null,
    texts: words.texts,
    homeGrid: sitting.conversation.homeGrid,
  });
}

/** The place that a code scanned just now presets. */
function presetPlace(sitting: Sitting): PlaceClues["scene"] {
  const { scene } = sitting.conversation.dialog;
  const holds = scene !== undefined && sitting.now.getTime() - Date.parse(scene.at) <= SCENE_MS;
  return holds ? { kind: scene.kind, code: scene.code } : null;
}

/** The place of a new matter; for a danger on a border both sides, where no code or position tells more exactly. */
export async function findPlaceOfNew(sitting: Sitting, words: PlaceWords): Promise<PlaceFinding> {
  const isExact = presetPlace(sitting) !== null || (words.position ?? null) !== null;
  const border = isExact ? null : await findBorder(sitting, words.texts.join("\n"), words.texts);
  return border ?? findPlace(sitting, words);
}

/** What the words alone say of a place, without code, position or home. */
export async function placeInWords(
  sitting: Sitting,
  text: string,
): Promise<{ namedGrid: string | null; namesPlace: boolean }> {
  const atlas = await sitting.lookups.atlas();
  const finding = locate(atlas, { scene: null, position: null, texts: [text], homeGrid: null });
  return {
    namedGrid: finding.kind === "grid" ? finding.grid : null,
    namesPlace: finding.kind === "grid" || (finding.kind === "ask" && finding.why !== "nothing"),
  };
}

/** Asks the one question; what it offers is remembered, so that a bare number answers it. */
export function askWhere(
  sitting: Sitting,
  subject: CaseRecord,
  finding: PlaceFinding,
  options: { readonly turn: 1 | 2; readonly shown?: "photo" | "voice" | "video" | null },
): void {
  const asked = finding.kind === "ask" ? finding : ({ why: "nothing", choices: [] } as const);
  supersede(sitting, ["question", "prompt"]);
  tell(sitting, {
    kind: "question",
    subject,
    words: wordingFor(sitting).askWhere({
      number: subject.number,
      turn: options.turn,
      why: asked.why,
      shown: options.shown ?? null,
      labels: asked.choices.map((choice) => choice.label),
    }),
    notBefore: questionTime(sitting),
  });
  setQuestion(sitting, {
    kind: "where",
    case: subject.number,
    turn: options.turn,
    why: asked.why,
    choices: [...asked.choices],
    at: sitting.now.toISOString(),
  });
}

/** Asks for the right place where the known one is wrong, and there is nothing to choose from. */
export function askAnotherPlace(sitting: Sitting, subject: CaseRecord): void {
  const { number } = subject;
  supersede(sitting, ["question"]);
  tell(sitting, { kind: "question", subject, words: wordingFor(sitting).askAnotherPlace({ number }) });
  setQuestion(sitting, {
    kind: "where",
    case: number,
    turn: 1,
    why: "nothing",
    choices: [],
    at: sitting.now.toISOString(),
  });
}

/** An answer to "where?": one of its choices by index, or words, or a position. */
export async function answerWhere(
  sitting: Sitting,
  subject: CaseRecord,
  question: Extract<OpenQuestion, { kind: "where" }>,
  answer: { readonly choice: number } | PlaceWords,
): Promise<"placed" | "asked" | "left-to-office"> {
  const finding = await answerToPlace(sitting, subject, question, answer);
  const where = await whereaboutsOf(sitting, finding);
  if (where !== null) {
    const by: RoutingFacts["placeBy"] = "choice" in answer ? "answer" : where.by;
    await placeCase(sitting, subject, { ...where, by });
    return "placed";
  }
  if (question.turn === 1) {
    askWhere(sitting, subject, tellsNothing(finding) ? { ...question, kind: "ask" } : finding, { turn: 2 });
    return "asked";
  }
  await placeCase(sitting, subject, NOWHERE);
  return "left-to-office";
}

/** Gives a case its place, and with it the one who is responsible; a home grid for those who have none. */
export async function placeCase(sitting: Sitting, subject: CaseRecord, found: Whereabouts): Promise<void> {
  const thread = await threadOf(sitting, subject);
  const words = residentsWords(thread);
  const where = withHome(sitting, found, words);
  if (!subject.priority && !subject.sealed && (where.border !== undefined || isUnpaidGroup(words))) {
    makeUrgent(sitting, subject);
  }
  const responsible = await findResponsible(sitting, where, {
    sealed: subject.sealed,
    filed: subject,
    barred: subject.sealed ? ((await lastDecision(sitting, subject))?.passedOver ?? []) : [],
    matter: matterOf(sitting, subject),
  });
  const { number, deputyId: before } = subject;
  clearQuestion(sitting, number);
  notePlace(sitting, subject, where, responsible);
  const told = await assign(sitting, subject, responsible, { text: words });
  if (responsible.deputyId !== before) {
    await showAllToDeputy(sitting, subject);
    if (before !== null && !told.has(before)) {
      await tellDeputy(sitting, before, (wording) => ({
        kind: "courtesy",
        subject,
        words: wording.caseMovedAway({ number, holder: responsible.holder }),
      }));
    }
  }
  tell(sitting, {
    kind: "receipt",
    subject,
    words: wordingFor(sitting).receipt({
      number: subject.number,
      holder: responsible.holder,
      dueOn: subject.dueOn,
      priority: subject.priority,
    }),
  });
}

/** Writes down where a case lies; the home grid of a resident who has none, unless it is where they only worked. */
export function notePlace(
  sitting: Sitting,
  subject: CaseRecord,
  where: Whereabouts,
  responsible: Pick<Responsible, "decision" | "gridId" | "stationId">,
): void {
  const place = placeOf(responsible);
  record(sitting, subject, "placed", "resident", { ...place.codes, by: where.by }, place.changes);
  if (where.grid !== null && where.home === undefined && where.border === undefined)
    sitting.conversation.homeGrid ??= where.grid;
}

async function answerToPlace(
  sitting: Sitting,
  subject: CaseRecord,
  question: Extract<OpenQuestion, { kind: "where" }>,
  answer: { readonly choice: number } | PlaceWords,
): Promise<PlaceFinding> {
  const atlas = await sitting.lookups.atlas();
  if ("choice" in answer) {
    const chosen = question.choices[answer.choice];
    if (chosen === undefined) return NO_PLACE;
    return "grid" in chosen
      ? { kind: "grid", grid: chosen.grid, by: "name", evidence: chosen.label }
      : narrow(atlas, chosen, [subject.summary]);
  }
  const alone = await findPlaceWithoutScene(sitting, answer);
  if (tellsNothing(alone)) return alone;
  const together = await findPlaceWithoutScene(sitting, { ...answer, texts: [subject.summary, ...answer.texts] });
  if (together.kind === "grid" || alone.kind !== "ask") return together.kind === "grid" ? together : alone;
  const words = [residentsWords(await threadOf(sitting, subject)), ...answer.texts].join("\n");
  return (await findBorder(sitting, words, answer.texts)) ?? alone;
}

function tellsNothing(finding: PlaceFinding): boolean {
  return finding.kind === "ask" && finding.why === "nothing";
}

async function findPlaceWithoutScene(sitting: Sitting, words: PlaceWords): Promise<PlaceFinding> {
  const atlas = await sitting.lookups.atlas();
  const homeGrid = words.mayBeHome === true ? sitting.conversation.homeGrid : null;
  return locate(atlas, { scene: null, position: words.position ?? null, texts: words.texts, homeGrid });
}

/** An account that answers only can do so only in the same breath. */
function questionTime(sitting: Sitting): Date {
  const delayMs = answersOnly(sitting.account) ? 0 : QUESTION_DELAY_MS;
  return new Date(sitting.now.getTime() + delayMs);
}
