import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { BoundAs } from "../../domain/dialog/state.ts";
import { endChat, listChats, type SpokenFor } from "../bindings/end-chat.ts";
import { inForce } from "../bindings/in-force.ts";
import { type ListKind, latestListChanges, noteListChanges } from "../county/places-ledger.ts";
import { drawRoleInvite } from "../deputy/invite-role.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Changing, NotChanged } from "./change-row.ts";

/** The chats in which somebody speaks for a unit, a station or a grid, and how many codes are on their way. */
export type ChatsOf = {
  readonly name: string;
  readonly chats: readonly { readonly id: string; readonly since: string }[];
  readonly openCodes: number;
  /** Another one after anybody was bound, or somebody's binding ended. */
  readonly etag: string;
};

const LISTS: Readonly<Record<BoundAs, ListKind & `${string}s`>> = {
  unit: "units",
  station: "stations",
  "grid-worker": "grids",
};

/** Shows who speaks for one of these in chat; null where there is none of this code today. */
export async function showChats(
  tx: Transaction,
  of: SpokenFor,
  { today, now }: { readonly today: string; readonly now: Date },
): Promise<ChatsOf | null> {
  const found = await inForce(tx, of, today);
  if (found === undefined) return null;
  const [codes] = await tx.execute<{ open: number }>(sql`
    select count(*)::int as open from binding_invites i where i.role = ${of.role} and i.ref = ${of.ref} and i.used_at is null
      and i.expires_at > ${now.toISOString()}::timestamptz`);
  const chats = await listChats(tx, of);
  return { name: found.name, chats, openCodes: codes?.open ?? 0, etag: await versionOf(tx, of) };
}

/** Draws a code for somebody more, and notes in the county's ledger who did; null where there is none of this code today. */
export async function inviteByStaff(
  runtime: Pick<Runtime, "vault" | "now" | "timeZone">,
  { tx, caller, now }: Pick<Changing, "tx" | "caller" | "now">,
  of: SpokenFor,
  isRepeated: boolean,
) {
  const { jurisdictionId, name: by } = caller;
  const drawn = await drawRoleInvite(runtime, tx, jurisdictionId, of, isRepeated);
  if (drawn !== null && !isRepeated) {
    const change = { what: "invited", before: null, after: drawn.until?.toISOString() ?? null };
    await noteListChanges(tx, { jurisdictionId, kind: LISTS[of.role], code: of.ref }, [change], { by, at: now });
  }
  return drawn;
}

/**
 * Ends that a chat speaks for one of these, and notes in the county's ledger who did.
 * @param changing.match the version that they have seen; null where it was not asked for
 * @returns null when it is done
 */
export async function endChatByStaff(
  { tx, caller, now, match }: Pick<Changing, "tx" | "caller" | "now"> & { readonly match: string | null },
  of: SpokenFor,
  id: string,
): Promise<NotChanged | null> {
  const { jurisdictionId, name: by } = caller;
  const kind = LISTS[of.role];
  // Two who end chats of one place wait for each other.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`chats ${jurisdictionId} ${kind}/${of.ref}`}, 0))`,
  );
  if (match !== null) {
    const etag = await versionOf(tx, of);
    if (etag !== match) return { why: "faster", since: await latestListChanges(tx, kind, of.ref), etag };
  }
  if (!(await endChat(tx, { ...of, id }, now))) return { why: "not-here" };
  const change = { what: "chat-ended", before: id, after: null };
  await noteListChanges(tx, { jurisdictionId, kind, code: of.ref }, [change], { by, at: now });
  return null;
}

async function versionOf(tx: Transaction, { role, ref }: SpokenFor): Promise<string> {
  const [read] = await tx.execute<{ etag: string }>(sql`
    select 'v' || left(md5(coalesce(string_agg(b.id::text || coalesce(b.ended_at::text, ''), '' order by b.id), '')), 16) as etag
    from bindings b where b.role = ${role} and b.ref = ${ref} and b.ended_at is null`);
  return read?.etag ?? "v0";
}
