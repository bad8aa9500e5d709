import { and, eq, inArray, max } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import {
  type LayerMeasured,
  understandingLayerEvents,
  understandingLayerRows,
  understandingLayers,
} from "../../../db/schema/layers.ts";
import { understandings } from "../../../db/schema/understandings.ts";
import { understandResident } from "../../domain/dialog/understand-resident.ts";
import { type Comparison, compare, refusalsOf, type Standing, standingOn } from "../../domain/measuring/compare.ts";
import type { FrozenRows } from "../../domain/measuring/frozen-rows.ts";
import { FEWEST_PEOPLE, type Learned, type Lesson, learnLayer } from "../../domain/understanding/local/learn-layer.ts";
import type { Reader } from "../../domain/understanding/reader.ts";
import { type Refused, refused } from "../office/refusal.ts";
import { personName } from "../rules/author.ts";
import { sealLayer } from "../runtime/county-reader.ts";
import { type Candidate, findCandidates, type LearningServices } from "./candidates.ts";
import { lockLayers } from "./layers.ts";
import { changesOn, lastMessages } from "./measure-layer.ts";

/** The ground on which a layer is made: the reader that the service ships with, and the sentences on which it is measured. */
export type Ground = { readonly reader: Reader; readonly frozen: FrozenRows };

/** A layer that was made and measured; `refusals` say why it may not be published, none where it may. */
export type LayerMade = {
  readonly ok: true;
  readonly number: number;
  readonly features: number;
  readonly rows: number;
  readonly people: number;
  readonly measured: LayerMeasured;
  readonly refusals: readonly string[];
};

/**
 * Makes a layer of the labels in which two people of the office agree, and measures it: on the frozen sentences, where no true
 * danger or accusation and no floor may be lost, and on the county's last messages. Nothing changes until somebody else publishes it.
 *
 * Where lessons about false alarms would lose a true one, they are left out.
 * @returns a plain sentence where there is too little to learn from
 */
export async function makeLayer(
  services: LearningServices,
  jurisdictionId: string,
  { reader, frozen }: Ground,
  { author }: { readonly author: string },
): Promise<LayerMade | Refused> {
  const name = personName(author);
  if (name === null) return refused("Say in 1 to 100 plain characters who makes the layer.");
  if (!frozen.corpus.startsWith(reader.name)) {
    return refused(
      "The frozen sentences belong to other weights: install the service again, or run `liaison understand freeze`.",
    );
  }
  const { agreed, messages } = await services.database.inCounty(jurisdictionId, async (tx) => ({
    agreed: (await findCandidates(services, tx, jurisdictionId)).filter(isAgreed),
    messages: await lastMessages(services, tx, jurisdictionId),
  }));
  const lessons = agreed.map(lessonOf);
  const tried = bestLayer(lessons, reader, frozen);
  if (tried === null) {
    const people = new Set(lessons.map(({ person }) => person)).size;
    return refused(
      `There is too little to learn from: two people agree on ${lessons.length} messages of ${people} residents, and what is learned must be in the words of ${FEWEST_PEOPLE}.`,
    );
  }
  const { learned, comparison, isSafetyLeftAlone } = tried;
  const refusals = refusalsOf(comparison);
  const changes = changesOn(messages, reader, reader.withLayer(learned.layer, 0));
  const measured: LayerMeasured = { frozen: comparison, ...changes, isSafetyLeftAlone };
  const made = { author: name, weights: reader.hash, learned, measured, refusals };
  const seqs = agreed.map(({ seq }) => seq);
  const number = await services.database.inCounty(jurisdictionId, (tx) =>
    store(services, tx, jurisdictionId, made, seqs),
  );
  if (number === null) return refused("Somebody's words were erased in the meantime: make the layer again.");
  const { layer, rows, people } = learned;
  return { ok: true, number, features: layer.hashes.length, rows, people, measured, refusals };
}

type Agreed = Candidate & { readonly agreement: { readonly state: "agreed" } };

function isAgreed(candidate: Candidate): candidate is Agreed {
  return candidate.agreement.state === "agreed";
}

function lessonOf({ text, person, agreement: { act, marks } }: Agreed): Lesson {
  return { text, act, marks, person };
}

type Tried = { readonly learned: Learned; readonly comparison: Comparison; readonly isSafetyLeftAlone: boolean };

function bestLayer(lessons: readonly Lesson[], reader: Reader, { rows }: FrozenRows): Tried | null {
  let standing: Standing | null = null;
  const tryOut = (maySoften: boolean): Tried | null => {
    const learned = learnLayer(lessons, reader, maySoften);
    if (learned === null) return null;
    const layered = reader.withLayer(learned.layer, 0);
    standing ??= standingOn(rows, (text, situation) => understandResident(text, situation, reader));
    const comparison = compare(
      standing,
      standingOn(rows, (text, situation) => understandResident(text, situation, layered)),
    );
    return { learned, comparison, isSafetyLeftAlone: !maySoften };
  };
  const first = tryOut(true);
  const isLossy = first !== null && first.comparison.dangersLost + first.comparison.accusationsLost > 0;
  return isLossy ? tryOut(false) : first;
}

type Made = {
  readonly author: string;
  readonly weights: string;
  readonly learned: Learned;
  readonly measured: LayerMeasured;
  readonly refusals: readonly string[];
};

/** @returns null where somebody has had their words erased since they were read */
async function store(
  { vault, now }: LearningServices,
  tx: Transaction,
  jurisdictionId: string,
  { author, weights, learned, measured, refusals }: Made,
  seqs: readonly number[],
): Promise<number | null> {
  // Whoever erases changes these rows first, and then looks for shares: either they see this layer, or it sees them.
  const kept = await tx
    .select({ seq: understandings.inboxSeq })
    .from(understandings)
    .where(and(inArray(understandings.inboxSeq, [...seqs]), eq(understandings.isNoLesson, false)))
    .for("share");
  if (new Set(kept.map(({ seq }) => seq)).size < seqs.length) return null;
  await lockLayers(tx, jurisdictionId);
  const [last] = await tx.select({ number: max(understandingLayers.number) }).from(understandingLayers);
  const [id, number, at] = [newId(), (last?.number ?? 0) + 1, now()];
  await tx.insert(understandingLayers).values({
    ...{ id, jurisdictionId, number, author, createdAt: at, weights, measured, refusals: [...refusals] },
    state: refusals.length === 0 ? "measured" : "draft",
    content: sealLayer(vault, jurisdictionId, learned.layer),
    ...{ features: learned.layer.hashes.length, rows: learned.rows, people: learned.people },
    ...{ reviewer: null, publishedAt: null, retiredAt: null },
  });
  await tx.insert(understandingLayerRows).values(seqs.map((inboxSeq) => ({ jurisdictionId, layerId: id, inboxSeq })));
  const types = ["drafted", refusals.length === 0 ? "measured" : "refused"] as const;
  await tx
    .insert(understandingLayerEvents)
    .values(types.map((type) => ({ jurisdictionId, layerId: id, type, by: author, at })));
  return number;
}
