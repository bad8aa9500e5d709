import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type ErrandState, errands, files } from "../../../db/schema/errands.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Caller } from "../access/caller.ts";
import type { ErrandKind } from "./kind.ts";

/** An errand as its reader sees it. */
export type ErrandView = {
  readonly id: string;
  readonly kind: string;
  readonly state: ErrandState;
  readonly done: number;
  readonly total: number | null;
  readonly by: string;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly asked: unknown;
  readonly answer: unknown;
  readonly file: {
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    readonly until: string;
  } | null;
  readonly problem: { readonly title: string; readonly detail: string } | null;
};

/** The time for which an errand and what it made are kept. */
const KEPT_MS = 7 * 86_400_000;
const PAGE = 50;
/** The name of the kind of errand whose file is a list of cases. */
export const CASE_LIST = "export";

/** Writes down that somebody wants long work done; a worker takes it within seconds. */
export async function askErrand(
  tx: Transaction,
  caller: Caller,
  kind: string,
  { asked, now }: { readonly asked: unknown; readonly now: Date },
): Promise<ErrandView> {
  const id = newId();
  await tx.insert(errands).values({
    ...{ id, jurisdictionId: caller.jurisdictionId, kind, asked },
    ...{ askedBy: caller.id, askedByName: caller.name, state: "waiting", madeAt: now },
    expiresAt: new Date(now.getTime() + KEPT_MS),
  });
  const [row] = await rowsOf(tx, eq(errands.id, id), 1);
  if (row === undefined) throw new Error("an errand that was made just now is not there");
  return row;
}

/** The id under which the command line asks: nobody of the staff has it. */
const COMMAND_LINE = "00000000-0000-0000-0000-000000000000";

/** Writes down work that the command line did by itself, as an errand that is done; it returns its id. */
export async function noteErrandDone(
  tx: Transaction,
  jurisdictionId: string,
  kind: string,
  done: { readonly asked: unknown; readonly by: string; readonly answer: unknown; readonly now: Date },
): Promise<string> {
  const { asked, by, answer, now } = done;
  const id = newId();
  await tx.insert(errands).values({
    ...{ id, jurisdictionId, kind, asked, answer, state: "done", madeAt: now, endedAt: now },
    ...{ askedBy: COMMAND_LINE, askedByName: by, expiresAt: new Date(now.getTime() + KEPT_MS) },
  });
  return id;
}

/** The errands that exist for the caller, newest first, a page of fifty; `after` is the last of the page before. */
export async function listErrands(
  tx: Transaction,
  caller: Caller,
  kinds: readonly ErrandKind[],
  wanted: {
    readonly kind?: string;
    readonly state?: ErrandState;
    readonly after?: { readonly madeAt: string; readonly id: string };
  } = {},
): Promise<{ readonly items: readonly ErrandView[]; readonly next: ErrandView | null }> {
  const { kind, state, after } = wanted;
  const condition = and(
    seenBy(caller, kinds),
    kind === undefined ? undefined : eq(errands.kind, kind),
    state === undefined ? undefined : eq(errands.state, state),
    after === undefined
      ? undefined
      : sql`(${errands.madeAt}, ${errands.id}) < (${after.madeAt}::timestamptz, ${after.id}::uuid)`,
  );
  const rows = await rowsOf(tx, condition, PAGE + 1);
  const items = rows.slice(0, PAGE);
  return { items, next: rows.length > PAGE ? (items.at(-1) ?? null) : null };
}

/** Shows one errand; null where there is none, or it is not for the caller. */
export async function showErrand(
  tx: Transaction,
  caller: Caller,
  kinds: readonly ErrandKind[],
  id: string,
): Promise<ErrandView | null> {
  const [row] = await rowsOf(tx, and(eq(errands.id, id), seenBy(caller, kinds)), 1);
  return row ?? null;
}

/** Stops an errand that waits or runs; one that has ended stays as it is. Null where there is none for the caller to stop. */
export async function stopErrand(
  tx: Transaction,
  caller: Caller,
  kinds: readonly ErrandKind[],
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<ErrandView | null> {
  const mayStop = kinds.filter(({ roles }) => roles.includes(caller.role));
  const isTheirs = and(eq(errands.id, id), seenBy(caller, mayStop));
  await tx
    .update(errands)
    .set({ state: "stopped", endedAt: now, runId: null })
    .where(and(isTheirs, inArray(errands.state, ["waiting", "running"])));
  const [row] = await rowsOf(tx, isTheirs, 1);
  return row ?? null;
}

/** The file that an errand made; null where there is none, or no longer, or it is not for the caller as they are now. */
export async function fileOf(
  { tx, vault }: { readonly tx: Transaction; readonly vault: Vault },
  caller: Caller,
  kinds: readonly ErrandKind[],
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<{ readonly name: string; readonly contentType: string; readonly content: Uint8Array } | null> {
  const [row] = await tx
    .select({
      file: { id: files.id, name: files.name, contentType: files.contentType, content: files.content },
      ...{ kind: errands.kind, asked: errands.asked },
    })
    .from(files)
    .innerJoin(errands, eq(errands.id, files.errandId))
    .where(and(eq(errands.id, id), seenBy(caller, kinds), sql`${files.expiresAt} > ${now.toISOString()}::timestamptz`));
  const kind = kinds.find(({ name }) => name === row?.kind);
  if (row === undefined || kind === undefined) return null;
  const isTheirs = kind.roles.includes(caller.role) || kind.seenBy.includes(caller.role);
  if (!isTheirs || kind.mayTake?.(caller, row.asked) === false) return null;
  const { id: fileId, name, contentType, content } = row.file;
  return { name, contentType, content: Buffer.from(vault.open(content, filePurpose(fileId)), "base64") };
}

/** Deletes the files in which cases of the county stand: for whenever one of them is sealed or erased, for nobody knows in which files it is. */
export async function forgetCaseFiles(tx: Transaction): Promise<void> {
  await tx.execute(sql`delete from files f using errands e where e.id = f.errand_id and e.kind = ${CASE_LIST}`);
}

/** The purpose for which a file is sealed. */
export function filePurpose(id: string): string {
  return `file:${id}`;
}

/** Whoever asked sees an errand, and the roles for which its kind is. */
function seenBy(caller: Caller, kinds: readonly ErrandKind[]) {
  const open = kinds.filter((kind) => kind.seenBy.includes(caller.role)).map(({ name }) => name);
  return or(eq(errands.askedBy, caller.id), open.length === 0 ? undefined : inArray(errands.kind, open));
}

async function rowsOf(tx: Transaction, condition: ReturnType<typeof and>, limit: number): Promise<ErrandView[]> {
  const rows = await tx
    .select({
      errand: errands,
      file: { name: files.name, type: files.contentType, bytes: files.bytes, until: files.expiresAt },
    })
    .from(errands)
    .leftJoin(files, eq(files.errandId, errands.id))
    .where(condition)
    .orderBy(desc(errands.madeAt), desc(errands.id))
    .limit(limit);
  return rows.map(({ errand, file }) => ({
    ...{ id: errand.id, kind: errand.kind, state: errand.state, done: errand.done, total: errand.total },
    ...{ by: errand.askedByName, madeAt: errand.madeAt.toISOString(), endedAt: errand.endedAt?.toISOString() ?? null },
    ...{ asked: errand.asked, answer: errand.answer, problem: errand.problem },
    file: file === null ? null : { ...file, until: file.until.toISOString() },
  }));
}
