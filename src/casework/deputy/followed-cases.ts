import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { notEnded } from "../../../db/in-force.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseFollowers, cases } from "../../../db/schema/cases.ts";
import type { AboutCase } from "../../domain/dialog/deputy/commands.ts";
import type { FollowReason } from "../../domain/routing/followers.ts";
import type { FollowedCase } from "../../domain/wording/sentences.ts";
import { deputyLines, holderOf, holdersOf, toldLines } from "../cases/describe.ts";
import { rememberedSince } from "../cases/load.ts";
import { threadOf } from "../cases/thread.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { carryOutAsAssistant } from "./lead/assisting.ts";
import { takeOver } from "./take-over.ts";

type Followed = { readonly subject: CaseRecord; readonly why: FollowReason };

/** So many cases of others a list shows: it is for one's own. */
const LISTED = 5;

/** The newest open cases that a deputy follows, first those with which they help, and how many there are. */
export async function followedLines(
  turn: Turn,
  deputyId: string,
): Promise<{ readonly followed: FollowedCase[]; readonly following: number }> {
  const newest = await turn.tx
    .select({ subject: cases, why: caseFollowers.why, following: sql<number>`count(*) over ()::int` })
    .from(caseFollowers)
    .innerJoin(cases, eq(cases.id, caseFollowers.caseId))
    .where(and(isFollowedBy(turn, deputyId), isNull(cases.closedAt)))
    .orderBy(desc(sql`${caseFollowers.why} = 'assistant'`), desc(caseFollowers.since), desc(cases.number))
    .limit(LISTED);
  const subjects = newest.map(({ subject }) => subject);
  const [lines, holders] = await Promise.all([deputyLines(turn, subjects), holdersOf(turn, subjects)]);
  const followed = newest.flatMap(({ subject: { id, number }, why }) => {
    const line = lines.find((one) => one.number === number);
    return line === undefined ? [] : [{ line, holder: holders.get(id) ?? null, isAssisting: why === "assistant" }];
  });
  return { followed, following: newest[0]?.following ?? 0 };
}

/**
 * Shows a case that this deputy follows, or answers that somebody else has it; the other side of a border takes it over
 * by answering first.
 *
 * @returns null where the number is of no such case, or of several
 */
export async function answerAboutFollowed(
  turn: Turn,
  deputyId: string,
  { command, number, text }: { readonly command: AboutCase; readonly number: string; readonly text: string },
): Promise<Outcome | null> {
  const [found, second] = await followedByNumber(turn, deputyId, number);
  if (found === undefined || second !== undefined) return null;
  const { subject, why } = found;
  if (command === "reply" && why === "other-side" && (await takeOver(turn, subject, text))) {
    return { kind: "command", caseId: subject.id };
  }
  const isAssisting = why === "assistant";
  if (isAssisting && command !== "show") return carryOutAsAssistant(turn, subject, { command, text });
  const wording = wordingFor(turn);
  const holder = await holderOf(turn, subject);
  if (command !== "show") return answerDeputy(turn, wording.onlyFollowed({ number: subject.number, holder }));
  const [line] = await deputyLines(turn, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  turn.conversation.dialog = { ...turn.conversation.dialog, focus: [subject.number] };
  const thread = toldLines(await threadOf(turn, subject));
  return answerDeputy(
    turn,
    isAssisting ? wording.assistedCase({ line, holder, thread }) : wording.followedCase({ line, holder, thread }),
  );
}

/** Open, or closed not long ago. */
async function followedByNumber(turn: Turn, deputyId: string, typed: string): Promise<Followed[]> {
  const isMeant = /^\d{1,6}$/.test(typed)
    ? sql`substr(${cases.number}, 6)::int = ${Number(typed)}`
    : eq(cases.number, typed);
  const isRemembered = or(isNull(cases.closedAt), gt(cases.closedAt, rememberedSince(turn.now)));
  return turn.tx
    .select({ subject: cases, why: caseFollowers.why })
    .from(caseFollowers)
    .innerJoin(cases, eq(cases.id, caseFollowers.caseId))
    .where(and(isFollowedBy(turn, deputyId), isRemembered, isMeant));
}

/** Never a sealed one, and nothing for whose term is over, whatever rows there are. */
function isFollowedBy(turn: Turn, deputyId: string): SQL | undefined {
  return and(
    eq(caseFollowers.deputyId, deputyId),
    eq(cases.sealed, false),
    sql`exists (select from deputies d
      where d.id = ${caseFollowers.deputyId} and ${notEnded(sql`d.until_on`, turn.today)})`,
  );
}
