import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import { openPhoto } from "../cases/photo-file.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { findCase } from "../staff/find-case.ts";
import { noteCaseReading, noteReading, passFor } from "../staff/readings.ts";

/** A photo of a case as somebody of the staff looks at it; or why they do not. */
type Shown =
  | { readonly ok: true; readonly picture: Uint8Array; readonly contentType: string }
  | { readonly ok: false; readonly why: "not-here" | "reason-needed" };

/** Shows a photo that the office or a station put into a case. It is read as the case is: written down, and where that is sealed for a reason alone. */
export async function showPhoto(
  tx: Transaction,
  runtime: Runtime,
  asked: { readonly caller: Caller; readonly number: string; readonly photo: string; readonly request: string },
): Promise<Shown> {
  const { caller, number, photo, request } = asked;
  const now = runtime.now();
  const today = dayIn(now, runtime.timeZone);
  const found = await findCase(tx, caller, number, today);
  if (found === null) return { ok: false, why: "not-here" };
  const { subject, isSealed } = found;
  const reading = { caller, caseId: subject.id, now, request };
  const reason = isSealed ? await passFor(tx, reading) : null;
  if (isSealed && reason === null && caller.kind === "person") return { ok: false, why: "reason-needed" };
  const [row] = await tx
    .select({ hash: media.hash, sealedFor: media.sealedFor, type: media.contentType })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "office"), eq(media.id, photo)));
  if (row === undefined || row.hash === null) return { ok: false, why: "not-here" };
  if (isSealed) await noteReading(tx, reading, "sealed", { reason, note: null });
  else await noteCaseReading(tx, reading, today);
  const picture = await openPhoto(
    runtime,
    { jurisdictionId: subject.jurisdictionId, hash: row.hash },
    row.sealedFor === null ? null : subject.keyWrapped,
  );
  return { ok: true, picture, contentType: row.type ?? "image/jpeg" };
}
