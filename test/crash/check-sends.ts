import { type History, type Outgoing, phoneKey, tokensIn, type Violation } from "./history.ts";

/** A message that arrived more often than it was written. */
export type Double = {
  readonly phone: string;
  readonly text: string;
  readonly extra: number;
  /** Why the first send may have ended without an answer; null when nothing explains it. */
  readonly cause: string | null;
};

/** How much of a long text is looked for: it may have left in pieces. */
const PROBE = 60;

/** `delivered` only on the platform's success; what arrived is not said to wait or to have failed. */
export function sentMeansSent(history: History): Violation[] {
  const screens = screensOf(history);
  const groups = Map.groupBy(history.outgoing, (row) => `${phoneOf(row)}\n${row.text}`);
  return [...groups.values()].flatMap((rows): Violation[] => {
    const [row] = rows;
    if (row === undefined || row.openid === null || row.text === "") return [];
    const arrived = copies(screens.get(phoneOf(row)) ?? "", row.text);
    const said = rows.filter(({ state }) => state === "delivered").length;
    const about = tokensIn(row.text)[0] ?? row.caseNumber;
    const claims = rows.filter(({ state, attempts }) => state === "delivered" && !attempts.some(isDelivered));
    if (claims.length > 0) {
      return [{ invariant: "SENT-MEANS-SENT", text: `outgoing ${row.seq} is delivered by no attempt`, about }];
    }
    if (said > arrived) {
      const text = `${said} of the kind of outgoing ${row.seq} are said to be delivered, ${arrived} arrived`;
      return [{ invariant: "SENT-MEANS-SENT", text, about }];
    }
    const possible = rows.filter(({ state }) => state === "delivered" || state === "uncertain").length;
    if (tokensIn(row.text).length > 0 && arrived > 0 && possible === 0) {
      return [
        { invariant: "SENT-MEANS-SENT", text: `outgoing ${row.seq} arrived, and is said to be ${row.state}`, about },
      ];
    }
    return [];
  });
}

/** A message is sent twice only when the first send ended without an answer, and no oftener than faults explain. */
export function doubleBound(history: History): Violation[] {
  const unexplained = doublesIn(history).flatMap(({ phone, text, extra, cause }): Violation[] => {
    if (cause !== null) return [];
    const words = `arrived ${extra} times too often on ${phone}, though every send had its answer`;
    return [{ invariant: "DOUBLE-BOUND", text: words, about: tokensIn(text)[0] ?? null }];
  });
  const uncertain = uncertainCalls(history).length;
  const bound = history.faults.reduce((sum, fault) => sum + fault.mayLose, 0);
  if (uncertain <= bound) return unexplained;
  const text = `${uncertain} calls ended without an answer, and the faults explain ${bound}`;
  return [...unexplained, { invariant: "DOUBLE-BOUND", text, about: null }];
}

/** Messages with a token that arrived more often than they were written, alone or within a longer one. */
export function doublesIn(history: History): Double[] {
  const screens = screensOf(history);
  // What tells a message again is the same message: where both arrived, that is a double.
  const firsts = history.outgoing.filter((row) => row.repeats === null);
  const marked = firsts.filter((row) => row.openid !== null && tokensIn(row.text).length > 0);
  const groups = Map.groupBy(marked, (row) => `${phoneOf(row)}\n${row.text}`);
  const byPhone = Map.groupBy(marked, phoneOf);
  return [...groups.values()].flatMap((rows): Double[] => {
    const [row] = rows;
    if (row === undefined) return [];
    const longer = (byPhone.get(phoneOf(row)) ?? []).filter(({ text }) => text.length > row.text.length);
    const within = longer.reduce((sum, { text }) => sum + occurrences(text, row.text), 0);
    const extra = copies(screens.get(phoneOf(row)) ?? "", row.text) - rows.length - within;
    if (extra <= 0) return [];
    const lost = rows.flatMap(({ attempts }) => attempts.filter(({ outcome }) => outcome === "uncertain"));
    return [{ phone: phoneOf(row), text: row.text, extra, cause: lost[0]?.reason ?? null }];
  });
}

/** Outgoing messages whose last call ended without an answer, one per call: what left joined counts once. */
export function uncertainCalls(history: History): { readonly reason: string; readonly arrived: boolean }[] {
  const screens = screensOf(history);
  const calls = new Map<string, { reason: string; arrived: boolean }>();
  for (const row of history.outgoing) {
    for (const { outcome, reason, call } of row.attempts) {
      if (outcome !== "uncertain") continue;
      calls.set(call, { reason: reason ?? "", arrived: copies(screens.get(phoneOf(row)) ?? "", row.text) > 0 });
    }
  }
  return [...calls.values()];
}

function isDelivered({ outcome }: Outgoing["attempts"][number]): boolean {
  return outcome === "delivered";
}

function phoneOf({ county, openid }: Outgoing): string {
  return phoneKey(county, openid ?? "");
}

/** All that ever arrived on a phone, in one text. */
function screensOf(history: History): ReadonlyMap<string, string> {
  const byPhone = Map.groupBy(history.arrivals, ({ county, openid }) => phoneKey(county, openid));
  return new Map([...byPhone].map(([phone, all]) => [phone, all.map(({ text }) => text).join("\u0001")]));
}

/** How often a text stands on a screen; of one that was too long for one message, its beginning and its end. */
function copies(screen: string, text: string): number {
  const whole = occurrences(screen, text);
  if (whole > 0 || text.length <= 2 * PROBE) return whole;
  return Math.min(occurrences(screen, text.slice(0, PROBE)), occurrences(screen, text.slice(-PROBE)));
}

function occurrences(screen: string, text: string): number {
  return text === "" ? 0 : screen.split(text).length - 1;
}
