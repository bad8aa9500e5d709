import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import type { SiteNote } from "../../domain/dialog/staff/grid-words.ts";
import type { UnitMeaning } from "../../domain/dialog/unit/understand-unit.ts";
import { mask } from "../../domain/text/mask.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { gridWordingOf } from "../../domain/wording/bound.ts";
import type { BoundRole } from "../bindings/roles.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { addToThread, SITE_WORDS } from "../cases/thread.ts";
import { gridMatters, mayShowToGrid, openOfGrid } from "../handovers/grid-worker.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";

/** A list longer than this is not read on a phone. */
const LISTED = 15;

/** What a grid worker can ask for, besides noting what they saw. */
type Asked = Extract<UnitMeaning, { readonly kind: "list" | "help" | "show" }>;

/** Shows a grid worker what is open in their grid, one case of it, or what they can say. */
export async function carryOutForGrid(turn: Turn, grid: BoundRole, meaning: Asked): Promise<Outcome> {
  const wording = gridWordingOf(turn.conversation.locale);
  const { name } = grid;
  if (meaning.kind === "help") return answer(turn, wording.help({ grid: name }));
  const open = await openOfGrid(turn, grid.id);
  if (meaning.kind === "list") {
    const shown: CaseRecord[] = [];
    for (const one of open) if (await mayShowToGrid(turn, one)) shown.push(one);
    const matters = await gridMatters(turn, shown.slice(0, LISTED));
    return answer(turn, wording.list({ grid: name, matters, more: shown.length - matters.length }));
  }
  const meant = open.filter(({ number }) => isNumberOf(meaning.number, number)).at(-1);
  const isShown = meant !== undefined && (await mayShowToGrid(turn, meant));
  const [matter] = isShown ? await gridMatters(turn, [meant]) : [];
  if (matter === undefined) return answer(turn, wording.notHere({ typed: meaning.number }));
  spokenOf(turn, matter.number, grid.ref);
  return answer(turn, wording.matter(matter));
}

/** Writes down what a grid worker saw on the spot: whoever has the case reads it, its resident does not. */
export async function noteOnSite(turn: Turn, grid: BoundRole, { number: typed, text }: SiteNote): Promise<Outcome> {
  const wording = gridWordingOf(turn.conversation.locale);
  const found = (await openOfGrid(turn, grid.id)).findLast(({ number }) => isNumberOf(typed, number));
  const subject = found === undefined ? null : await lockCase(turn, found.id);
  if (subject === null || subject.gridId !== grid.id || !(await mayShowToGrid(turn, subject)))
    return answer(turn, wording.notHere({ typed }));
  const { id: caseId, number, deputyId } = subject;
  if (text === "") return answer(turn, wording.missingWords({ number }));
  record(turn, subject, "site_noted", `grid-worker:${grid.ref}`, { grid: grid.ref });
  addToThread(turn, subject, { direction: "in", party: "grid-worker", kind: SITE_WORDS, text });
  if (deputyId !== null) {
    await tellDeputy(turn, deputyId, (_, locale) => ({
      kind: "deputy-news",
      subject,
      words: gridWordingOf(locale).seen({ number, grid: grid.name, text: quoteMasked(mask(text)) }),
      isAnswer: true,
    }));
  }
  spokenOf(turn, number, grid.ref);
  return { ...answer(turn, wording.noted({ number, isWithDeputy: deputyId !== null })), caseId };
}

/** What is shown next is of this case. */
function spokenOf({ conversation, now }: Turn, number: string, ref: string): void {
  conversation.dialog = { ...conversation.dialog, siteMatter: { number, ref, at: now.toISOString() } };
}

function answer(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "handover-answer", subject: null, words });
  return { kind: "command" };
}
