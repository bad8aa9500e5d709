import { and, asc, eq, sql } from "drizzle-orm";
import { caseMessages } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { Standing } from "../../domain/answer-page/standing.ts";
import type { Due } from "../../domain/calendar/due.ts";
import { unitOf } from "../actions/close-case.ts";
import { deputyLines, toldLines } from "../cases/describe.ts";
import { openPhoto } from "../cases/photo-file.ts";
import { keyPurpose, threadOf } from "../cases/thread.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { noteCaseReading } from "../staff/readings.ts";
import type { Turn } from "../turn/turn.ts";
import { type LockedLink, lockLink } from "./locked-link.ts";

/** A case as its deputy sees it on their page: masked, as in chat. */
export type PageCase = {
  readonly number: string;
  readonly place: string;
  readonly due: Due;
  readonly isLate: boolean;
  readonly lines: readonly { readonly party: string; readonly text: string; readonly at: string }[];
  /** The names of the photos that its resident sent; none where they may show who that is. */
  readonly photos: readonly string[];
  readonly arePhotosWithheld: boolean;
  /** Whether a unit has it, so that a closing says how the deputy knows. */
  readonly asksHow: boolean;
};

/** The answer that was sent from a page, as its deputy wrote it. */
export type PageSent = {
  readonly number: string;
  readonly isClosing: boolean;
  readonly text: string;
  readonly photos: readonly string[];
};

/** The content for a device that has opened a link. */
export type ShownPage =
  | { readonly kind: "case"; readonly shown: PageCase }
  | { readonly kind: "sent"; readonly sent: PageSent }
  | { readonly kind: "ended"; readonly standing: Exclude<Standing, "open"> };

/**
 * Reads what a device is shown that has opened a link, for which its cookie vouches; that it read the case is written down once a day.
 *
 * @returns null where none of these accounts has such a link
 */
export async function showPage(
  runtime: Runtime,
  accounts: readonly ChannelAccount[],
  { id, request }: { readonly id: string; readonly request: string },
): Promise<ShownPage | null> {
  return withLink(runtime, accounts, id, async (locked): Promise<ShownPage> => {
    const { standing, turn, subject, deputy } = locked;
    if (standing === "used") return { kind: "sent", sent: await sentOf(locked) };
    if (standing !== "open") return { kind: "ended", standing };
    const { jurisdictionId, now, today, tx } = turn;
    const caller = { id: deputy.id, name: `deputy:${deputy.code}`, role: "deputy", jurisdictionId } as const;
    await noteCaseReading(tx, { caller, caseId: subject.id, now, request }, today);
    return { kind: "case", shown: await caseOf(locked) };
  });
}

/** Reads a photo that a page shows; null where it shows no such photo, or it is gone. */
export async function pagePicture(
  runtime: Runtime,
  accounts: readonly ChannelAccount[],
  { id, photo }: { readonly id: string; readonly photo: string },
): Promise<Uint8Array | null> {
  if (!/^[0-9a-f-]{36}$/.test(photo)) return null;
  return withLink(runtime, accounts, id, async (locked) => {
    const { turn, subject, standing } = locked;
    const names =
      standing === "open"
        ? await residentsPhotos(turn, locked)
        : standing === "used"
          ? (await sentOf(locked)).photos
          : [];
    if (!names.includes(photo)) return null;
    const [row] = await turn.tx
      .select({ hash: media.hash, sealedFor: media.sealedFor })
      .from(media)
      .where(eq(media.id, photo));
    if (row?.hash == null) return null;
    const kept = { jurisdictionId: turn.jurisdictionId, hash: row.hash };
    return openPhoto(runtime, kept, row.sealedFor === null ? null : subject.keyWrapped).catch(ifGone);
  });
}

async function withLink<T>(
  runtime: Runtime,
  accounts: readonly ChannelAccount[],
  id: string,
  work: (locked: LockedLink) => Promise<T>,
): Promise<T | null> {
  for (const account of accounts) {
    const done = await runtime.database.inCounty(account.jurisdictionId, async (tx) => {
      const locked = await lockLink(runtime, tx, account, { id });
      return locked === null ? null : { value: await work(locked) };
    });
    if (done !== null) return done.value;
  }
  return null;
}

async function caseOf(locked: LockedLink): Promise<PageCase> {
  const { turn, subject } = locked;
  const [line] = await deputyLines(turn, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  const photos = await residentsPhotos(turn, locked);
  return {
    ...{ number: line.number, place: line.place, due: line.dueOn, isLate: line.overdue },
    lines: toldLines(await threadOf(turn, subject)),
    photos,
    arePhotosWithheld: isWithheld(locked) && (await imagesOf(turn, subject.id)).length > 0,
    asksHow: (await unitOf(turn, subject)) !== null,
  };
}

/** A photo may show whose it is: of a child, and of who stays unnamed, none leaves the office. */
function isWithheld({ subject }: LockedLink): boolean {
  return subject.minor || subject.unnamed;
}

async function residentsPhotos(turn: Turn, locked: LockedLink): Promise<string[]> {
  return isWithheld(locked) ? [] : imagesOf(turn, locked.subject.id);
}

async function imagesOf({ tx }: Turn, caseId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: media.id })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(and(eq(caseMessages.caseId, caseId), eq(caseMessages.party, "resident"), eq(media.form, "image")))
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  return rows.map(({ id }) => id);
}

/** What the deputy sent in the moment in which the link was used. */
async function sentOf({ turn, link, subject }: LockedLink): Promise<PageSent> {
  const { tx, runtime, jurisdictionId } = turn;
  if (link.usedAt === null) throw new Error("a link that was not used sent nothing");
  const rows = await tx
    .select({
      kind: caseMessages.kind,
      text: caseMessages.text,
      original: caseMessages.original,
      mediaId: caseMessages.mediaId,
    })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "deputy"), eq(caseMessages.at, link.usedAt)))
    .orderBy(asc(caseMessages.id));
  const words = rows.find(({ kind, text }) => (kind === "reply" || kind === "closure") && text !== "");
  const key = runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  return {
    number: subject.number,
    isClosing: rows.some(({ kind }) => kind === "closure"),
    text: words === undefined ? "" : words.original === null ? words.text : key.open(words.original),
    photos: [...new Set(rows.flatMap(({ mediaId }) => mediaId ?? []))],
  };
}

function ifGone(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
