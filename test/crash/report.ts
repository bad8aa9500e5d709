import { doublesIn, uncertainCalls } from "./check-sends.ts";
import { RECOVERY_LIMIT_MS } from "./checker.ts";
import { type History, tokensIn, type Violation } from "./history.ts";
import type { RunResult } from "./run.ts";
import { storyOf } from "./story.ts";

/** Stories are told of so many violations; the rest is counted. */
const STORIES = 5;

/** The figures of a run, one line each. */
export function figuresOf({ history, ...result }: RunResult): string[] {
  const accepted = history.sent.filter(({ answeredAt }) => answeredAt !== null).length;
  const repeated = history.sent.filter(({ tries }) => tries > 1).length;
  const uncertain = uncertainCalls(history);
  const doubles = doublesIn(history);
  const state = counted(history.outgoing.map((row) => row.state));
  return [
    `messages sent ${history.sent.length}, answered with success ${accepted}, posted more than once ${repeated}, never answered ${history.sent.length - accepted}`,
    `stored ${history.stored.length}, by outcome: ${listed(counted(history.stored.map(({ outcome }) => outcome ?? "none")))}`,
    `cases ${history.cases.length}, events ${history.cases.reduce((sum, one) => sum + one.events.length, 0)}`,
    `outgoing ${history.outgoing.length}: ${listed(state)}`,
    `handed over ${history.handedOver.length}: to units ${history.handedOver.filter(({ message }) => message === null).length}, to the platform ${listed(counted(history.handedOver.flatMap(({ message }) => message?.state ?? [])))}; its calls ${history.platformCalls.length} under ${new Set(history.platformCalls.map(({ id }) => id)).size} ids: ${listed(counted(history.platformCalls.map(({ status }) => String(status))))}`,
    `topics ${history.topics.length} with ${history.topics.reduce((sum, { members }) => sum + members.length, 0)} cases, told to all ${history.topics.reduce((sum, { told }) => sum + told.length, 0)} times`,
    `arrived on phones ${history.arrivals.length}`,
    `calls without an answer ${uncertain.length}, of which ${uncertain.filter(({ arrived }) => arrived).length} arrived: ${listed(counted(uncertain.map(({ reason }) => reason)))}`,
    `doubles ${doubles.reduce((sum, { extra }) => sum + extra, 0)}${doubles.map(({ phone, cause }) => `; ${phone}: ${cause}`).join("")}`,
    `deeds whose occasion never came ${result.undone}`,
    `storm ${(result.stormMs / 1000).toFixed(0)} s; ${history.recoveries.map(({ what, tookMs }) => `after ${what} ${tookMs === null ? "never" : `${(tookMs / 1000).toFixed(1)} s`}`).join(", ")} (limit ${RECOVERY_LIMIT_MS / 1000} s)`,
    `injected: ${listed(counted(history.faults.map(({ kind, target }) => `${kind} ${target}`)))}`,
    `the platform did to calls: ${listed(result.withheld)}`,
    `processes that ended by themselves: ${listed(result.fallen) || "none"}`,
    `processes that were slow to stop: ${result.slowToStop.join("; ") || "none"}`,
    `left out: ${result.leftOut.join("; ") || "nothing"}`,
    ...troubles(history),
  ];
}

function troubles(history: History): string[] {
  const found = history.faults.flatMap(({ kind, target, trouble }) =>
    trouble === null ? [] : [`${kind} ${target}: ${trouble}`],
  );
  return found.length === 0 ? [] : [`faults that went otherwise than meant: ${found.join("; ")}`];
}

/** What is broken, with the shortest story of each. */
export function storiesOf(history: History, violations: readonly Violation[]): string[] {
  const stories = violations.map((violation) => ({
    violation,
    story: [violation.about ?? [], tokensIn(violation.text)].flat().flatMap((about) => storyOf(history, about)),
  }));
  const shortest = [...Map.groupBy(stories, ({ violation }) => violation.invariant).values()].flatMap((all) =>
    all.toSorted((a, b) => a.story.length - b.story.length).slice(0, STORIES),
  );
  const counts = counted(violations.map(({ invariant }) => invariant));
  return [
    `broken: ${listed(counts)}`,
    ...shortest.flatMap(({ violation: { invariant, text, about }, story }) => [
      `${invariant}: ${about ?? ""} ${text}`,
      ...story.map((line) => `  ${line}`),
    ]),
  ];
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
