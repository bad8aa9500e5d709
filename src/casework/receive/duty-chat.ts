import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { users } from "../../../db/schema/users.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { understandDuty } from "../../domain/dialog/staff/duty-words.ts";
import { lockCase } from "../cases/load.ts";
import { visibleTo } from "../cases/visible-to.ts";
import { codesLookedUp, noteWrongCodes, tellPaused } from "../deputy/bind.ts";
import { acknowledge } from "../duty/acknowledge.ts";
import { isDutyCodeOf } from "../duty/duty-code.ts";
import { isUnheeded } from "../duty/unheeded.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/** The roles whose people are told of urgent cases. */
const ROLES_ON_DUTY = ["office", "station"] as const;

/** Makes the chat of somebody of the staff, who says the code that the console showed them, the one in which they are told of urgent cases. */
export async function bindDuty(turn: Turn, code: string): Promise<Outcome> {
  const { conversation, jurisdictionId, now, runtime, tx } = turn;
  if (codesLookedUp(turn) === 0) {
    tellPaused(turn);
    return { kind: "command" };
  }
  const people = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(isNull(users.endedAt), ne(users.passwordHash, ""), inArray(users.role, [...ROLES_ON_DUTY])));
  const person = people.find(({ id: userId }) => isDutyCodeOf(runtime.vault, code, { jurisdictionId, userId, now }));
  if (person === undefined) {
    noteWrongCodes(turn, 1);
    tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).dutyRefused() });
    return { kind: "command" };
  }
  if (turn.isShared) throw new Error("a chat is made somebody's in a transaction of its own");
  await tx
    .update(conversations)
    .set({ dutyPersonId: null })
    .where(and(eq(conversations.dutyPersonId, person.id), ne(conversations.id, conversation.id)));
  conversation.dutyPersonId = person.id;
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).dutyBound({ name: person.name ?? "" }) });
  return { kind: "command" };
}

/** Hears somebody who is told of urgent cases say that they see to one; null for anything else, which is a resident's or a deputy's. */
export async function receiveDuty(turn: Turn, text: string): Promise<Outcome | null> {
  const { conversation, tx, today } = turn;
  const meaning = understandDuty(text);
  if (conversation.dutyPersonId === null || meaning === null) return null;
  const [person] = await tx
    .select({ id: users.id, name: users.name, role: users.role, stations: users.stations, deputyId: users.deputyId })
    .from(users)
    .where(and(eq(users.id, conversation.dutyPersonId), isNull(users.endedAt)));
  if (person === undefined) return null;
  const { number } = meaning;
  const seen = await tx
    .select()
    .from(cases)
    .where(and(isNull(cases.closedAt), eq(cases.priority, true), visibleTo(person, today)))
    .orderBy(cases.receivedAt);
  const waiting = await waitingOf(turn, seen);
  const meant = number === null ? waiting : seen.filter((one) => isNumberOf(number, one.number));
  const [only, another] = meant;
  // A deputy's own word for what is no urgent case of theirs.
  if (only === undefined && number !== null && conversation.deputyId !== null) return null;
  if (only === undefined || another !== undefined) {
    const words = wordingFor(turn).dutyWhich({ numbers: waiting.map((one) => one.number) });
    tell(turn, { kind: "courtesy", subject: null, words });
    return { kind: "command" };
  }
  const isFirst = await acknowledge(turn, await lockCase(turn, only.id), `office:${person.name ?? ""}`);
  const words = wordingFor(turn).dutyTaken({ number: only.number, isFirst });
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "command", caseId: only.id };
}

async function waitingOf({ tx }: Turn, seen: readonly CaseRecord[]): Promise<CaseRecord[]> {
  if (seen.length === 0) return [];
  const ids = sql`${cases.id} = any(${sql.param(seen.map(({ id }) => id))}::uuid[])`;
  const rows = await tx.select({ id: cases.id }).from(cases).where(and(ids, isUnheeded));
  return seen.filter(({ id }) => rows.some((row) => row.id === id));
}
