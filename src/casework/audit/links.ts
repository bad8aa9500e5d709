import { asc, eq, gt, isNull, max } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { eventLinks, eventsToLink } from "../../../db/schema/ledger.ts";
import { FIRST, type Head } from "./canonical.ts";
import { LINKED_EVENT, linkHash } from "./chain.ts";
import { type Advance, type Report, reportUnlinked } from "./findings.ts";

const PAGE = 1000;

type Checking = {
  readonly report: Report;
  readonly advance: Advance;
  readonly noted: Head | null;
};

/** The number of links in a county's chain, by its last position. */
export async function countLinks(database: Database, jurisdictionId: string): Promise<number> {
  const [last] = await database.inCounty(jurisdictionId, (tx) =>
    tx.select({ position: max(eventLinks.position) }).from(eventLinks),
  );
  return last?.position ?? 0;
}

/**
 * Walks the chain from its beginning, then looks for events that are not in it.
 *
 * @returns how many links there are, and the last
 */
export async function checkLinks(
  database: Database,
  jurisdictionId: string,
  checking: Checking,
): Promise<{ readonly links: number; readonly head: Head | null }> {
  const { report, advance, noted } = checking;
  let links = 0;
  let place = BEGINNING;
  for (;;) {
    const walked = await walkLinks(database, jurisdictionId, { from: place, most: PAGE, report });
    for (const link of walked.links) {
      if (noted?.position === link.position && noted.hash !== inHex(link.hash)) reportNoted(report, noted);
    }
    links += walked.links.length;
    place = walked.place;
    await advance(walked.links.length);
    if (walked.links.length < PAGE) break;
  }
  if (noted !== null && noted.position > place.position) reportNoted(report, noted);
  await checkUnlinked(database, jurisdictionId, checking);
  return { links, head: headAt(place) };
}

/** A position along the chain, behind a link, with that link's hash; null where it is not known. */
export type ChainPosition = { readonly position: number; readonly hash: Uint8Array | null };

/** The position before the first link. */
export const BEGINNING: ChainPosition = { position: 0, hash: FIRST };

/** A position as a head, to be printed or kept; null before the first link. */
export function headAt({ position, hash }: ChainPosition): Head | null {
  return position === 0 || hash === null ? null : { position, hash: inHex(hash) };
}

/** A link that was walked over, and the case of its event, where that is there. */
type Walked = { readonly position: number; readonly hash: Uint8Array; readonly caseId: string | null };

/**
 * Walks over some links of a county's chain and reports what is wrong with them.
 *
 * After a broken link it goes on with the hash that is stored, so that one change is one finding.
 * @returns the links, fewer than `most` where the chain ends, and where the walk is now
 */
export async function walkLinks(
  database: Database,
  jurisdictionId: string,
  { from, most, report }: { readonly from: ChainPosition; readonly most: number; readonly report: Report },
): Promise<{ readonly place: ChainPosition; readonly links: readonly Walked[] }> {
  const page = await database.inCounty(jurisdictionId, (tx) => linksAfter(tx, from.position, most));
  let place = from;
  for (const { position, eventSeq, hash, event, number } of page) {
    const expected = place.position + 1;
    if (position !== expected) reportGap(report, expected, position - 1);
    const before = position === expected ? place.hash : null;
    const about = { position, event: eventSeq, case: number };
    if (event === null) {
      const text = `link ${position}: event ${eventSeq} was deleted`;
      report({ ...about, kind: "event-deleted", text });
    } else if (before !== null && !linkHash(before, position, event).equals(hash)) {
      const text = `link ${position}: event ${eventSeq} (${event.type}, case ${number ?? "unknown"}), the link itself, or the order of links was changed after it was linked`;
      report({ ...about, kind: "changed", text });
    }
    place = { position, hash };
  }
  return { place, links: page.map(({ position, hash, event }) => ({ position, hash, caseId: event?.caseId ?? null })) };
}

/** The chain position behind a link that was verified before; a link that is not there any more is reported. */
export async function placeBehind(
  database: Database,
  jurisdictionId: string,
  position: number,
  report: Report,
): Promise<ChainPosition> {
  if (position === 0) return BEGINNING;
  const [link] = await database.inCounty(jurisdictionId, (tx) =>
    tx.select({ hash: eventLinks.hash }).from(eventLinks).where(eq(eventLinks.position, position)),
  );
  if (link === undefined) reportGap(report, position, position);
  return { position, hash: link?.hash ?? null };
}

/**
 * The chain position behind a head that was noted earlier; a chain that does not hold that head was shortened or
 * rewritten, which is reported.
 */
export async function placeNoted(
  database: Database,
  jurisdictionId: string,
  noted: Head | null,
  report: Report,
): Promise<ChainPosition> {
  if (noted === null) return BEGINNING;
  const [link] = await database.inCounty(jurisdictionId, (tx) =>
    tx.select({ hash: eventLinks.hash }).from(eventLinks).where(eq(eventLinks.position, noted.position)),
  );
  if (link === undefined || inHex(link.hash) !== noted.hash) reportNoted(report, noted);
  return { position: noted.position, hash: link?.hash ?? null };
}

function inHex(hash: Uint8Array): string {
  return Buffer.from(hash).toString("hex");
}

/** The page is cut before anything is joined to it: so the cost does not grow with the history. */
async function linksAfter(tx: Transaction, position: number, most: number) {
  const page = tx
    .select({ position: eventLinks.position, eventSeq: eventLinks.eventSeq, hash: eventLinks.hash })
    .from(eventLinks)
    .where(gt(eventLinks.position, position))
    .orderBy(asc(eventLinks.position))
    .limit(most)
    .as("page");
  return tx
    .select({
      position: page.position,
      eventSeq: page.eventSeq,
      hash: page.hash,
      number: cases.number,
      event: LINKED_EVENT,
    })
    .from(page)
    .leftJoin(caseEvents, eq(caseEvents.seq, page.eventSeq))
    .leftJoin(cases, eq(cases.id, caseEvents.caseId))
    .orderBy(asc(page.position));
}

function reportGap(report: Report, first: number, last: number): void {
  const text = first === last ? `link ${first} was deleted` : `links ${first} to ${last} were deleted`;
  report({ kind: "link-missing", position: first, event: null, case: null, text });
}

function reportNoted(report: Report, noted: Head): void {
  const text = `link ${noted.position} is not the one that was noted: links up to it were taken away or rewritten`;
  report({ kind: "not-as-noted", position: noted.position, event: null, case: null, text });
}

/** An event comes in together with its entry in the waiting list, and leaves it for a link: one that is in neither was slipped in. */
async function checkUnlinked(database: Database, jurisdictionId: string, { report, advance }: Checking): Promise<void> {
  let after = 0;
  for (;;) {
    const page = await database.inCounty(jurisdictionId, (tx) => eventsAfter(tx, after));
    for (const { seq, type, number, linked, waiting } of page) {
      after = seq;
      if (linked !== null || waiting !== null) continue;
      reportUnlinked(report, { seq, type, number });
    }
    await advance(page.length);
    if (page.length < PAGE) break;
  }
  await checkWaiting(database, jurisdictionId, report);
}

/** Checks the events that wait for their link, and reports those that are not there any more. */
export async function checkWaiting(database: Database, jurisdictionId: string, report: Report): Promise<void> {
  const gone = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ seq: eventsToLink.eventSeq })
      .from(eventsToLink)
      .leftJoin(caseEvents, eq(caseEvents.seq, eventsToLink.eventSeq))
      .where(isNull(caseEvents.seq))
      .orderBy(asc(eventsToLink.eventSeq))
      .limit(PAGE),
  );
  for (const { seq } of gone) {
    const text = `event ${seq} was deleted before it was linked`;
    report({ kind: "event-deleted", position: null, event: seq, case: null, text });
  }
}

async function eventsAfter(tx: Transaction, seq: number) {
  const page = tx
    .select({ seq: caseEvents.seq, type: caseEvents.type, caseId: caseEvents.caseId })
    .from(caseEvents)
    .where(gt(caseEvents.seq, seq))
    .orderBy(asc(caseEvents.seq))
    .limit(PAGE)
    .as("page");
  return tx
    .select({
      seq: page.seq,
      type: page.type,
      number: cases.number,
      linked: eventLinks.position,
      waiting: eventsToLink.eventSeq,
    })
    .from(page)
    .innerJoin(cases, eq(cases.id, page.caseId))
    .leftJoin(eventLinks, eq(eventLinks.eventSeq, page.seq))
    .leftJoin(eventsToLink, eq(eventsToLink.eventSeq, page.seq))
    .orderBy(asc(page.seq));
}
