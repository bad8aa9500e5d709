import type { Database } from "../../../db/database.ts";
import type { Head } from "./canonical.ts";
import { extendChain } from "./chain.ts";
import { type Findings, gatherFindings, type Report } from "./findings.ts";
import { BEGINNING, checkWaiting, countLinks, headAt, placeBehind, placeNoted, walkLinks } from "./links.ts";
import type { Amount, AuditProgress } from "./progress.ts";
import { checkRecords } from "./records.ts";
import { countCases, replayNext, replayThese } from "./replay-cases.ts";
import { replayHandovers } from "./replay-handovers.ts";
import { replayTopics } from "./replay-topics.ts";

/** The result of a night's share of verification, or of a part of it. */
export type ShareAudit = Findings &
  Amount & {
    readonly progress: AuditProgress;
    /** Whether the night is done; else there was no time for the rest. */
    readonly isDone: boolean;
    /** Whether everything was verified once more since the last time that this was said. */
    readonly isWhole: boolean;
    /** The head of the chain of records, which each night that is done verifies whole; null before that, and while there is no link. */
    readonly recordHead: Head | null;
  };

/**
 * In so many nights everything is verified again; a walk that is nine nights late still does so within thirty days.
 *
 * Each night walks this part of what there is, and as much besides as is new. So a walk around takes that many nights
 * however fast the ledger grows: what it must catch up with is just what it walks besides.
 */
const NIGHTS = 21;
const PAGE = 1000;

type Walk = {
  readonly database: Database;
  readonly jurisdictionId: string;
  readonly page: number;
  readonly report: Report;
  progress: AuditProgress;
  /** Keeps the progress, once what was found is known of it; then says whether there is time for more. */
  next(walked: Amount): Promise<boolean>;
};

/**
 * Verifies what came to a county's ledger since the last night, and a part of all the rest.
 *
 * The new links are walked from the last one that was verified, which must still be the same; their cases are made again from
 * their events. Then the walks over all links and over all cases go on where they stood, from the beginning again when they
 * came to the end.
 * @param options.nights in how many everything is verified again
 * @param options.page how much is read at once
 * @param options.keep is given the progress after each page; what is found counts in it from then on
 * @param options.checkHeads compares the chain with the heads that were noted of it; asked once, when the rest is done
 * @param options.isOver asked after each page; then the rest is left to the next time
 */
export async function auditShare(
  database: Database,
  jurisdictionId: string,
  options: {
    readonly progress: AuditProgress;
    readonly keep: (progress: AuditProgress) => Promise<void>;
    readonly isOver: () => boolean;
    readonly checkHeads?: (report: Report) => Promise<void>;
    readonly nights?: number;
    readonly page?: number;
  },
): Promise<ShareAudit> {
  const { nights = NIGHTS, page = PAGE } = options;
  const { report, found } = gatherFindings();
  await extendChain(database, jurisdictionId);
  const total = {
    links: await countLinks(database, jurisdictionId),
    cases: await countCases(database, jurisdictionId),
  };
  const walked = { links: 0, cases: 0 };
  const walk: Walk = {
    database,
    jurisdictionId,
    page,
    report,
    progress: planNight(options.progress, total, nights),
    async next(some) {
      walked.links += some.links;
      walked.cases += some.cases;
      walk.progress = judged(walk.progress, found(), total, nights);
      await options.keep(walk.progress);
      return !options.isOver();
    },
  };
  const isDone = (await walkNew(walk)) && (await walkLinksAgain(walk)) && (await walkCasesAgain(walk));
  const { around } = walk.progress;
  const isWhole = isDone && around.links && around.cases;
  let recordHead: Head | null = null;
  if (isDone) {
    await checkWaiting(database, jurisdictionId, report);
    // Few beside the events, and read without what they are about: all of them, each night.
    recordHead = await checkRecords(database, jurisdictionId, report);
    await replayHandovers(database, jurisdictionId, report);
    await replayTopics(database, jurisdictionId, report);
    await options.checkHeads?.(report);
    const begun = isWhole ? { links: false, cases: false } : around;
    const rolled = { links: partOf(total.links, nights), cases: partOf(total.cases, nights) };
    const ended = { ...walk.progress, left: null, around: begun };
    walk.progress = found().found > 0 ? judged(ended, found(), total, nights) : cleared(ended, rolled);
    await options.keep(walk.progress);
  }
  return { ...found(), ...walked, progress: walk.progress, isDone, isWhole, recordHead };
}

function planNight(progress: AuditProgress, total: Amount, nights: number): AuditProgress {
  if (progress.left !== null) return progress;
  const isFirst = progress.frontier === null;
  const news = {
    links: Math.max(0, total.links - (progress.frontier?.position ?? 0)),
    cases: Math.max(0, total.cases - progress.cases),
  };
  const left = isFirst
    ? // One more than there are, so that the walk is seen to come around.
      { links: 0, cases: total.cases + 1, replayNew: false }
    : {
        links: Math.min(total.links, partOf(total.links, nights) + news.links),
        cases: Math.min(total.cases, partOf(total.cases, nights) + news.cases),
        replayNew: true,
      };
  return { ...progress, cases: total.cases, left };
}

function partOf(total: number, nights: number): number {
  return Math.ceil(total / nights);
}

/** All must be walked over once more, and this night's part, for what was found may be anywhere in it. */
function judged(progress: AuditProgress, { found, findings }: Findings, total: Amount, nights: number): AuditProgress {
  if (found === 0) return progress;
  const rewritten = progress.rewritten || findings.some(({ kind }) => kind === "not-as-noted");
  const unclear = {
    links: total.links + partOf(total.links, nights),
    cases: total.cases + partOf(total.cases, nights),
  };
  return { ...progress, unclear, rewritten };
}

function cleared(progress: AuditProgress, rolled: Amount): AuditProgress {
  if (progress.unclear === null) return progress;
  const unclear = { links: progress.unclear.links - rolled.links, cases: progress.unclear.cases - rolled.cases };
  return { ...progress, unclear: unclear.links > 0 || unclear.cases > 0 ? unclear : null };
}

/** @returns whether there is time for more */
async function walkNew(walk: Walk): Promise<boolean> {
  const { database, jurisdictionId, page, report } = walk;
  let place = await placeNoted(database, jurisdictionId, walk.progress.frontier, report);
  for (;;) {
    const { links, place: now } = await walkLinks(database, jurisdictionId, { from: place, most: page, report });
    const touched = [...new Set(links.flatMap(({ caseId }) => caseId ?? []))];
    const cases = walk.progress.left?.replayNew === true ? touched : [];
    await replayThese(database, jurisdictionId, cases, report);
    place = now;
    walk.progress = { ...walk.progress, frontier: headAt(place) ?? walk.progress.frontier };
    const isEnd = links.length < page;
    if (isEnd && walk.progress.left?.replayNew === false) {
      walk.progress = { ...walk.progress, around: { ...walk.progress.around, links: true } };
    }
    if (!(await walk.next({ links: links.length, cases: cases.length }))) return false;
    if (isEnd) return true;
  }
}

async function walkLinksAgain(walk: Walk): Promise<boolean> {
  const { database, jurisdictionId, page, report } = walk;
  let place = await placeBehind(database, jurisdictionId, walk.progress.link, report);
  while (walk.progress.left !== null && walk.progress.left.links > 0) {
    const { left, around } = walk.progress;
    const most = Math.min(page, left.links);
    const { links, place: now } = await walkLinks(database, jurisdictionId, { from: place, most, report });
    const isEnd = links.length < most;
    const isEmpty = isEnd && links.length === 0 && place === BEGINNING;
    place = isEnd ? BEGINNING : now;
    walk.progress = {
      ...walk.progress,
      link: place.position,
      left: { ...left, links: isEmpty ? 0 : left.links - links.length },
      around: { ...around, links: around.links || isEnd },
    };
    if (!(await walk.next({ links: links.length, cases: 0 }))) return false;
  }
  return true;
}

async function walkCasesAgain(walk: Walk): Promise<boolean> {
  const { database, jurisdictionId, page, report } = walk;
  while (walk.progress.left !== null && walk.progress.left.cases > 0) {
    const { left, around, case: after } = walk.progress;
    const most = Math.min(page, left.cases);
    const replayed = await replayNext(database, jurisdictionId, { after, most, report });
    const last = replayed.at(-1)?.number;
    const isEnd = last === undefined;
    walk.progress = {
      ...walk.progress,
      case: last ?? "",
      left: { ...left, cases: isEnd && (after === "" || !left.replayNew) ? 0 : left.cases - replayed.length },
      around: { ...around, cases: around.cases || isEnd },
    };
    if (!(await walk.next({ links: 0, cases: replayed.length }))) return false;
  }
  return true;
}
