import { and, eq, sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import { weekday } from "../../domain/calendar/days.ts";
import { dayIn, hourIn } from "../../domain/calendar/deadline.ts";
import type { TargetFacts } from "../../domain/routing/route.ts";
import type { CompiledRuleset } from "../../domain/rules/compile.ts";
import { type RuleFacts, ruleText } from "../../domain/rules/condition.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { type DeputyRow, deputiesAt, deputiesBy } from "../county/deputies.ts";
import { chatsLinkedWith } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";

/** A matter about which the rules are asked. */
export type Matter = {
  /** The working copy: masked, so that no rule can look for a person. */
  readonly text: string;
  readonly category: string | null;
  readonly hasPhoto: boolean;
  readonly receivedAt: Date;
  readonly conversationId: string;
  /** Not counted among the resident's open cases; null for one that is about to be opened. */
  readonly caseId: string | null;
};

/** The answer of the rules, before the people behind it are looked up. */
export type RuleAnswer = Omit<TargetFacts, "deputies" | "name">;

/** A case as the matter about which the rules are asked again; null for one that they do not decide. */
export function matterOf(turn: Turn, subject: CaseRecord): (() => Promise<Matter>) | null {
  if (subject.priority || subject.sealed) return null;
  return async () => {
    const photos = and(eq(caseMessages.caseId, subject.id), eq(caseMessages.kind, "image"));
    const [thread, photo] = await Promise.all([
      threadOf(turn, subject),
      turn.tx.select({ id: caseMessages.id }).from(caseMessages).where(photos).limit(1),
    ]);
    const { category, receivedAt, conversationId, id: caseId } = subject;
    return { text: residentsWords(thread), category, hasPhoto: photo.length > 0, receivedAt, conversationId, caseId };
  };
}

/**
 * Prepares the county's rules to be asked as soon as the place is known; null while it has published none.
 *
 * @param matter called only when there are rules
 */
export async function prepareRules(
  turn: Turn,
  matter: () => Matter | Promise<Matter>,
): Promise<((grid: RuleFacts["grid"]) => Promise<RuleAnswer>) | null> {
  const published = await turn.lookups.rules();
  if (published === null) return null;
  return async (grid) => {
    const facts = await factsOf(turn, await matter(), grid);
    return askRules(published.rules, published.version, facts, turn.today);
  };
}

/** The answer of a set, with all that it looked at. */
function askRules(rules: CompiledRuleset, version: number, facts: RuleFacts, on: string): RuleAnswer {
  const rule = rules.firstMatch(facts, on);
  const { text, ...others } = facts;
  return {
    version,
    ruleset: rules.ruleset.name,
    rule: rule?.id ?? null,
    reason: rule?.reason ?? null,
    target: rule?.target ?? rules.ruleset.otherwise,
    message: { ...others, words: rules.wordsIn(text) },
  };
}

/** The facts of a recorded decision, for asking the rules again: its recorded words stand for the text. */
export function recordedFacts({ words, ...others }: TargetFacts["message"]): RuleFacts {
  return { ...others, text: words.join("\uE000") };
}

async function factsOf(turn: Turn, matter: Matter, grid: RuleFacts["grid"]): Promise<RuleFacts> {
  const { timeZone } = turn.runtime;
  const { receivedAt, category, hasPhoto } = matter;
  const { channel, language, openCases } = await personOf(turn, matter);
  return {
    text: ruleText(matter.text),
    category,
    channel,
    language,
    hour: hourIn(receivedAt, timeZone),
    weekday: weekday(dayIn(receivedAt, timeZone)),
    hasPhoto,
    grid,
    resident: { openCases },
  };
}

type Person = { readonly channel: string; readonly language: string; readonly openCases: number };

async function personOf(turn: Turn, { conversationId, caseId }: Matter): Promise<Person> {
  const [person] = await turn.tx.execute<Person>(sql`
    select a.channel, v.locale as language,
      (select count(*)::int from cases c
        where c.conversation_id = any(${chatsLinkedWith(conversationId)}) and c.closed_at is null and c.id is distinct from ${caseId}::uuid) as "openCases"
    from conversations v join channel_accounts a on a.id = v.account_id where v.id = ${conversationId}`);
  if (person === undefined) throw new Error("a conversation disappeared");
  return person;
}

/** A rule's target with the people and the unit that it stands for. */
export async function withPeople(
  turn: Turn,
  answer: RuleAnswer,
): Promise<{ facts: TargetFacts; rows: DeputyRow[]; unit: { id: string; code: string } | null }> {
  const { target } = answer;
  const [rows, called] = await Promise.all([namedRows(turn, target), calledBy(turn, target)]);
  const facts = { ...answer, deputies: rows.map((row) => row.facts), name: called?.name ?? null };
  const unit = target.kind === "unit" && called !== null ? { id: called.id, code: target.code } : null;
  return { facts, rows, unit };
}

async function namedRows(turn: Turn, target: RuleTarget): Promise<DeputyRow[]> {
  switch (target.kind) {
    case "deputy":
      return deputiesBy(turn, sql`d.code = ${target.code}`);
    case "group":
      return deputiesBy(turn, sql`${target.code} = any(d.groups)`);
    case "station":
      if (target.code === null) return [];
      return deputiesAt(
        turn,
        sql`a.station_id = (select id from stations where jurisdiction_id = ${turn.jurisdictionId} and code = ${target.code})`,
      );
    default:
      return [];
  }
}

type Called = { readonly id: string; readonly name: string };

async function calledBy(turn: Turn, target: RuleTarget): Promise<Called | null> {
  if (!(target.kind === "group" || target.kind === "station" || target.kind === "unit") || target.code === null)
    return null;
  const table = { group: sql`sector_groups`, station: sql`stations`, unit: sql`units` }[target.kind];
  const [row] = await turn.tx.execute<Called>(
    sql`select id, name from ${table} where jurisdiction_id = ${turn.jurisdictionId} and code = ${target.code}`,
  );
  return row ?? null;
}
