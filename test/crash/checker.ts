import { ledgerHolds } from "./check-cases.ts";
import { claimNeverStronger, handedOverOnce, sealedNeverOut } from "./check-handovers.ts";
import { everyAcceptedOnce, noPoison, oneOutcome } from "./check-messages.ts";
import { inOrder } from "./check-order.ts";
import { readersOnly } from "./check-readers.ts";
import { oneDigestADay, promiseKeptOrSaid } from "./check-reminders.ts";
import { doubleBound, sentMeansSent } from "./check-sends.ts";
import { allTold, toldAgainOnce } from "./check-told.ts";
import { topicOnce } from "./check-topics.ts";
import type { History, Violation } from "./history.ts";

/** After the last fault everything is delivered within a minute. */
export const RECOVERY_LIMIT_MS = 60_000;

/**
 * Checks the promises of quality.md, and that everybody was told what they must know, on what the platform saw and the database holds.
 * @returns every violation; none means that all promises held
 */
export function check(history: History): Violation[] {
  return [
    ...everyAcceptedOnce(history),
    ...inOrder(history),
    ...oneOutcome(history),
    ...readersOnly(history),
    ...sentMeansSent(history),
    ...doubleBound(history),
    ...toldAgainOnce(history),
    ...allTold(history),
    ...ledgerHolds(history),
    ...recovered(history),
    ...noPoison(history),
    ...rolledOver(history),
    ...oneDigestADay(history),
    ...promiseKeptOrSaid(history),
    ...handedOverOnce(history),
    ...topicOnce(history),
    ...sealedNeverOut(history),
    ...claimNeverStronger(history),
  ];
}

function recovered(history: History): Violation[] {
  return history.recoveries.flatMap(({ what, tookMs, waiting }): Violation[] => {
    if (tookMs !== null && tookMs <= RECOVERY_LIMIT_MS) return [];
    const left = waiting.length === 0 ? "" : `; ${waiting.slice(0, 3).join("; ")}`;
    const text = tookMs === null ? `not everything was delivered after ${what}${left}` : `${what} took ${tookMs} ms`;
    return [{ invariant: "RECOVER", text, about: null }];
  });
}

/** A process that is replaced hands over and ends by itself; that nothing is lost meanwhile, the others see. */
function rolledOver(history: History): Violation[] {
  return history.faults.flatMap(({ kind, target, trouble }): Violation[] =>
    kind === "rolling" && trouble !== null
      ? [{ invariant: "ROLLING", text: `replacing ${target}: ${trouble}`, about: null }]
      : [],
  );
}
