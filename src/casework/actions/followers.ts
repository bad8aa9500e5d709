import { and, eq, gte, inArray, isNull, ne, notInArray, or, sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseFollowers, cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { DecidedReason } from "../../domain/routing/followers.ts";
import type { DeputyCase } from "../../domain/wording/sentences.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import { noticeOf } from "../cases/describe.ts";
import { DATA_REQUEST } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { isAvailable } from "../county/deputies.ts";
import { type Assistant, assistantsOf, tellAssistingIsOver } from "../handovers/assistants.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Responsible } from "../routing/responsible.ts";
import { chatsLinkedWith } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";

/** A case as a deputy who does not have it reads of it; not before a moment where others told the same and all are told of together. */
type Story = { readonly line: DeputyCase; readonly holder: Holder; readonly notBefore?: Date | null };

/**
 * Sets the followers of a case to those that its decision names, and tells once each new one whom it concerns at once.
 *
 * Whoever helps with it goes on, whoever has it now, unless that is nobody, or they may not see it any more.
 * @param options.isFirst the case was never decided before: nobody follows it yet
 * @param options.isWithAnother somebody else has it now
 * @param options.former who had it, and follows it now as the other side; told of that by whoever takes it
 * @returns whom it told
 */
export async function setFollowers(
  turn: Turn,
  subject: CaseRecord,
  responsible: Pick<Responsible, "followers">,
  story: Story,
  options: { readonly isFirst: boolean; readonly isWithAnother: boolean; readonly former?: string },
): Promise<ReadonlySet<string>> {
  const isKeptSecret = subject.sealed || (!options.isFirst && (await isPartOfAccusation(turn, subject)));
  const assisting = options.isFirst ? [] : await assistantsOf(turn, subject);
  const staying =
    isKeptSecret || subject.deputyId === null ? [] : assisting.filter(({ id }) => id !== subject.deputyId);
  const before = options.isFirst ? NOBODY : await endFollowing(turn, subject, staying);
  if (isKeptSecret) return NOBODY;
  if (subject.deputyId === null) await tellAssistingIsOver(turn, subject, assisting, "office");
  if (options.isWithAnother) await tellOfAnotherLead(turn, subject, staying, story);
  const isStaying = (deputyId: string) => staying.some(({ id }) => id === deputyId);
  const followers = withFormer(responsible.followers, options.former).filter(({ deputyId }) => !isStaying(deputyId));
  for (const { deputyId, why } of followers) {
    const { jurisdictionId, now: since } = turn;
    turn.writes.insert(caseFollowers, { jurisdictionId, caseId: subject.id, deputyId, why, since });
  }
  const told = followers.filter(
    ({ deputyId, why, isAway }) =>
      !isAway && isTold(why, subject) && !before.has(deputyId) && deputyId !== options.former,
  );
  await Promise.all(told.map(({ deputyId, why }) => tellFollower(turn, subject, deputyId, why, story)));
  return new Set(told.map(({ deputyId }) => deputyId));
}

/**
 * Ends all following of a case but that of those who help with it and stay; notices about it that have not been sent to its followers are withdrawn.
 *
 * @returns who followed it and was told of it, if they had to be
 */
export async function endFollowing(
  turn: Turn,
  subject: CaseRecord,
  staying: readonly Assistant[] = [],
): Promise<ReadonlySet<string>> {
  const stays = staying.map(({ id }) => id);
  const assisting = await assistantsOf(turn, subject);
  const leaving = assisting.filter(({ id }) => !stays.includes(id));
  for (const { code } of leaving) record(turn, subject, "assist_ended", "service", { deputy: code });
  const gone = await turn.tx
    .delete(caseFollowers)
    .where(
      and(
        eq(caseFollowers.caseId, subject.id),
        stays.length === 0 ? undefined : notInArray(caseFollowers.deputyId, stays),
      ),
    )
    .returning({ deputyId: caseFollowers.deputyId });
  if (gone.length === 0) return NOBODY;
  const ids = gone.map(({ deputyId }) => deputyId);
  const untold = await turn.tx
    .update(outbox)
    .set({ state: "superseded", settledAt: turn.now })
    .where(
      and(
        eq(outbox.caseId, subject.id),
        eq(outbox.kind, "deputy-follow"),
        eq(outbox.state, "waiting"),
        inArray(outbox.deputyId, ids),
      ),
    )
    .returning({ deputyId: outbox.deputyId });
  return new Set(ids.filter((id) => !untold.some((one) => one.deputyId === id)));
}

/** Tells the higher levels that follow a case that it turned out to be a danger to life. */
export async function tellFollowersOfDanger(turn: Turn, subject: CaseRecord, story: Story): Promise<void> {
  const above = await turn.tx
    .select({ deputyId: caseFollowers.deputyId })
    .from(caseFollowers)
    .where(and(eq(caseFollowers.caseId, subject.id), eq(caseFollowers.why, "higher-level")));
  for (const { deputyId } of above) {
    if (await isAvailable(turn, deputyId)) await tellFollower(turn, subject, deputyId, "higher-level", story);
  }
}

/** Whoever helps with a case that somebody else has now hears who that is. */
async function tellOfAnotherLead(
  turn: Turn,
  subject: CaseRecord,
  staying: readonly Assistant[],
  { holder }: Story,
): Promise<void> {
  for (const { id } of staying) {
    await tellDeputy(turn, id, (wording) => ({
      kind: "deputy-follow",
      subject,
      words: wording.assistLeadChanged({ number: subject.number, holder }),
    }));
  }
}

const NOBODY: ReadonlySet<string> = new Set();

/** Deputies are part-timers: of what a lower level has, the higher ones are told in danger alone. */
function isTold(why: DecidedReason, { priority }: CaseRecord): boolean {
  return why !== "higher-level" || priority;
}

function withFormer(followers: Responsible["followers"], former: string | undefined): readonly Following[] {
  if (former === undefined) return followers;
  const others = followers.filter(({ deputyId, why }) => deputyId !== former && why !== "other-side");
  return [...others, { deputyId: former, why: "other-side", isAway: false }];
}

type Following = Pick<Responsible["followers"][number], "deputyId" | "why" | "isAway">;

/** Tells a deputy that they follow a case, and why. */
export async function tellFollower(
  turn: Turn,
  subject: CaseRecord,
  deputyId: string,
  why: DecidedReason,
  { line, holder, notBefore }: Story,
): Promise<void> {
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-follow",
    subject,
    words: wording.newToFollow({ line, holder, why }),
    isAnswer: true,
    notice: noticeOf(subject, holder),
    ...(notBefore != null && { notBefore }),
    // Whoever binds a chat later finds in the list what is still open.
    onlyWhenBound: why === "higher-level",
  }));
}

/**
 * Whether its resident accused somebody after it began: what it says may be the first half of that, and whom it accuses
 * may be anybody (信访工作条例 art. 30).
 */
export async function isPartOfAccusation(turn: Turn, { conversationId, receivedAt }: CaseRecord): Promise<boolean> {
  const accusations = await turn.tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        sql`${cases.conversationId} = any(${chatsLinkedWith(conversationId)})`,
        eq(cases.sealed, true),
        or(isNull(cases.category), ne(cases.category, DATA_REQUEST)),
        gte(cases.receivedAt, receivedAt),
      ),
    )
    .limit(1);
  return accusations.length > 0;
}
