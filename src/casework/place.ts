import { and, eq, isNotNull } from "drizzle-orm";
import { assignments, deputies } from "../../db/schema/people.ts";
import { grids } from "../../db/schema/places.ts";
import type { OpenQuestion } from "../domain/dialog.ts";
import type { Position } from "../domain/message.ts";
import { locate, narrow, type PlaceFinding } from "../domain/place.ts";
import type { RoutingFacts } from "../domain/routing.ts";
import { assign, placeOf } from "./assign.ts";
import { lastDecision, residentsWords, threadOf } from "./describe.ts";
import { clearQuestion, setQuestion } from "./question.ts";
import { findResponsible, NOWHERE, type Responsible, type Whereabouts } from "./responsible.ts";
import { matterOf } from "./rules/ask.ts";
import { showAllToDeputy } from "./showing.ts";
import { type CaseRecord, record, type Sitting, wordingFor } from "./sitting.ts";
import { supersede, tell, tellDeputy } from "./tell.ts";

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
  const { scene } = sitting.conversation.dialog;
  const sceneHolds = scene !== undefined && sitting.now.getTime() - Date.parse(scene.at) <= SCENE_MS;
  return locate(atlas, {
    scene: sceneHolds ? { kind: scene.kind, code: scene.code } : null,
    position: words.position ?? null,
    texts: words.texts,
    homeGrid: sitting.conversation.homeGrid,
  });
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

/** What was found as whereabouts; null when the resident must be asked. */
export async function whereaboutsOf(sitting: Sitting, finding: PlaceFinding): Promise<Whereabouts | null> {
  switch (finding.kind) {
    case "grid":
      return { ...NOWHERE, grid: finding.grid, by: finding.by, evidence: finding.evidence };
    case "station":
      return { ...NOWHERE, station: finding.station, by: "scene", evidence: finding.evidence };
    case "deputy":
      return {
        ...NOWHERE,
        grid: (await onlyGridOf(sitting, finding.deputy)) ?? sitting.conversation.homeGrid,
        scannedDeputy: finding.deputy,
        by: "scene",
        evidence: finding.evidence,
      };
    case "outside":
      return { ...NOWHERE, by: "position", evidence: finding.evidence };
    case "ask":
      return null;
  }
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
export async function placeCase(sitting: Sitting, subject: CaseRecord, where: Whereabouts): Promise<void> {
  const responsible = await findResponsible(sitting, where, {
    sealed: subject.sealed,
    filed: subject,
    barred: subject.sealed ? ((await lastDecision(sitting, subject))?.passedOver ?? []) : [],
    matter: matterOf(sitting, subject),
  });
  const { number, deputyId: before } = subject;
  clearQuestion(sitting, number);
  notePlace(sitting, subject, where, responsible);
  const thread = await threadOf(sitting, subject);
  await assign(sitting, subject, responsible, { text: residentsWords(thread) });
  if (responsible.deputyId !== before) {
    await showAllToDeputy(sitting, subject);
    if (before !== null) {
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

/** Writes down where a case lies; the home grid of a resident who has none. */
export function notePlace(
  sitting: Sitting,
  subject: CaseRecord,
  where: Whereabouts,
  responsible: Pick<Responsible, "decision" | "gridId" | "stationId">,
): void {
  const place = placeOf(responsible);
  record(sitting, subject, "placed", "resident", { ...place.codes, by: where.by }, place.changes);
  if (where.grid !== null) sitting.conversation.homeGrid ??= where.grid;
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
  return together.kind === "grid" ? together : alone;
}

function tellsNothing(finding: PlaceFinding): boolean {
  return finding.kind === "ask" && finding.why === "nothing";
}

async function findPlaceWithoutScene(sitting: Sitting, words: PlaceWords): Promise<PlaceFinding> {
  const atlas = await sitting.lookups.atlas();
  const homeGrid = words.mayBeHome === true ? sitting.conversation.homeGrid : null;
  return locate(atlas, { scene: null, position: words.position ?? null, texts: words.texts, homeGrid });
}

/** A passive account can only answer in the same breath. */
function questionTime(sitting: Sitting): Date {
  const delayMs = sitting.account.settings.replies === "passive" ? 0 : QUESTION_DELAY_MS;
  return new Date(sitting.now.getTime() + delayMs);
}

/** The grid of a deputy who answers first for just one. */
export async function onlyGridOf(sitting: Sitting, deputy: string): Promise<string | null> {
  const rows = await sitting.tx
    .selectDistinct({ code: grids.code })
    .from(assignments)
    .innerJoin(deputies, eq(deputies.id, assignments.deputyId))
    .innerJoin(grids, eq(grids.id, assignments.gridId))
    .where(and(eq(deputies.code, deputy), isNotNull(assignments.gridId), eq(assignments.role, "primary")))
    .limit(2);
  return rows.length === 1 ? (rows[0]?.code ?? null) : null;
}
