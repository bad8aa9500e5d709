import type { ResidentCommand } from "../dialog/resident-commands.ts";
import type { ResidentMeaning, Situation, Understood } from "../dialog/understand-resident.ts";
import { JOINS, OPENS } from "../understanding/costs.ts";
import type { Act } from "../understanding/meaning.ts";
import { type CorpusRow, isEveryday } from "../understanding/training/corpus.ts";

/** Whatever ends so is read by nobody unless somebody looks for it. */
const UNREAD: ReadonlySet<ResidentMeaning["kind"]> = new Set(["thanks", "spam", "identity-claim", "nothing-yet"]);
/** Whatever ends so is read by whoever has the case, or asked about. */
const KEPT: ReadonlySet<ResidentMeaning["kind"]> = new Set([
  "matter",
  "accusation",
  "emergency",
  "follow-up",
  "no-verdict",
  "unsure",
]);
const NOW = new Date("2026-11-24T08:00:00+08:00");

/** Counts of one label: how many texts have it, how many were taken as it or asked about, and how many others were taken as it. */
type LabelCounts = { texts: number; right: number; asked: number; taken: number; takenRightly: number };

/** The counts of a measurement: what became of texts whose label is known. */
export type Measured = {
  texts: number;
  right: number;
  asked: number;
  wrong: number;
  /** A denial counted as satisfied. */
  deniedAsSatisfied: number;
  /** Other verdicts that are the opposite of what was said. */
  lies: number;
  /** A matter or a denial that nobody reads. */
  lost: number;
  /** An open case that was withdrawn without a yes. */
  withdrawn: number;
  danger: { texts: number; card: number; line: number };
  calm: { texts: number; card: number; line: number };
  accusing: { texts: number; sealed: number; officeFirst: number };
  innocent: { texts: number; sealed: number; officeFirst: number };
  /** Everyday matters, in which nobody of an office stands. */
  everyday: {
    texts: number;
    scored: number;
    right: number;
    card: number;
    line: number;
    sealed: number;
    officeFirst: number;
  };
  /** Something new that was said, and how often somebody reads it: opened, joined to a case, or asked about. */
  matters: { texts: number; kept: number };
  labels: Map<Act, LabelCounts>;
};

/** A way of understanding a text in its situation: the service, or what it is compared with. */
export type Understands = (
  text: string,
  situation: Situation,
) => Pick<Understood, "meaning" | "hintsAtDanger" | "isForOfficeFirst">;

/** Measures understanding on rows of a corpus, each in the situation in which it was written. */
export function measure(
  rows: readonly CorpusRow[],
  understands: Understands,
  changed: (text: string, row: number) => string = (text) => text,
): Measured {
  const found = nothingMeasured();
  for (const [index, row] of rows.entries()) {
    const understood = understands(changed(row.text, index), situationOf(row));
    count(found, row, understood, row.context.whereOpen ?? false);
  }
  return found;
}

/** The situation in which a row of a corpus was written. */
export function situationOf({ context }: CorpusRow): Situation {
  const { verdictOpen = false, open = 0, closedDaysAgo, whereOpen = false } = context;
  return {
    state: verdictOpen ? { question: { kind: "rating", case: "2026-000001", at: NOW.toISOString() } } : {},
    now: NOW,
    context: { verdictOpen, whereOpen, open, settledLately: closedDaysAgo === undefined ? 0 : 1 },
  };
}

function nothingMeasured(): Measured {
  return {
    texts: 0,
    right: 0,
    asked: 0,
    wrong: 0,
    deniedAsSatisfied: 0,
    lies: 0,
    lost: 0,
    withdrawn: 0,
    danger: { texts: 0, card: 0, line: 0 },
    calm: { texts: 0, card: 0, line: 0 },
    accusing: { texts: 0, sealed: 0, officeFirst: 0 },
    innocent: { texts: 0, sealed: 0, officeFirst: 0 },
    everyday: { texts: 0, scored: 0, right: 0, card: 0, line: 0, sealed: 0, officeFirst: 0 },
    matters: { texts: 0, kept: 0 },
    labels: new Map(),
  };
}

function count(
  found: Measured,
  row: CorpusRow,
  { meaning, hintsAtDanger, isForOfficeFirst }: ReturnType<Understands>,
  whereOpen: boolean,
): void {
  found.texts += 1;
  const isDanger = row.marks.some((mark) => mark.startsWith("danger:"));
  const accuses = row.marks.includes("accuses-official");
  const tier = isDanger ? found.danger : found.calm;
  tier.texts += 1;
  if (meaning.kind === "emergency") tier.card += 1;
  else if (hintsAtDanger) tier.line += 1;
  const side = accuses ? found.accusing : found.innocent;
  if (accuses || !row.marks.includes("tells-on-official")) {
    side.texts += 1;
    if (meaning.kind === "accusation" || (meaning.kind === "emergency" && meaning.accuses)) side.sealed += 1;
    else if (isForOfficeFirst) side.officeFirst += 1;
  }
  if (isWithdrawn(meaning) && (row.context.open ?? 0) > 0) found.withdrawn += 1;
  if (isEveryday(row)) countEveryday(found, { meaning, hintsAtDanger, isForOfficeFirst });
  if (isDanger || accuses) return;
  const label = found.labels.get(row.act) ?? { texts: 0, right: 0, asked: 0, taken: 0, takenRightly: 0 };
  found.labels.set(row.act, label);
  label.texts += 1;
  const wanted = [row.act, ...row.also];
  const taken = actsOf(meaning, whereOpen);
  const isRight = taken.some((act) => wanted.includes(act));
  if (isEveryday(row)) {
    found.everyday.scored += 1;
    if (isRight) found.everyday.right += 1;
  }
  if (OPENS.includes(row.act)) {
    found.matters.texts += 1;
    if (KEPT.has(meaning.kind)) found.matters.kept += 1;
  }
  if (isQuestion(meaning, row)) {
    found.asked += 1;
    label.asked += 1;
    return;
  }
  if (isRight) {
    found.right += 1;
    label.right += 1;
  } else {
    found.wrong += 1;
    countWrong(found, row, meaning);
  }
  const [first] = taken;
  if (first === undefined) return;
  const other = found.labels.get(first) ?? { texts: 0, right: 0, asked: 0, taken: 0, takenRightly: 0 };
  found.labels.set(first, other);
  other.taken += 1;
  if (isRight) other.takenRightly += 1;
}

function countEveryday(
  { everyday }: Measured,
  { meaning, hintsAtDanger, isForOfficeFirst }: Pick<Understood, "meaning" | "hintsAtDanger" | "isForOfficeFirst">,
): void {
  everyday.texts += 1;
  if (meaning.kind === "emergency") everyday.card += 1;
  else if (hintsAtDanger) everyday.line += 1;
  if (meaning.kind === "accusation") everyday.sealed += 1;
  else if (isForOfficeFirst) everyday.officeFirst += 1;
}

function countWrong(found: Measured, { act }: CorpusRow, meaning: ResidentMeaning): void {
  const isSatisfied = meaning.kind === "rating" && meaning.satisfied;
  if (isSatisfied && act === "denies-fixed") found.deniedAsSatisfied += 1;
  else if (isSatisfied || (meaning.kind === "rating" && act === "confirms-fixed")) found.lies += 1;
  if (UNREAD.has(meaning.kind) && (OPENS.includes(act) || act === "denies-fixed")) found.lost += 1;
  if (isWithdrawn(meaning)) found.lost += 1;
}

function isWithdrawn(meaning: ResidentMeaning): boolean {
  return meaning.kind === "command" && meaning.command === "withdraw";
}

/** What is never done before a yes: for these the question is what is right to do. */
const ONLY_AFTER_A_YES: ReadonlySet<Act> = new Set(["withdraw", "delete-my-data"]);

/** A question, or the words kept beside an open verdict, which stays open. */
function isQuestion(meaning: ResidentMeaning, { act }: CorpusRow): boolean {
  if (meaning.kind === "no-verdict") return act === "denies-fixed" || act === "confirms-fixed";
  return meaning.kind === "unsure" && !isAskedForAYes(meaning, act);
}

function isAskedForAYes(meaning: ResidentMeaning, act: Act): boolean {
  return meaning.kind === "unsure" && meaning.options[0] === act && ONLY_AFTER_A_YES.has(act);
}

/** The act that a command word is counted as: what has no act of its own asks about the service. */
export function actOfCommand(command: ResidentCommand): Act {
  switch (command) {
    case "remind":
      return "urge";
    case "help":
    case "receptions":
    case "link":
    case "unlink":
      return "service-question";
    default:
      return command;
  }
}

/** The acts that are served by what is done; the first is what it is counted as. */
function actsOf(meaning: ResidentMeaning, whereOpen: boolean): readonly Act[] {
  switch (meaning.kind) {
    case "matter":
    case "accusation":
    case "emergency":
      return whereOpen ? [...OPENS, "adds"] : OPENS;
    case "follow-up":
    case "correction":
      return JOINS;
    case "no-verdict":
      return ["adds", "status", "corrects-text", "relocate"];
    case "rating":
      return meaning.satisfied ? ["confirms-fixed"] : ["denies-fixed"];
    case "command":
      return [actOfCommand(meaning.command)];
    case "put-together":
      return ["adds"];
    case "refuses-answer":
      return ["adds", "denies-fixed"];
    case "nothing-yet":
      return ["greeting"];
    case "choice":
    case "choice-out-of-range":
      return [];
    case "unsure":
      return meaning.options.slice(0, 1).filter((act) => ONLY_AFTER_A_YES.has(act));
    default:
      return [meaning.kind];
  }
}

/** The lower bound of a share, 0 to 1, at 95 % (Wilson). */
export function lowerBound(hits: number, of: number): number {
  if (of === 0) return 0;
  const z = 1.96;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const width = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return Math.max(0, (middle - width) / (1 + (z * z) / of));
}

/** A measurement in lines of text. */
export function reportLines(name: string, found: Measured): string[] {
  const { danger, calm, accusing, innocent, everyday, matters } = found;
  const scored = found.right + found.asked + found.wrong;
  const labels = [...found.labels].sort(([, a], [, b]) => b.texts - a.texts);
  return [
    `${name}: ${found.texts} texts; right ${percent(found.right, scored)}, asked ${percent(found.asked, scored)}, wrong ${percent(found.wrong, scored)}; a denial as satisfied ${found.deniedAsSatisfied}, other lies ${found.lies}, lost ${found.lost}, withdrawn without a yes ${found.withdrawn}`,
    `${name}: danger, card ${percent(danger.card, danger.texts)}, card or line ${percent(danger.card + danger.line, danger.texts)}; others, card ${percent(calm.card, calm.texts)}, line ${percent(calm.line, calm.texts)}`,
    `${name}: accusation, sealed ${percent(accusing.sealed, accusing.texts)}, sealed or office first ${percent(accusing.sealed + accusing.officeFirst, accusing.texts)}; others, sealed ${percent(innocent.sealed, innocent.texts)}, office first ${percent(innocent.officeFirst, innocent.texts)}`,
    `${name}: everyday matters ${everyday.texts}; right ${percent(everyday.right, everyday.scored)}, card ${percent(everyday.card, everyday.texts)}, line ${percent(everyday.line, everyday.texts)}, sealed ${percent(everyday.sealed, everyday.texts)}, office first ${percent(everyday.officeFirst, everyday.texts)}`,
    `${name}: something new ${matters.texts}; opened, joined or asked about ${percent(matters.kept, matters.texts)}`,
    ...labels.map(
      ([act, one]) =>
        `${name}: ${act} ${one.texts}; recall ${percent(one.right, one.texts)}, asked ${percent(one.asked, one.texts)}, precision ${percent(one.takenRightly, one.taken)}`,
    ),
  ];
}

function percent(hits: number, of: number): string {
  if (of === 0) return "–";
  return `${((100 * hits) / of).toFixed(1)} % (≥ ${(100 * lowerBound(hits, of)).toFixed(1)})`;
}
