import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { caseMessages } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { Standing } from "../../domain/answer-page/standing.ts";
import type { Due } from "../../domain/calendar/due.ts";
import { unitOf } from "../actions/close-case.ts";
import { deputyLines, toldLines } from "../cases/describe.ts";
import { openPhoto } from "../cases/photo-file.ts";
import { keyPurpose, threadOf } from "../cases/thread.ts";
import { fetchMedia } from "../incoming-files/fetch.ts";
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
  /** The photos, recordings and files that its resident sent; none where they may show who that is. */
  readonly files: readonly PageFile[];
  readonly areFilesWithheld: boolean;
  /** Whether a unit has it, so that a closing says how the deputy knows. */
  readonly asksHow: boolean;
};

/** A file on a page, by its name; how a recording is played depends on its content type, null while it was not fetched. */
export type PageFile = { readonly name: string; readonly form: Row["form"]; readonly contentType: string | null };

type Row = typeof media.$inferSelect;

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

/** A file as it is sent to a page; `isAttached` where it is kept, not shown. */
export type PageContent = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly isAttached: boolean;
};

/** Reads a file that a page shows, which is fetched where it was not yet; null where the page shows no such file, or it is gone. */
export async function pageFile(
  runtime: Runtime,
  accounts: readonly ChannelAccount[],
  { id, name }: { readonly id: string; readonly name: string },
): Promise<PageContent | null> {
  if (!/^[0-9a-f-]{36}$/.test(name)) return null;
  const read = () => withLink(runtime, accounts, id, (locked) => contentOn(locked, name));
  const first = await read();
  if (first === null || !("waits" in first)) return first;
  await fetchMedia(runtime, first.waits);
  const then = await read();
  return then === null || "waits" in then ? null : then;
}

async function contentOn(locked: LockedLink, name: string): Promise<PageContent | { readonly waits: Row } | null> {
  const { turn, subject, standing } = locked;
  const names =
    standing === "open"
      ? (await residentsFiles(locked)).map((one) => one.name)
      : standing === "used"
        ? (await sentOf(locked)).photos
        : [];
  if (!names.includes(name)) return null;
  const [row] = await turn.tx.select().from(media).where(eq(media.id, name));
  if (row?.state === "waiting") return { waits: row };
  if (row?.hash == null) return null;
  const kept = { jurisdictionId: turn.jurisdictionId, hash: row.hash };
  const bytes = await openPhoto(turn.runtime, kept, row.sealedFor === null ? null : subject.keyWrapped).catch(ifGone);
  const contentType = row.contentType ?? "application/octet-stream";
  return bytes === null ? null : { bytes, contentType, isAttached: row.form === "file" || !isShown(contentType) };
}

/** Whether browsers show or play a file of this type by themselves. */
export function isShown(contentType: string | null): boolean {
  return contentType !== null && /^(?:image\/jpeg|audio\/(?:ogg|mp3))$/.test(contentType);
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
  const files = await residentsFiles(locked);
  return {
    ...{ number: line.number, place: line.place, due: line.dueOn, isLate: line.overdue },
    lines: toldLines(await threadOf(turn, subject)),
    files,
    areFilesWithheld: isWithheld(locked) && (await filesOf(turn, subject.id)).length > 0,
    asksHow: (await unitOf(turn, subject)) !== null,
  };
}

/** A photo may show whose it is: of a child, and of who stays unnamed, none leaves the office. */
function isWithheld({ subject }: LockedLink): boolean {
  return subject.minor || subject.unnamed;
}

async function residentsFiles(locked: LockedLink): Promise<PageFile[]> {
  return isWithheld(locked) ? [] : filesOf(locked.turn, locked.subject.id);
}

/** What deputies get of a case: also documents, where the county has decided so. */
async function filesOf({ tx, county }: Turn, caseId: string): Promise<PageFile[]> {
  const forms: readonly Row["form"][] =
    county.settings.forwardsFiles === true ? ["image", "voice", "file"] : ["image", "voice"];
  return tx
    .select({ name: media.id, form: media.form, contentType: media.contentType })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(
      and(
        eq(caseMessages.caseId, caseId),
        eq(caseMessages.party, "resident"),
        inArray(media.form, [...forms]),
        inArray(media.state, ["waiting", "kept"]),
      ),
    )
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
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
