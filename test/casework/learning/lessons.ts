import { and, asc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { inbox } from "../../../db/schema/conversations.ts";
import { understandingCorrections, understandings } from "../../../db/schema/understandings.ts";
import type { LearningServices } from "../../../src/casework/learning/candidates.ts";
import { labelCandidate } from "../../../src/casework/learning/label.ts";
import type { Ground } from "../../../src/casework/learning/learn.ts";
import { readFrozen } from "../../../src/casework/runtime/frozen-rows.ts";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";

/** Words of a dialect that no author of the corpus writes, as one person says them. */
export const DIALECT = ["这事办得飒利", "办得真飒利", "飒利得很,办得好", "哎呀飒利,办得快", "飒利飒利", "都说办得飒利"];

/** The ground of layers with some of the frozen sentences, for all of them take half a minute. */
export function smallGround(): Ground {
  const { corpus, rows } = readFrozen();
  return { reader: openReader(), frozen: { corpus, rows: rows.filter((_, index) => index % 50 === 0) } };
}

/** The messages of one person that were understood, oldest first. */
export async function understoodOf(
  { database }: Pick<LearningServices, "database">,
  county: string,
  peer: string,
): Promise<{ seq: number; weights: string; kind: string }[]> {
  return database.inCounty(county, (tx) =>
    tx
      .select({ seq: inbox.seq, weights: understandings.weights, kind: understandings.kind })
      .from(understandings)
      .innerJoin(inbox, eq(inbox.seq, understandings.inboxSeq))
      .where(and(eq(inbox.peer, peer)))
      .orderBy(asc(inbox.seq)),
  );
}

/** Notes that the first message of each of these people was thanks, as the office would. */
export async function correct(services: LearningServices, county: string, peers: readonly string[]): Promise<number[]> {
  const seqs: number[] = [];
  for (const peer of peers) {
    const [first] = await understoodOf(services, county, peer);
    seqs.push(first!.seq);
    await services.database.inCounty(county, (tx) =>
      tx.insert(understandingCorrections).values({
        ...{ id: newId(), jurisdictionId: county, inboxSeq: first!.seq, decided: "matter", was: "thanks" },
        ...{ source: "office", by: "何", weights: first!.weights, at: services.now() },
      }),
    );
  }
  return seqs;
}

/** Labels messages as thanks, each by these people. */
export async function labelAll(
  services: LearningServices,
  county: string,
  seqs: readonly number[],
  by: readonly string[] = ["何", "邵"],
): Promise<void> {
  for (const seq of seqs) {
    for (const name of by) {
      const label = { id: String(seq), act: "thanks", marks: [], isMaskRight: true, by: name };
      const labelled = await labelCandidate(services, county, label);
      if (!labelled.ok) throw new Error(labelled.reason);
    }
  }
}
