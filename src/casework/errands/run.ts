import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import { errands, files } from "../../../db/schema/errands.ts";
import { isTransient } from "../../../db/transient-error.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { filePurpose } from "./errands.ts";
import { ErrandFailed, type ErrandKind, type ErrandResult } from "./kind.ts";

/** An errand that a run has taken. */
export type TakenErrand = {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly kind: string;
  readonly asked: unknown;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly runId: string;
};

/** How often a run says that it is alive, and how far it is. */
const BEAT_MS = 1000;
/** A run that is silent for so long has ended with its process. */
const SILENT_MS = 15_000;
/** Whatever ended so many runs would end the next one too. */
const MOST_RUNS = 5;
const MOST_FILE_BYTES = 64 * 1024 * 1024;

const FAILED = { title: "It failed", detail: "Something failed here. It has been noted; ask for it again later." };
const BROKEN_OFF = {
  title: "It was broken off",
  detail: `Its process ended ${MOST_RUNS} times before it was done.`,
};

/**
 * Takes the errand that waits longest in a county, of a kind of which none runs; one whose run fell silent is begun again.
 * @param options.kinds names of the kinds that this process knows: others are left to newer processes
 */
export async function takeErrand(
  database: Database,
  jurisdictionId: string,
  options: { readonly kinds: readonly string[]; readonly now: Date; readonly silentMs?: number },
): Promise<TakenErrand | null> {
  const { kinds, now, silentMs = SILENT_MS } = options;
  const known = `{${kinds.join()}}`;
  const isSilent = sql`state = 'running' and heard_at < clock_timestamp() - ${silentMs} * interval '1 millisecond'`;
  return database.inCounty(jurisdictionId, async (tx) => {
    const [any] = await tx.execute(
      sql`select 1 from errands where state in ('waiting', 'running') and kind = any(${known}::text[]) limit 1`,
    );
    if (any === undefined) return null;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('liaison.errands'), hashtext(${jurisdictionId}))`);
    await tx.execute(sql`
      update errands set state = 'failed', run_id = null, ended_at = ${now.toISOString()}::timestamptz,
        problem = ${JSON.stringify(BROKEN_OFF)}::jsonb
      where ${isSilent} and runs >= ${MOST_RUNS}`);
    const runId = newId();
    const [taken] = await tx.execute<Omit<TakenErrand, "jurisdictionId" | "runId">>(sql`
      update errands set state = 'running', run_id = ${runId}::uuid, heard_at = clock_timestamp(), runs = runs + 1,
        done = 0, total = null
      where id = (
        select id from errands e where kind = any(${known}::text[]) and (
          (${isSilent}) or (state = 'waiting' and not exists (
            select from errands r where r.kind = e.kind and r.state = 'running'))
        ) order by made_at, id limit 1)
      returning id, kind, asked, asked_by as "askedBy", asked_by_name as "askedByName"`);
    return taken === undefined ? null : { ...taken, jurisdictionId, runId };
  });
}

/**
 * Does an errand that was taken, and writes down what came of it: done, or failed. One that was stopped meanwhile leaves nothing;
 * one whose process ends waits again.
 * @param services.long the database for the work itself, with the limits of the command line
 */
export async function runErrand(
  services: { readonly runtime: Runtime; readonly long: Database },
  kind: ErrandKind,
  taken: TakenErrand,
  leaving: AbortSignal,
): Promise<void> {
  const { runtime, long } = services;
  const { id, jurisdictionId, asked, askedBy, askedByName } = taken;
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, leaving]);
  let far: { readonly done: number; readonly total: number | null } = { done: 0, total: null };
  const beating = beats(async () => {
    const isOurs = await change(runtime.database, taken, { ...far, heardAt: sql`clock_timestamp()` });
    if (!isOurs) stopped.abort(new Error("the errand was stopped"));
  });
  try {
    const result = await kind.run(
      {
        ...{ id, jurisdictionId, signal, runtime: { ...runtime, database: long } },
        by: { id: askedBy, name: askedByName },
        progress(done, total) {
          far = { done, total };
        },
      },
      asked,
    );
    await beating.end();
    await settle(runtime, taken, { ...result, ...far, keptMs: kind.keptMs });
  } catch (error) {
    await beating.end();
    if (stopped.signal.aborted) return;
    if (leaving.aborted) {
      await change(runtime.database, taken, { state: "waiting", runId: null });
      return;
    }
    // Its run falls silent, and another one begins again when the database is back.
    if (isTransient(error)) throw error;
    const isPlain = error instanceof ErrandFailed;
    if (!isPlain) runtime.log.error({ err: error, errand: id, kind: kind.name }, "an errand failed");
    const problem = isPlain ? { ...FAILED, detail: error.message } : FAILED;
    await change(runtime.database, taken, { state: "failed", runId: null, endedAt: runtime.now(), problem });
  }
}

/** Deletes the errands of a county that are older than seven days, with their files and differences. */
export async function forgetErrands(database: Database, jurisdictionId: string, now: Date): Promise<void> {
  await database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(sql`delete from errands where expires_at < ${now.toISOString()}::timestamptz`);
    await tx.execute(sql`delete from files where expires_at < ${now.toISOString()}::timestamptz`);
  });
}

/** @returns false where the errand is no longer this run's */
async function change(
  database: Database,
  { id, jurisdictionId, runId }: TakenErrand,
  to: PgUpdateSetSource<typeof errands>,
): Promise<boolean> {
  const changed = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .update(errands)
      .set(to)
      .where(and(eq(errands.id, id), eq(errands.runId, runId), eq(errands.state, "running")))
      .returning({ id: errands.id }),
  );
  return changed.length > 0;
}

async function settle(
  { database, vault, now }: Runtime,
  { id, jurisdictionId, runId }: TakenErrand,
  {
    answer,
    file,
    done,
    total,
    keptMs,
  }: ErrandResult & { readonly done: number; readonly total: number | null; readonly keptMs: number | undefined },
): Promise<void> {
  if (file !== undefined && file.content.length > MOST_FILE_BYTES) {
    throw new ErrandFailed("The file would be larger than 64 MB: ask for less at once.");
  }
  await database.inCounty(jurisdictionId, async (tx) => {
    const ended = await tx
      .update(errands)
      .set({ state: "done", answer, done: total ?? done, total: total ?? done, endedAt: now(), runId: null })
      .where(and(eq(errands.id, id), eq(errands.runId, runId), eq(errands.state, "running")))
      .returning({ expiresAt: errands.expiresAt });
    if (ended[0] === undefined || file === undefined) return;
    const fileId = newId();
    await tx.insert(files).values({
      ...{ id: fileId, jurisdictionId, errandId: id, name: file.name, contentType: file.contentType },
      bytes: file.content.length,
      content: vault.seal(Buffer.from(file.content).toString("base64"), filePurpose(fileId)),
      madeAt: now(),
      expiresAt: keptMs === undefined ? ended[0].expiresAt : new Date(now().getTime() + keptMs),
    });
  });
}

/** Does something each second, one after the other; what fails is tried again with the next. */
function beats(beat: () => Promise<void>): { end(): Promise<void> } {
  let current: Promise<void> | null = null;
  const timer = setInterval(() => {
    current ??= beat()
      .catch(() => undefined)
      .finally(() => {
        current = null;
      });
  }, BEAT_MS);
  return {
    async end() {
      clearInterval(timer);
      await current;
    },
  };
}
