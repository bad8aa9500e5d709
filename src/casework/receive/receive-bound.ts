import { afterEvent, isNumberOf } from "../../domain/case/case.ts";
import { answerTo } from "../../domain/dialog/answers.ts";
import { siteNoteIn } from "../../domain/dialog/staff/grid-words.ts";
import type { SpokenRole } from "../../domain/dialog/state.ts";
import { isUnitsAlone, type UnitMeaning, understandUnit } from "../../domain/dialog/unit/understand-unit.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { type BoundRole, rolesOf } from "../bindings/roles.ts";
import { casesOfDeputy } from "../cases/load.ts";
import { carryOutForGrid, noteOnSite } from "../grid-workers/grid-commands.ts";
import { openOfGrid } from "../handovers/grid-worker.ts";
import { openOfUnit } from "../handovers/of-unit.ts";
import { inboxText } from "../inbox/words.ts";
import { tell } from "../outbox/tell.ts";
import { carryOutForStation, helpOfStation, meaningForStation } from "../stations/station-commands.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { carryOutForUnit, type Speaking } from "../units/unit-commands.ts";

/** A question for the role is answered by a digit only for so long. */
const QUESTION_MS = 30 * 60_000;

/** What is left to be heard as a resident's or a deputy's words. */
type Left = { readonly left: Said };

type Candidate = SpokenRole & { readonly name: string };

/**
 * Receives what somebody says who speaks for a unit, a station or a grid.
 *
 * A word that only one of their roles has is taken for it. What several have is of the role in which they spoke last; where there is none,
 * they are asked once. Everything else is a resident's, or a deputy's.
 */
export async function receiveBound(turn: Turn, said: Said): Promise<Outcome | Left> {
  const roles = await rolesOf(turn);
  if (roles.length === 0) return { left: said };
  const chosen = await chosenRole(turn, said);
  if (chosen !== null) return hear(turn, chosen.words, roles, chosen.role);
  const { roleAsked: _, ...dialog } = turn.conversation.dialog;
  turn.conversation.dialog = dialog;
  return hear(turn, said, roles, null);
}

/** The role that a digit chose, and the words that waited for it. */
async function chosenRole(turn: Turn, said: Said): Promise<{ role: SpokenRole; words: Said } | null> {
  const { roleAsked: asked, ...rest } = turn.conversation.dialog;
  if (asked === undefined || turn.now.getTime() - Date.parse(asked.at) > QUESTION_MS) return null;
  const [, digit] = /^\s*([1-9])\s*[.。]?\s*$/.exec(said.text.normalize("NFKC")) ?? [];
  const role = asked.roles[Number(digit) - 1];
  if (role === undefined) return null;
  turn.conversation.dialog = { ...rest, speaksAs: role };
  return { role, words: { ...said, text: await inboxText(turn, asked.seq) } };
}

async function hear(
  turn: Turn,
  said: Said,
  roles: readonly BoundRole[],
  chosen: SpokenRole | null,
): Promise<Outcome | Left> {
  if (chosen?.role === "deputy") return { left: said };
  const stations = roles.filter(({ role }) => role === "station");
  const atStation = await meaningForStation(turn, stations, said);
  if (atStation.kind !== "other") {
    // How somebody is told is said of the station where their matter was taken down.
    const { takenDown } = turn.conversation.dialog;
    const isOfTaken = atStation.kind === "contact" || atStation.kind === "phone";
    const own = stations.filter(({ ref }) => !isOfTaken || ref === takenDown?.ref).map(candidateOf);
    const role = chosen ?? roleOf(turn, own);
    if (role === null) return ask(turn, own, said);
    const bound = stations.find(({ ref }) => role.role === "station" && ref === role.ref);
    if (bound === undefined) return { left: said };
    if (stations.length > 1) speaksAs(turn, bound);
    return carryOutForStation(turn, bound, atStation, said);
  }
  const has = new Map<string, readonly string[]>();
  for (const one of roles) has.set(one.bindingId, await numbersOf(turn, one));
  const onSite = await heardOnSite(turn, said, roles, has);
  if (onSite !== null) return onSite;
  const own = [...new Set([...has.values()].flat())].map((number) => ({ number, isOpen: true }));
  const meaning = understandUnit(said.text, own);
  // A bare number may answer what this person was asked as a resident.
  const isAnswer =
    meaning.kind === "show" && answerTo(said.text, turn.conversation.dialog.question, turn.now)?.kind === "choice";
  if (meaning.kind === "other" || isAnswer) return { left: said };
  const candidates = candidatesFor(meaning, roles, { has, isDeputys: await mayBeDeputys(turn, meaning) });
  const role = chosen ?? roleOf(turn, candidates);
  if (role === null) return ask(turn, candidates, said);
  if (role.role === "deputy") return { left: said };
  const bound = roles.find((one) => one.role === role.role && one.ref === role.ref);
  if (bound === undefined) return { left: said };
  if (candidates.length > 1 || isUnitsAlone(meaning)) speaksAs(turn, bound);
  if (bound.role === "station") return helpOfStation(turn, bound);
  if (bound.role === "unit") return carryOutForUnit(turn, speaking(bound), meaning);
  return meaning.kind === "about" ? { left: said } : carryOutForGrid(turn, bound, meaning);
}

/** The numbers of what somebody has who is bound so. */
async function numbersOf(turn: Turn, { role, id }: BoundRole): Promise<readonly string[]> {
  if (role === "station") return [];
  const held =
    role === "unit" ? (await openOfUnit(turn, id)).map(({ subject }) => subject) : await openOfGrid(turn, id);
  return held.map(({ number }) => number);
}

/** What a grid worker saw; of the grid that has the number. */
async function heardOnSite(
  turn: Turn,
  said: Said,
  roles: readonly BoundRole[],
  has: ReadonlyMap<string, readonly string[]>,
): Promise<Outcome | null> {
  const grids = roles.filter(({ role }) => role === "grid-worker");
  const hasIt = (one: BoundRole, typed: string) =>
    (has.get(one.bindingId) ?? []).some((number) => isNumberOf(typed, number));
  const [first] = grids;
  if (first === undefined) return null;
  const note = siteNoteIn(said.text, (typed) => grids.some((one) => hasIt(one, typed)));
  if (note === null) return null;
  return noteOnSite(turn, grids.find((one) => hasIt(one, note.number)) ?? first, note);
}

/** Whether a deputy's chat may mean these words as a deputy: what they accept is a case that they have and nobody was asked for yet. */
async function mayBeDeputys(turn: Turn, meaning: UnitMeaning): Promise<boolean> {
  const { deputyId } = turn.conversation;
  if (deputyId === null || meaning.kind !== "about" || meaning.command !== "accept") return deputyId !== null;
  const { number } = meaning;
  const acceptable = (await casesOfDeputy(turn, deputyId)).filter(
    ({ state }) => afterEvent(state, "accepted") !== null,
  );
  return acceptable.some((one) => number === null || isNumberOf(number, one.number));
}

/** The roles in which these words may be meant. */
function candidatesFor(
  meaning: UnitMeaning,
  roles: readonly BoundRole[],
  { has, isDeputys }: { readonly has: ReadonlyMap<string, readonly string[]>; readonly isDeputys: boolean },
): readonly Candidate[] {
  const isUnits = meaning.kind === "about";
  const own = roles.filter(({ role }) => role === "unit" || (role === "grid-worker" && !isUnits));
  const stations = meaning.kind === "help" ? roles.filter(({ role }) => role === "station") : [];
  const isDeputy = isDeputys && !isUnitsAlone(meaning);
  const number = meaning.kind === "show" || meaning.kind === "about" ? meaning.number : null;
  const isOf = ({ bindingId }: BoundRole) =>
    (has.get(bindingId) ?? []).some((one) => Number(one.slice(5)) === Number(number?.slice(-6)));
  const holding = number === null ? own : own.filter(isOf);
  // A number that nobody of this chat has may be a deputy's; without a deputy it is told to be nobody's here.
  const meant = holding.length > 0 ? holding : isDeputy ? [] : own;
  return [
    ...(isDeputy ? [{ role: "deputy" as const, ref: "", name: "" }] : []),
    ...[...meant, ...stations].map(candidateOf),
  ];
}

function candidateOf({ role, ref, name }: BoundRole): Candidate {
  return { role, ref, name };
}

/** What several roles have is of this one from now on. */
function speaksAs({ conversation }: Turn, { role, ref }: BoundRole): void {
  conversation.dialog = { ...conversation.dialog, speaksAs: { role, ref } };
}

function roleOf({ conversation }: Turn, candidates: readonly Candidate[]): SpokenRole | null {
  const [only, second] = candidates;
  if (only !== undefined && second === undefined) return only;
  const { speaksAs } = conversation.dialog;
  return candidates.find(({ role, ref }) => role === speaksAs?.role && ref === speaksAs.ref) ?? null;
}

function ask(turn: Turn, candidates: readonly Candidate[], said: Said): Outcome | Left {
  if (candidates.length === 0) return { left: said };
  const words = boundWordingOf(turn.conversation.locale).whichRole({ roles: candidates });
  const roles = candidates.map(({ role, ref }) => ({ role, ref }));
  const roleAsked = { roles, seq: said.seq, at: turn.now.toISOString() };
  turn.conversation.dialog = { ...turn.conversation.dialog, roleAsked };
  tell(turn, { kind: "question", subject: null, words });
  return { kind: "command" };
}

function speaking({ id, ref, name }: BoundRole): Speaking {
  return { id, code: ref, name, by: `unit:${ref}` };
}
