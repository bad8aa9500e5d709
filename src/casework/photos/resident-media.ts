import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { endingOf } from "../../domain/messages/file-kinds.ts";
import { openPhoto } from "../cases/photo-file.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { findCase } from "../staff/find-case.ts";
import type { AskedReading } from "../staff/originals.ts";
import { noteReading, passFor } from "../staff/readings.ts";

/** What a resident sent besides words, as a file; or why it is not shown. `not-kept`: it was never fetched, or is erased. */
type ResidentMedia =
  | { readonly ok: true; readonly name: string; readonly contentType: string; readonly content: Uint8Array }
  | { readonly ok: false; readonly why: "not-here" | "reason-needed" | "not-kept" };

/** The endings of names by what a file is; of one that a former version kept, by its form. */
const ENDINGS: Readonly<Record<string, string>> = { image: "jpg", voice: "amr", video: "mp4", file: "bin" };

/**
 * Reads a photo, a recording or a film of a case as its resident sent it, by the rules of originals: it may show papers and faces. That
 * is written down each time, before it leaves.
 */
export async function readResidentMedia(
  tx: Transaction,
  runtime: Runtime,
  asked: AskedReading & { readonly media: string },
): Promise<ResidentMedia> {
  const now = runtime.now();
  const found = await findCase(tx, asked.caller, asked.number, dayIn(now, runtime.timeZone));
  if (found === null) return { ok: false, why: "not-here" };
  const { caller, reason, note, request } = asked;
  const { subject, isSealed } = found;
  const reading = { caller, caseId: subject.id, now, request };
  if (isSealed && (await passFor(tx, reading)) === null) return { ok: false, why: "reason-needed" };
  const [row] = await tx
    .select({ hash: media.hash, form: media.form, sealedFor: media.sealedFor, type: media.contentType })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.direction, "in"), eq(media.id, asked.media)));
  if (row === undefined) return { ok: false, why: "not-here" };
  if (row.hash === null) return { ok: false, why: "not-kept" };
  const kept = { jurisdictionId: subject.jurisdictionId, hash: row.hash };
  const content = await openPhoto(runtime, kept, row.sealedFor === null ? null : subject.keyWrapped).catch(ifGone);
  if (content === null) return { ok: false, why: "not-kept" };
  await noteReading(tx, reading, "original", { reason, note });
  const { form, type } = row;
  return {
    ok: true,
    name: `${asked.number}.${(type === null ? null : endingOf(type)) ?? ENDINGS[form]}`,
    contentType: type ?? "application/octet-stream",
    content,
  };
}

function ifGone(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
