import { randomUUID } from "node:crypto";
import type { Transaction } from "../../../db/database.ts";
import { acts } from "../../../db/schema/ledger.ts";
import { consequenceLinks, topics } from "../../../db/schema/topics.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import type { CaseFacts } from "../../../src/domain/figures/facts.ts";

type Topic = Awaited<ReturnType<typeof writeTopics>>[number];

/** A case that joined a topic; `made` is its place among the cases. */
export type Member = {
  readonly topic: Topic;
  readonly id: string;
  readonly at: Date;
  readonly conversationId: string;
  readonly made: number;
};

/** Topics that began on some day, of which some were answered. */
export async function writeTopics(tx: Transaction, jurisdictionId: string) {
  const written = [
    { number: "T-2026-0001", openedOn: "2026-08-03", answeredOn: "2026-08-05" },
    { number: "T-2026-0002", openedOn: "2025-12-01", answeredOn: "2025-12-19" },
    { number: "T-2026-0003", openedOn: "2026-10-09", answeredOn: null },
  ].map((one) => ({ ...one, id: randomUUID() }));
  for (const { id, number, openedOn, answeredOn } of written) {
    const state = answeredOn === null ? "open" : "answered";
    await tx.insert(topics).values({ id, jurisdictionId, number, state, openedAt: new Date(`${openedOn}T02:00:00Z`) });
    if (answeredOn === null) continue;
    for (const [type, at] of [
      ["opened", openedOn],
      ["answered", answeredOn],
      ["closed", addDays(answeredOn, 9)],
    ] as const)
      await tx.insert(acts).values({
        ...{ jurisdictionId, subject: "topic", subjectId: id, type, at: new Date(`${at}T02:00:00Z`) },
        ...{ by: "office:林晓", details: {} },
      });
  }
  return written;
}

/** Puts cases into their topics, and counts again for each what follows from that. */
export async function linkTopics<T extends { readonly facts: CaseFacts }>(
  tx: Transaction,
  jurisdictionId: string,
  members: readonly Member[],
  made: T[],
  workdays: (from: string, to: string) => number,
): Promise<void> {
  const links = members.map((one) => ({ ...one, link: randomUUID() }));
  for (const { topic: its, id, at, link } of links)
    await tx.insert(consequenceLinks).values({
      ...{ id: link, jurisdictionId, at, by: "service" },
      ...{ fromKind: "case", fromId: id, toKind: "topic", toId: its.id },
    });
  const isEarlier = (one: (typeof links)[number], other: (typeof links)[number]) =>
    one.at < other.at || (one.at.getTime() === other.at.getTime() && one.link < other.link);
  for (const one of links) {
    const before = links.filter((other) => other.topic === one.topic && isEarlier(other, one));
    const isFirstOfTopic = before.length === 0;
    const { openedOn, answeredOn } = one.topic;
    const subject = made[one.made]!;
    made[one.made] = {
      ...subject,
      facts: {
        ...subject.facts,
        isFirstOfTopic,
        isFirstOfPerson: before.every(({ conversationId }) => conversationId !== one.conversationId),
        topicAnswerDays: isFirstOfTopic && answeredOn !== null ? workdays(openedOn, answeredOn) : null,
      },
    };
  }
}
