import type { CaseRecord } from "../../../db/schema/cases.ts";
import { accusesTogether, goesOnAccusing, saysWho, speaksOfMisdeed } from "../../domain/accusation/accusation.ts";
import { ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { joinCase } from "../actions/add-words.ts";
import { DATA_REQUEST, ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { record } from "../cases/record.ts";
import { residentsWords, type ThreadLine, threadOf } from "../cases/thread.ts";
import { endWithCase } from "../handovers/after-claims.ts";
import { waitingWords, wordsBefore } from "../inbox/words.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { supersede } from "../outbox/tell.ts";
import { deputiesNamed } from "../routing/accused.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { openSealed } from "./open-new.ts";

/** For so long "he" may be whoever was accused last. */
const FRESH_MS = 24 * 3_600_000;

/** What words that accuse nobody by themselves have to do with an accusation. */
type Accusing =
  | { readonly kind: "none" }
  /** They go on with one that the same resident made. */
  | { readonly kind: "goes-on"; readonly subject: CaseRecord }
  /** They make one together with what was said right before; `spoken` are the cases that say it and nobody has. */
  | { readonly kind: "together"; readonly before: string; readonly spoken: readonly CaseRecord[] };

/**
 * The accusation to which words belong, if any: nobody but the office may see them then.
 * @param accuses the words accuse somebody by themselves: right behind an accusation they go on with it
 */
export async function accusingOf(turn: Turn, text: string, accuses = false): Promise<Accusing> {
  const mine = await ownCases(turn);
  const named = await deputiesNamed(turn, text);
  const [last] = mine;
  for (const subject of mine.filter(isAccusation)) {
    const isFresh = subject === last && turn.now.getTime() - subject.lastSpokenAt.getTime() <= FRESH_MS;
    const isRightBehind = turn.now.getTime() - subject.lastSpokenAt.getTime() <= ILLUSTRATION_MS;
    if (accuses && isFresh && isRightBehind) return { kind: "goes-on", subject };
    const accusation = residentsWords(await threadOf(turn, subject));
    if (goesOnAccusing(accusation, text, { names: named, isFresh })) return { kind: "goes-on", subject };
  }
  const justNow = mine.filter(
    (one) => !one.sealed && one.closedAt === null && turn.now.getTime() - one.lastSpokenAt.getTime() <= ILLUSTRATION_MS,
  );
  const { greetedAt, question } = turn.conversation.dialog;
  const isFirst = justNow.length === 0 && greetedAt === undefined && question?.kind !== "which-act";
  if (isFirst || !(speaksOfMisdeed(text) || saysWho(text, named))) return { kind: "none" };
  const asked = question?.kind === "which-act" ? await waitingWords(turn, question.waiting) : [];
  const greetings = [...(await wordsBefore(turn)), ...asked].map((one) => one.text).join(",");
  const told = await Promise.all(justNow.map(async (one) => wordsOf(await threadOf(turn, one))));
  const names = await deputiesNamed(turn, [...told, greetings, text].join(","));
  const isTogether = (before: string) => accusesTogether(before, text, names);
  const spoken = justNow.filter((one, index) => one.deputyId === null && isTogether(told[index] ?? ""));
  const before = [...told, greetings].join(",");
  return isTogether(before) ? { kind: "together", before, spoken } : { kind: "none" };
}

function wordsOf(thread: readonly ThreadLine[]): string {
  return residentsWords(thread).replaceAll("\n", ",");
}

/** A case that accuses somebody; a request about one's own data is sealed too. */
function isAccusation({ sealed, category }: Pick<CaseRecord, "sealed" | "category">): boolean {
  return sealed && category !== DATA_REQUEST;
}

/**
 * Receives words that belong to an accusation although they accuse nobody by themselves: they go where the accusation
 * is, and a case without a deputy that only began to tell of it is settled with it.
 */
export async function receiveAccusation(
  turn: Turn,
  said: Said,
  accusing: Exclude<Accusing, { kind: "none" }>,
): Promise<Outcome> {
  if (accusing.kind === "goes-on") {
    const { subject } = accusing;
    await joinCase(turn, subject, [said], { quietly: isInBurst(turn, subject) });
    return { kind: "case", caseId: subject.id };
  }
  for (const subject of accusing.spoken) {
    clearQuestion(turn, subject.number);
    const outcome = "duplicate";
    record(turn, subject, "closed", "service", { outcome }, { outcome, closedAt: turn.now });
    await endWithCase(turn, subject, { isSolved: false, by: "service" });
  }
  supersede(turn, ["question"]);
  return openSealed(turn, said, false, accusing.before);
}
