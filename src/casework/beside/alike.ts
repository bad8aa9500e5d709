import { sql } from "drizzle-orm";
import { coalesce } from "../../../db/coalesce.ts";
import type { Transaction } from "../../../db/database.ts";
import { ALIKE_MS, isPasted, isSameMatter, type MarkedMatter } from "../../domain/matters/same-matter.ts";
import type { Spots } from "../../domain/place/spots.ts";
import { residentsWordsOf } from "../cases/thread.ts";
import type { LookupContext } from "../turn/lookups.ts";
import { mayJoin } from "./may-join.ts";

/** A case for which others about the same matter are sought: what its resident wrote, of what that tells, and where. */
export type Sought = {
  readonly caseId: string;
  readonly conversationId: string;
  readonly deputyId: string | null;
  readonly sign: string | null;
  readonly gridId: string | null;
  readonly spots: Spots;
  readonly text: string;
  /** See `sketchOf`. */
  readonly sketch: readonly string[];
  /** Whether others may be found alike to it: see {@link mayJoin}. */
  readonly mayJoin: boolean;
};

/** The case from whose text one was pasted, and whether its deputy has the same matter of somebody else. */
export type Alike = { readonly pastedFrom: string | null; readonly isKnown: boolean };

type Rooted = Sought & Pick<Alike, "pastedFrom">;

/** So many texts, the first ones, are compared of those that share a hash. */
const COMPARED_TEXTS = 3;

/** So many cases of the same sign and place are compared. */
const COMPARED = 20;

/**
 * Opens the lookup that finds for a case what others told of the same matter of late.
 *
 * Cases of one transaction are looked up together, and compared to each other too, before anything of them is written.
 */
export function openAlike({ tx, now }: LookupContext): (sought: Sought) => Promise<Alike> {
  const since = new Date(now.getTime() - ALIKE_MS);
  const here: Rooted[] = [];
  return coalesce(async (all: readonly Sought[]) => {
    const roots = await rootsOf(tx, since, all);
    const withRoots: Rooted[] = [];
    for (const [index, sought] of all.entries())
      withRoots.push({ ...sought, pastedFrom: roots[index] ?? rootAmong([...here, ...withRoots], sought) });
    const known = await knownOf(tx, since, withRoots);
    return withRoots.map((one, index) => {
      const isKnown = known[index] === true || here.some((other) => isOfOther(one, other));
      here.push(one);
      return { pastedFrom: one.pastedFrom, isKnown };
    });
  });
}

/** The first case of this transaction, of somebody else, whose text was pasted. */
function rootAmong(earlier: readonly Rooted[], sought: Sought): string | null {
  const other = earlier.find(
    (one) =>
      one.mayJoin &&
      one.conversationId !== sought.conversationId &&
      one.sketch.some((hash) => sought.sketch.includes(hash)) &&
      isPasted(sought.text, one.text),
  );
  return other === undefined ? null : (other.pastedFrom ?? other.caseId);
}

/** Whether a case of this transaction is of somebody else, about the same matter, and with the same deputy. */
function isOfOther(one: Rooted, other: Rooted): boolean {
  if (!other.mayJoin || other.conversationId === one.conversationId || other.deputyId !== one.deputyId) return false;
  return other.caseId === one.pastedFrom || isSameMatter(matterOf(one), matterOf(other));
}

function matterOf({ sign, gridId: grid, spots, pastedFrom }: Rooted): MarkedMatter {
  return { sign, grid, spots, pastedFrom };
}

/** The case from whose text each was pasted, as far as it is written already; null where it was not. */
async function rootsOf(tx: Transaction, since: Date, all: readonly Sought[]): Promise<readonly (string | null)[]> {
  const keys = all.flatMap(({ conversationId: person, sketch }, index) =>
    sketch.map((hash) => ({ index, person, hash })),
  );
  if (keys.length === 0) return all.map(() => null);
  const found = await tx.execute<{ index: number; caseId: string }>(sql`
    select distinct k.index, s.case_id as "caseId", s.at
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(index int, person uuid, hash text)
    cross join lateral (
      select t.case_id, t.at from text_sketches t
      where t.hash = k.hash and t.conversation_id <> k.person and t.at > ${since.toISOString()}::timestamptz
      order by t.at limit ${COMPARED_TEXTS}) s
    order by k.index, s.at`);
  if (found.length === 0) return all.map(() => null);
  const texts = await residentsWordsOf(tx, [...new Set(found.map(({ caseId }) => caseId))]);
  const candidates = Map.groupBy(found, ({ index }) => index);
  return all.map(({ text }, index) => {
    const root = candidates.get(index)?.find(({ caseId }) => isPasted(text, texts.get(caseId) ?? ""));
    return root?.caseId ?? null;
  });
}

/** Whether the deputy of each has a case of somebody else about the same matter, as far as that is written already. */
async function knownOf(tx: Transaction, since: Date, all: readonly Rooted[]): Promise<readonly boolean[]> {
  const keys = all.flatMap(
    ({ conversationId: person, deputyId: deputy, sign, gridId: grid, pastedFrom: root }, index) =>
      deputy === null || (root === null && (sign === null || grid === null))
        ? []
        : [{ index, person, deputy, sign, grid, root }],
  );
  if (keys.length === 0) return all.map(() => false);
  const theirs = sql`t.conversation_id <> k.person and t.at > ${since.toISOString()}::timestamptz and cases.deputy_id = k.deputy and ${mayJoin}`;
  const columns = sql`t.case_id, t.sign, t.grid_id, t.spots, t.pasted_from`;
  const rows = await tx.execute<{
    index: number;
    caseId: string;
    sign: string | null;
    grid: string | null;
    spots: Spots;
    pastedFrom: string | null;
  }>(sql`
    select k.index, o.case_id as "caseId", o.sign, o.grid_id as grid, o.spots, o.pasted_from as "pastedFrom"
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(index int, person uuid, deputy uuid, sign text, grid uuid, root uuid)
    cross join lateral (
      (select ${columns} from trouble_marks t join cases on cases.id = t.case_id
        where t.sign = k.sign and t.grid_id = k.grid and ${theirs} limit ${COMPARED})
      union all
      (select ${columns} from trouble_marks t join cases on cases.id = t.case_id where t.case_id = k.root and ${theirs})
      union all
      (select ${columns} from trouble_marks t join cases on cases.id = t.case_id where t.pasted_from = k.root and ${theirs} limit 1)) o`);
  const others = Map.groupBy(rows, ({ index }) => index);
  return all.map((one, index) =>
    (others.get(index) ?? []).some((other) => other.caseId === one.pastedFrom || isSameMatter(matterOf(one), other)),
  );
}
