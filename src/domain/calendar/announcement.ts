import { dayOf } from "./days.ts";
import { type HolidayEntry, markOf, spanOf } from "./holiday-list.ts";

/** The reading of a pasted list of days off and make-up days: the entries, and the lines in which nothing was found. */
export type Announced = { readonly entries: readonly HolidayEntry[]; readonly unread: readonly string[] };

/** What people put in brackets: days of the week, the lunar calendar. */
const BRACKETS = /（[^（）]*）|\([^()]*\)/g;
const CLAUSE_ENDS = /[。；;\n\r]+/;
const DAYS = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[至到—~～-]+(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?/g;
const OFF = /放假|休息/;
const WORK = /上班|补班/;
const WRITTEN = /^(\d{4}-\d{2}-\d{2}(?:\s*(?:\.{2,3}|至|到|~)\s*\d{4}-\d{2}-\d{2})?)[\s,，:：=]+(\S+)$/;

/**
 * Reads the days off and make-up days of a year from a text as the State Council announces them (“1月1日至3日放假调休，共3天。1月4日上班。”),
 * or from lines such as `2027-02-05..2027-02-11 off`.
 *
 * A date without a month is of the month before it in the same sentence. What the days mean together is not judged here.
 */
export function readAnnouncement(text: string, year: number): Announced {
  const entries: HolidayEntry[] = [];
  const unread: string[] = [];
  for (const piece of text.normalize("NFKC").replaceAll(BRACKETS, "").split(CLAUSE_ENDS)) {
    const clause = piece.trim();
    if (clause === "") continue;
    const found = writtenIn(clause) ?? announcedIn(clause, year);
    if (found.length > 0) entries.push(...found);
    else if (/\d/.test(clause)) unread.push(clause);
  }
  return { entries, unread };
}

function writtenIn(clause: string): HolidayEntry[] | null {
  const [, days, word] = WRITTEN.exec(clause) ?? [];
  const mark = word === undefined ? undefined : markOf(word);
  if (days === undefined || mark === undefined) return null;
  const [from, to] = spanOf(days);
  return [{ at: clause, from, to, mark }];
}

function announcedIn(clause: string, year: number): HolidayEntry[] {
  const mark = WORK.test(clause) && !OFF.test(clause) ? "work" : OFF.test(clause) ? "rest" : null;
  if (mark === null) return [];
  let [ofYear, ofMonth] = [year, 0];
  return [...clause.matchAll(DAYS)].flatMap(([, y1, m1, d1, y2, m2, d2]) => {
    ofYear = Number(y1 ?? ofYear);
    ofMonth = Number(m1 ?? ofMonth);
    const from = dayOf(ofYear, ofMonth, Number(d1));
    ofYear = Number(y2 ?? ofYear);
    ofMonth = Number(m2 ?? ofMonth);
    const to = d2 === undefined ? from : dayOf(ofYear, ofMonth, Number(d2));
    return from === null || to === null ? [] : [{ at: clause, from, to, mark }];
  });
}
