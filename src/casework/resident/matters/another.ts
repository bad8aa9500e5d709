import { BURST_MS, ILLUSTRATION_MS } from "../../../domain/dialog/belonging.ts";
import { isAnotherMatter } from "../../../domain/matters/matters.ts";
import { ownCases } from "../../cases/load.ts";
import { residentsWords, threadOf } from "../../cases/thread.ts";
import { placeInWords } from "../../routing/find-place.ts";
import { openMatterReader } from "../../runtime/open-matters.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { openNew } from "../open-new.ts";
import { placeOfCase } from "./several.ts";

/**
 * Opens a case for words that surely begin another matter than the one that would take them: what its resident said a minute ago,
 * what waits for its place, or what its deputy answered. So no matter is buried in another one; null where it may be the same.
 */
export async function receiveAnother(turn: Turn, said: Said): Promise<Outcome | null> {
  if (said.text === "") return null;
  const open = (await ownCases(turn)).filter((one) => one.closedAt === null && !one.sealed);
  const taking = open.filter(
    (one) =>
      one.state === "answered" ||
      one.state === "clarifying" ||
      turn.now.getTime() - one.lastSpokenAt.getTime() <= BURST_MS,
  );
  const [latest] = taking;
  if (latest === undefined) return null;
  const reader = openMatterReader();
  for (const one of taking) {
    const isLater = turn.now.getTime() - one.lastSpokenAt.getTime() > ILLUSTRATION_MS;
    if (!isAnotherMatter(residentsWords(await threadOf(turn, one)), said.text, reader, isLater)) return null;
  }
  const isPlaced = (await placeInWords(turn, said.text)).namesPlace;
  const isJustNow = turn.now.getTime() - latest.lastSpokenAt.getTime() <= BURST_MS;
  const carried = isPlaced || !isJustNow ? null : await placeOfCase(turn, latest);
  const isAsked = isJustNow && latest.state === "clarifying";
  const opened = await openNew(turn, said, false, {
    ...(carried && { finding: carried }),
    isAskedWithAnother: isAsked && !isPlaced,
  });
  return { kind: "case", caseId: opened.id };
}
