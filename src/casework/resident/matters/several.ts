import type { CaseRecord } from "../../../../db/schema/cases.ts";
import type { ResidentMeaning, Understood } from "../../../domain/dialog/understand-resident.ts";
import { mattersIn } from "../../../domain/matters/matters.ts";
import type { PlaceFinding } from "../../../domain/place/finding.ts";
import { lastDecision } from "../../cases/decisions.ts";
import { ownCases } from "../../cases/load.ts";
import { isInBurst } from "../../cases/own-cases.ts";
import { record } from "../../cases/record.ts";
import { tell } from "../../outbox/tell.ts";
import { findPlaceWithoutScene, placeInWords } from "../../routing/find-place.ts";
import { openMatterReader } from "../../runtime/open-matters.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { accusingOf } from "../accusation.ts";
import { isRepeat } from "../follow-up.ts";
import { openNew } from "../open-new.ts";
import { understand } from "../understand.ts";

/**
 * What one message has in it: one matter, several that may stand apart, or in one of them what holds for the whole, which nothing is
 * cut from then.
 */
type InMessage =
  /** `isDoubtful`: there may be several all the same. */
  | { readonly kind: "one"; readonly isDoubtful: boolean }
  | { readonly kind: "several"; readonly parts: readonly Said[]; readonly hintsAtDanger: boolean }
  | { readonly kind: "whole"; readonly meaning: ResidentMeaning; readonly isForOfficeFirst: boolean };

/** No message has this number: another model votes on whole messages only. */
const NO_MESSAGE = -1;

/**
 * Tells the matters of a message apart. Each part is judged by itself as the whole was: a danger or an accusation in one of them holds
 * for all of it, so that a cut never weakens one, and nobody learns from one part what another one hides.
 */
export async function severalIn(turn: Turn, said: Said): Promise<InMessage> {
  if (said.kind !== "text" && said.kind !== "by-ear") return { kind: "one", isDoubtful: false };
  const { parts, isDoubtful } = mattersIn(said.text, openMatterReader());
  if (parts.length < 2) return { kind: "one", isDoubtful };
  let hintsAtDanger = false;
  for (const text of parts) {
    const part = await understand(turn, { seq: NO_MESSAGE, text });
    const holds = higherTier(part) ?? ((await accusingOf(turn, text)).kind === "none" ? null : SEALED);
    if (holds !== null) return { kind: "whole", ...holds };
    if (part.meaning.kind !== "matter") return { kind: "one", isDoubtful };
    hintsAtDanger ||= part.hintsAtDanger;
  }
  return { kind: "several", parts: parts.map((text) => ({ ...said, text })), hintsAtDanger };
}

const SEALED = { meaning: { kind: "accusation" }, isForOfficeFirst: false } as const;

function higherTier({
  meaning,
  isForOfficeFirst,
}: Understood): Pick<Understood, "meaning" | "isForOfficeFirst"> | null {
  return isForOfficeFirst || meaning.kind === "accusation" || meaning.kind === "emergency"
    ? { meaning, isForOfficeFirst }
    : null;
}

/** Opens a case for each matter of a message, with a receipt of its own; the first leads the others in their events. */
export async function openSeveral(turn: Turn, said: Said, parts: readonly Said[]): Promise<Outcome> {
  const repeated = await repeatedCase(turn, parts);
  if (repeated !== null) return { kind: "case", caseId: repeated.id };
  const opened = await openParts(turn, said, parts, { opened: [], isAsked: false });
  const [first] = opened;
  if (first === undefined) throw new Error("a message has no matter");
  linkParts(turn, opened, { message: said.seq });
  return { kind: "case", caseId: first.id };
}

/**
 * Opens a case for each matter that was told in one breath with that of a case which is there already, each with a receipt of its own.
 *
 * @param said the whole, of which the parts are
 * @param isAsked whether its resident was asked for the place, which is that of all of them
 */
export async function openBeside(
  turn: Turn,
  { subject, isAsked }: { readonly subject: CaseRecord; readonly isAsked: boolean },
  said: Said,
  parts: readonly Said[],
): Promise<readonly CaseRecord[]> {
  const opened = await openParts(turn, said, parts, { opened: [subject], isAsked });
  linkParts(turn, opened, {});
  return opened.slice(1);
}

async function openParts(
  turn: Turn,
  said: Said,
  parts: readonly Said[],
  before: { readonly opened: readonly CaseRecord[]; readonly isAsked: boolean },
): Promise<readonly CaseRecord[]> {
  const ofWhole = await findPlaceWithoutScene(turn, { texts: [said.text] });
  const opened = [...before.opened];
  for (const part of parts) {
    const isPlaced = (await placeInWords(turn, part.text)).namesPlace;
    const carried = isPlaced ? null : ((await placeOfCase(turn, opened.at(-1))) ?? placeNamed(ofWhole));
    const isAsked = before.isAsked || opened.some(({ state }) => state === "clarifying");
    const taken = { ...(carried && { finding: carried }), isAskedWithAnother: isAsked, whole: said.text };
    opened.push(await openNew(turn, part, false, taken));
  }
  return opened;
}

/** Links the cases of what was told in one breath: the first leads the others in their events, and their resident is told. */
function linkParts(turn: Turn, opened: readonly CaseRecord[], told: { readonly message?: number }): void {
  const [first, ...others] = opened;
  if (first === undefined) return;
  for (const other of others) {
    record(turn, other, "split", "service", { from: first.number, ...told });
    record(turn, first, "split", "service", { into: other.number });
  }
  const numbers = opened.map(({ number }) => number);
  tell(turn, { kind: "courtesy", subject: first, words: wordingFor(turn).mattersApart({ numbers }) });
}

/** The case of the last minute whose words all of these repeat; null where one of them is new. */
async function repeatedCase(turn: Turn, parts: readonly Said[]): Promise<CaseRecord | null> {
  const justNow = (await ownCases(turn)).filter((one) => one.closedAt === null && isInBurst(turn, one));
  if (justNow.length < parts.length) return null;
  let repeated: CaseRecord | null = null;
  for (const part of parts) {
    let found: CaseRecord | null = null;
    for (const one of justNow) if (found === null && (await isRepeat(turn, one, part))) found = one;
    if (found === null) return null;
    repeated ??= found;
  }
  return repeated;
}

/** The place of a case, for another one that names none: it was said in the same breath. */
export async function placeOfCase(turn: Turn, subject: CaseRecord | undefined): Promise<PlaceFinding | null> {
  const facts = subject === undefined || subject.sealed ? undefined : (await lastDecision(turn, subject))?.facts;
  if (facts?.grid == null || facts.border != null) return null;
  const { grid, placeBy, placeEvidence: evidence } = facts;
  const by = placeBy === "scene" || placeBy === "position" || placeBy === "home" ? placeBy : "name";
  return { kind: "grid", grid: grid.code, by, evidence };
}

function placeNamed(finding: PlaceFinding): PlaceFinding | null {
  return finding.kind === "grid" && finding.by === "name" ? finding : null;
}
