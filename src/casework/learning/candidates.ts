import { asc, desc, eq } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { understandingLabels } from "../../../db/schema/layers.ts";
import { understandingCorrections, understandings } from "../../../db/schema/understandings.ts";
import type { Vault } from "../../../db/vault.ts";
import { type Agreement, agreementOn } from "../../domain/understanding/local/agreement.ts";
import type { AtlasStore } from "../county/atlas-store.ts";
import { readPayload } from "../inbox/payload.ts";
import { wordsIn } from "../inbox/words.ts";
import { anonymousWords, type KnownNames } from "../routing/anonymous-words.ts";
import { personName } from "../rules/author.ts";

/** The services of a process that learning from corrections needs. */
export type LearningServices = {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly atlases: AtlasStore;
};

/** A message that was understood wrongly, as somebody said, and that a county may learn from when two people agree what it was. */
export type Candidate = {
  /** Its number in the inbox. */
  readonly seq: number;
  readonly at: Date;
  /** The case that it belongs to; null for none. */
  readonly caseId: string | null;
  /** What it was taken for, and what it was, as whoever corrected it last says; by whom. */
  readonly decided: string;
  readonly was: string;
  readonly source: "resident" | "office" | "deputy";
  /** Its words as they came; shown to nobody here. */
  readonly words: string;
  /** Its words without names, numbers and places. */
  readonly text: string;
  /** Keyed hash of `text`. */
  readonly digest: string;
  /** Whether it may accuse an official, or lies in a sealed case: shown only to those of the office. */
  readonly isSealed: boolean;
  /** Whose words they are: the same string for the same person. */
  readonly person: string;
  /** Who has labelled it as it is masked now. */
  readonly labelledBy: readonly string[];
  readonly agreement: Agreement;
};

/**
 * Finds the candidates of the county whose transaction this is, newest correction first: messages whose decision was corrected and
 * whose words are still there.
 */
export async function findCandidates(
  { vault, atlases, now }: Pick<LearningServices, "vault" | "atlases" | "now">,
  tx: Transaction,
  jurisdictionId: string,
): Promise<Candidate[]> {
  const known = await knownNames({ atlases, now }, tx, jurisdictionId);
  const rows = await tx
    .select({
      correction: understandingCorrections,
      accusation: understandings.accusation,
      accountId: inbox.accountId,
      peer: inbox.peer,
      payload: inbox.payload,
      receivedAt: inbox.receivedAt,
      sealed: cases.sealed,
      caseId: inbox.caseId,
    })
    .from(understandingCorrections)
    .innerJoin(understandings, eq(understandings.inboxSeq, understandingCorrections.inboxSeq))
    .innerJoin(inbox, eq(inbox.seq, understandingCorrections.inboxSeq))
    .leftJoin(cases, eq(cases.id, inbox.caseId))
    .where(eq(understandings.isNoLesson, false))
    .orderBy(desc(understandingCorrections.at), desc(understandingCorrections.id));
  const labels = await tx
    .select()
    .from(understandingLabels)
    .orderBy(asc(understandingLabels.at), asc(understandingLabels.id));
  const labelsOf = Map.groupBy(labels, ({ inboxSeq }) => inboxSeq);
  const last = [...Map.groupBy(rows, ({ correction }) => correction.inboxSeq).values()].flatMap((those) =>
    those.slice(0, 1),
  );
  return last.flatMap(({ correction, accusation, sealed, caseId, receivedAt, ...row }): Candidate[] => {
    const words = wordsIn(readPayload(vault, row).content);
    const text = anonymousWords(known, words);
    if (text.trim() === "") return [];
    const digest = vault.blindIndex(text, `lesson:${jurisdictionId}`);
    const current = (labelsOf.get(correction.inboxSeq) ?? [])
      .filter((label) => label.words === digest)
      .map((label) => ({ ...label, person: personKey(label.by) }));
    const { inboxSeq: seq, decided, was, source } = correction;
    return [
      {
        ...{ seq, at: receivedAt, caseId, decided, was, source, words, text, digest },
        isSealed: accusation !== null || sealed === true,
        person: `${row.accountId} ${row.peer}`,
        labelledBy: [...new Map(current.map(({ person, by }) => [person, by])).values()],
        agreement: agreementOn(current),
      },
    ];
  });
}

/** Finds what a county knows by name just now. */
export async function knownNames(
  { atlases, now }: { readonly atlases: AtlasStore; readonly now: () => Date },
  tx: Transaction,
  jurisdictionId: string,
): Promise<KnownNames> {
  const today = now().toISOString().slice(0, 10);
  return {
    atlas: await atlases.of(tx, jurisdictionId, today),
    deputies: await atlases.deputyNames(tx, jurisdictionId),
  };
}

/** The same string for every spelling of a person's name. */
function personKey(name: string): string {
  return (personName(name) ?? name).toLowerCase();
}
