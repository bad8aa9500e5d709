import { afterEvent, CASE_STATES, type CaseEventType, type CaseState } from "../../src/domain/case/case.ts";
import type { History, StoredCase, Violation } from "./history.ts";

type Replayed = {
  readonly state: CaseState | "none";
  readonly deputy: string | null;
  readonly reopenings: number;
  readonly rating: number | null;
};

/** Every change of a case is an event: replaying the events gives the case; the chain of the events verifies. */
export function ledgerHolds(history: History): Violation[] {
  const chains = history.ledgers.flatMap(({ county, broken }): Violation[] =>
    broken === null ? [] : [{ invariant: "LEDGER", text: `the chain of ${county} is broken: ${broken}`, about: null }],
  );
  return [...chains, ...history.cases.flatMap(replayed), ...numbersOnce(history)];
}

function replayed(one: StoredCase): Violation[] {
  let now: Replayed = { state: "none", deputy: null, reopenings: 0, rating: null };
  const broken = (text: string): Violation[] => [
    { invariant: "LEDGER", text: `case ${one.number}: ${text}`, about: one.number },
  ];
  for (const { type, details } of one.events) {
    const state = afterEvent(now.state, type as CaseEventType);
    if (state === null) return broken(`it was ${now.state} and saw ${type}`);
    now = { ...now, state, ...changes(now, type, details) };
  }
  if (now.state !== one.state) return broken(`its events leave it ${now.state}, it stands as ${one.state}`);
  if (now.deputy !== one.deputy) return broken(`its events leave it with ${now.deputy}, it stands with ${one.deputy}`);
  if (now.reopenings !== one.reopenings)
    return broken(`${now.reopenings} reopenings in events, ${one.reopenings} told`);
  if (now.rating !== one.rating) return broken(`its events rate it ${now.rating}, it stands at ${one.rating}`);
  if (one.isClosed !== (one.state === "closed")) return broken(`it is ${one.state}, and its closing says otherwise`);
  return [];
}

function changes(now: Replayed, type: string, details: Readonly<Record<string, unknown>>): Partial<Replayed> {
  switch (type) {
    case "assigned":
    case "taken":
      return { deputy: String(details.deputy) };
    case "left_to_office":
    case "returned":
      return { deputy: null };
    case "reopened":
      return { reopenings: now.reopenings + 1, rating: null };
    case "rated":
      return { rating: Number(details.rating) };
    default:
      return {};
  }
}

/** Case numbers count up without a gap and without a double in each county. */
function numbersOnce(history: History): Violation[] {
  const unknown = history.cases.filter(({ state }) => !CASE_STATES.includes(state as CaseState));
  const odd = unknown.map(
    ({ number, state }): Violation => ({ invariant: "LEDGER", text: `case ${number} is ${state}`, about: number }),
  );
  const byCounty = Map.groupBy(history.cases, ({ county }) => county);
  const gaps = [...byCounty].flatMap(([county, cases]): Violation[] => {
    const serials = cases.map(({ number }) => Number(number.slice(5))).sort((a, b) => a - b);
    const wrong = serials.findIndex((serial, index) => serial !== index + 1);
    if (wrong === -1) return [];
    return [
      { invariant: "LEDGER", text: `the numbers of ${county} do not count up at ${serials[wrong]}`, about: null },
    ];
  });
  return [...odd, ...gaps];
}
