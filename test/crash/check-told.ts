import { type History, type Outgoing, phoneKey, tokensIn, type Violation } from "./history.ts";

/** What somebody must know (docs/decisions/0003); written down anew here, for the checker believes nothing of the service. */
const MUST_KNOW: ReadonlySet<string> = new Set([
  "receipt",
  "question",
  "emergency",
  "reply",
  "closure",
  "deputy-case",
  "deputy-news",
  "deputy-follow",
  "deputy-topic",
  "unit-report",
  "unit-word",
  "handover",
]);

/** Later messages of the same case that say more than a receipt does. */
const SAYS_MORE: ReadonlySet<string> = new Set(["receipt", "closure"]);

/**
 * What somebody must know stands on their screen at the end, whatever became of the first call that carried it.
 *
 * Not there may be what became pointless before it left, what the platform refused, what waits visibly for its person, and what
 * was told twice and both times without an answer.
 */
export function allTold(history: History): Violation[] {
  const screens = new Map(
    [...Map.groupBy(history.arrivals, ({ county, openid }) => phoneKey(county, openid))].map(([phone, all]) => [
      phone,
      all.map(({ text }) => text).join("\u0001"),
    ]),
  );
  const again = new Map(
    history.outgoing.flatMap((row) => (row.repeats === null ? [] : [[nameOf(row.county, row.repeats), row]])),
  );
  return history.outgoing.flatMap((row): Violation[] => {
    if (!MUST_KNOW.has(row.kind) || row.openid === null || row.repeats !== null || row.text === "") return [];
    const repeat = again.get(nameOf(row.county, row.seq));
    if ([row, ...(repeat === undefined ? [] : [repeat])].some(isSettledOtherwise)) return [];
    if (repeat?.state === "uncertain" || isPointless(history, row)) return [];
    const screen = screens.get(phoneKey(row.county, row.openid)) ?? "";
    const tokens = tokensIn(row.text);
    const missing = tokens.find((token) => !screen.includes(token));
    if (tokens.length > 0 ? missing === undefined : screen.includes(row.text)) return [];
    const text = `outgoing ${row.seq} (${row.kind}, ${row.state}) never stood on ${phoneKey(row.county, row.openid)}`;
    return [{ invariant: "ALL-TOLD", text, about: missing ?? row.caseNumber }];
  });
}

/** A message is told again once, and only when a call that carried it ended without an answer. */
export function toldAgainOnce(history: History): Violation[] {
  const rows = new Map(history.outgoing.map((row) => [nameOf(row.county, row.seq), row]));
  const repeats = history.outgoing.filter((row) => row.repeats !== null);
  return repeats.flatMap((row): Violation[] => {
    const first = rows.get(nameOf(row.county, row.repeats ?? 0));
    const about = tokensIn(row.text)[0] ?? row.caseNumber;
    const broken = (text: string): Violation[] => [
      { invariant: "DOUBLE-BOUND", text: `outgoing ${row.seq} ${text}`, about },
    ];
    if (first === undefined || first.repeats !== null) return broken("tells no first message again");
    if (!first.attempts.some(({ outcome }) => outcome === "uncertain"))
      return broken(`tells ${first.seq} again, whose calls had answers`);
    if (first.openid !== row.openid && first.openid !== null)
      return broken(`tells ${first.seq} again to somebody else`);
    const others = repeats.filter((one) => one.county === row.county && one.repeats === row.repeats);
    return others.length > 1 && others[0] === row
      ? broken(`is one of ${others.length} that tell ${first.seq} again`)
      : [];
  });
}

function nameOf(county: string, seq: number): string {
  return `${county} ${seq}`;
}

function isSettledOtherwise({ state, awaitsContact }: Outgoing): boolean {
  return state === "superseded" || state === "failed" || (state === "waiting" && awaitsContact);
}

/** Whether what happened since says more, or made it pointless. */
function isPointless(history: History, row: Outgoing): boolean {
  const subject = history.cases.find(({ county, number }) => county === row.county && number === row.caseNumber);
  if (row.kind === "question") return subject?.state !== "clarifying";
  if (row.kind === "deputy-follow") return subject?.isClosed === true;
  if (row.kind !== "receipt") return false;
  return history.outgoing.some(
    (one) =>
      one.county === row.county &&
      one.caseNumber === row.caseNumber &&
      one.openid === row.openid &&
      one.seq > row.seq &&
      one.repeats === null &&
      SAYS_MORE.has(one.kind),
  );
}
