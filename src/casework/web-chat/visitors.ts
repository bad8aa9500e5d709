import { randomBytes, randomInt } from "node:crypto";
import { and, count, eq, gt, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type WebVisitor, webVisitors } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { CODES, codeOf, TOKEN_BYTES, tokenOf } from "../../domain/web-chat/link.ts";
import { afterWrongCode, isLocked, OPEN_LOCK } from "../../domain/web-chat/link-lock.ts";
import type { Runtime } from "../runtime/runtime.ts";

type Services = Pick<Runtime, "database" | "vault" | "now">;

/** The link of a visitor and the code that is asked for with it. */
export type VisitorLink = { readonly token: string; readonly code: string };

/** For so long the link is shown to whoever has the cookie, unless they say before that they have kept it. */
const SHOWN_MS = 30 * 60_000;

const tokenPurpose = (accountId: string) => `web-token:${accountId}`;
const codePurpose = (accountId: string) => `web-code:${accountId}`;
const pagePurpose = (accountId: string) => `web-page:${accountId}`;
const linkPurpose = (visitorId: string) => `web-link:${visitorId}`;

/**
 * Makes a visitor of whoever sends their first message.
 *
 * @param page the key of the page
 * @param proof the challenge that was proved; null where none was asked for
 * @returns `used` where the key or the challenge has served already
 */
export async function makeVisitor(
  { database, vault, now }: Services,
  account: ChannelAccount,
  { page, proof }: { readonly page: string; readonly proof: string | null },
): Promise<WebVisitor | "used"> {
  const [id, at] = [newId(), now()];
  const link: VisitorLink = { token: tokenOf(randomBytes(TOKEN_BYTES)), code: codeOf(randomInt(CODES)) };
  const pageHash = vault.blindIndex(page, pagePurpose(account.id));
  const key = vault.blindIndex(link.token, tokenPurpose(account.id));
  const visitor = {
    ...{ id, jurisdictionId: account.jurisdictionId, accountId: account.id, pageHash, proof, lock: OPEN_LOCK },
    ...{ key, peer: vault.blindIndex(key, account.id) },
    codeHash: codeHashOf(vault, account.id, link),
    linkSealed: vault.seal(JSON.stringify(link), linkPurpose(id)),
    ...{ createdAt: at, seenAt: at },
  };
  return database.inCounty(account.jurisdictionId, async (tx) => {
    const [made] = await tx.insert(webVisitors).values(visitor).onConflictDoNothing().returning();
    return made ?? "used";
  });
}

/**
 * The visitor whom a page has made already, where it is sent again because its answer was lost; null for a new page. Once the link is
 * shown no more, the key of its page opens nothing.
 */
export async function visitorOfPage(
  { database, vault, now }: Services,
  account: ChannelAccount,
  page: string,
): Promise<WebVisitor | "used" | null> {
  const pageHash = vault.blindIndex(page, pagePurpose(account.id));
  const same = and(eq(webVisitors.accountId, account.id), eq(webVisitors.pageHash, pageHash));
  const [made] = await database.inCounty(account.jurisdictionId, (tx) => tx.select().from(webVisitors).where(same));
  if (made === undefined) return null;
  return isShown(made, now()) ? made : "used";
}

/** The visitor whom a cookie names, at this account; notes that they were here, and opens their link again. Null where there is none. */
export async function recogniseVisitor(
  { database, now }: Services,
  account: ChannelAccount,
  ids: readonly string[],
): Promise<WebVisitor | null> {
  if (ids.length === 0) return null;
  return database.inCounty(account.jurisdictionId, async (tx) => {
    const named = and(inArray(webVisitors.id, [...ids]), eq(webVisitors.accountId, account.id));
    const [found] = await tx.select().from(webVisitors).where(named).limit(1);
    if (found === undefined) return null;
    const isQuiet = now().getTime() - found.seenAt.getTime() > SEEN_EACH_MS;
    if (!isQuiet && !found.lock.tillReturn) return found;
    const change = { seenAt: now(), ...(found.lock.tillReturn ? { lock: OPEN_LOCK } : {}) };
    await tx.update(webVisitors).set(change).where(eq(webVisitors.id, found.id));
    return { ...found, ...change };
  });
}

/** How exactly it is noted when somebody was here. */
const SEEN_EACH_MS = 60 * 60_000;

/** The result of opening a link: its visitor; or `code` where a code is needed, `wrong` or `locked`. */
export type Opened =
  | { readonly kind: "open"; readonly visitor: WebVisitor }
  | { readonly kind: "code" | "wrong" | "locked" };

/**
 * Opens a link on another device, by its code; on a device that the same visitor has opened already, without one. A link that does not
 * exist is answered as one with a wrong code is.
 */
export async function openLink(
  { database, vault, now }: Services,
  account: ChannelAccount,
  given: { readonly token: string; readonly code: string | null; readonly known: WebVisitor | null },
): Promise<Opened> {
  const { token, code, known } = given;
  const key = vault.blindIndex(token, tokenPurpose(account.id));
  if (known !== null && known.key === key) return { kind: "open", visitor: known };
  if (code === null) return { kind: "code" };
  return database.inCounty(account.jurisdictionId, async (tx): Promise<Opened> => {
    const its = and(eq(webVisitors.accountId, account.id), eq(webVisitors.key, key));
    const [visitor] = await tx.select().from(webVisitors).where(its).for("update");
    if (visitor === undefined) return { kind: "wrong" };
    if (isLocked(visitor.lock, now())) return { kind: "locked" };
    const isRight = visitor.codeHash === codeHashOf(vault, account.id, { token, code });
    const lock = isRight ? OPEN_LOCK : afterWrongCode(visitor.lock, now());
    await tx.update(webVisitors).set({ lock, seenAt: now() }).where(eq(webVisitors.id, visitor.id));
    if (isRight) return { kind: "open", visitor: { ...visitor, lock } };
    return { kind: isLocked(lock, now()) ? "locked" : "wrong" };
  });
}

/** The link of a visitor, as long as it is shown; null afterwards. */
export function linkOf({ vault, now }: Services, visitor: WebVisitor): VisitorLink | null {
  if (visitor.linkSealed === null || !isShown(visitor, now())) return null;
  return JSON.parse(vault.open(visitor.linkSealed, linkPurpose(visitor.id)));
}

/** Shows a link no more: its person has kept it, or its time is over. Nobody can read it here any more. */
export async function hideLink({ database }: Services, { id, jurisdictionId }: WebVisitor): Promise<void> {
  await database.inCounty(jurisdictionId, (tx) =>
    tx.update(webVisitors).set({ linkSealed: null }).where(eq(webVisitors.id, id)),
  );
}

/** Counts the visitors whom an account has had since a moment, whichever process met them. */
export async function countNewcomers({ database }: Services, account: ChannelAccount, since: Date): Promise<number> {
  const lately = and(eq(webVisitors.accountId, account.id), gt(webVisitors.createdAt, since));
  const [row] = await database.inCounty(account.jurisdictionId, (tx: Transaction) =>
    tx.select({ number: count() }).from(webVisitors).where(lately),
  );
  return row?.number ?? 0;
}

function isShown({ linkSealed, createdAt }: WebVisitor, at: Date): boolean {
  return linkSealed !== null && at.getTime() - createdAt.getTime() < SHOWN_MS;
}

function codeHashOf(vault: Services["vault"], accountId: string, { token, code }: VisitorLink): string {
  return vault.blindIndex(`${token}:${code}`, codePurpose(accountId));
}
