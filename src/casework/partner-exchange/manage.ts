import { isIP } from "node:net";
import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { partnerMessages } from "../../../db/schema/outbox.ts";
import { type PartnerRecord, partners, units } from "../../../db/schema/people.ts";
import { staffChanges } from "../../../db/schema/sign-in.ts";
import type { Vault } from "../../../db/vault.ts";
import { PARTNER_STATUSES, PARTNER_TYPES, type PartnerStatus, type PartnerType } from "../../domain/acts/partner.ts";
import { readNetworks } from "../../networks.ts";
import { type ChangedBy, noteStaffChange } from "../access/staff-changes.ts";
import { readCounty } from "../county/settings.ts";
import { partnerPurpose } from "./account.ts";

/** A partner as somebody wants it; `unit` is one that there is, `title` and `aliases` those of a unit that comes with it. */
export type WantedPartner = {
  readonly name: string;
  readonly type: string;
  readonly url: string;
  /** Left out where the one that it has stays. */
  readonly secret?: string | undefined;
  readonly jurisdictionCode?: string | undefined;
  readonly services?: Readonly<Record<string, string>> | undefined;
  readonly statusMap?: Readonly<Record<string, string>> | undefined;
  readonly unit?: string | undefined;
  readonly title?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
};

/** A partner that was written, with what is weak about it, or every problem, a plain sentence each, with which nothing was written. */
export type WrittenPartner =
  | { readonly ok: true; readonly partner: PartnerRecord; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Two people may add a partner of one name at once. */
const LOCK = 720_411_394;

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** Shorter secrets can be guessed by whoever sees signed calls. */
const SAFE_SECRET_BYTES = 24;

/** Adds a partner to the county whose transaction this is, or changes the one that it has; with the unit that it speaks for. */
export async function writePartner(
  tx: Transaction,
  vault: Vault,
  changed: ChangedBy,
  wanted: WantedPartner,
): Promise<WrittenPartner> {
  const { code, settings } = await readCounty(tx);
  const problems = problemsOf(wanted, settings.partnerNetworks ?? []);
  const [before] = await tx.select().from(partners).where(eq(partners.name, wanted.name)).for("no key update");
  if (before === undefined && !wanted.secret) problems.push("A new partner needs a secret.");
  if (before !== undefined && before.type !== wanted.type)
    problems.push(`The partner ${wanted.name} is of another type.`);
  if (problems.length > 0) return { ok: false, problems };
  const unitId = before?.unitId ?? (await unitFor(tx, changed.jurisdictionId, wanted));
  if (typeof unitId !== "string") return { ok: false, problems: [unitId.problem] };
  const id = before?.id ?? newId();
  const row = {
    ...{ url: wanted.url.replace(/\/+$/, ""), statusMap: (wanted.statusMap ?? before?.statusMap ?? {}) as StatusMap },
    ...{ services: wanted.services ?? before?.services ?? {} },
    jurisdictionCode: wanted.jurisdictionCode ?? before?.jurisdictionCode ?? code,
    // Whoever gives it another address wants to know at once whether that one answers.
    ...{ failures: 0, restsUntil: null },
    ...(wanted.secret ? { secret: vault.seal(wanted.secret, partnerPurpose(id)) } : {}),
  };
  const added = { id, name: wanted.name, type: wanted.type as PartnerType, unitId, secret: new Uint8Array(), ...row };
  const [written] =
    before === undefined
      ? await tx
          .insert(partners)
          .values({
            ...added,
            jurisdictionId: changed.jurisdictionId,
            addedBy: changed.by?.name ?? "command line",
            addedAt: changed.at,
          })
          .onConflictDoNothing()
          .returning()
      : await tx
          .update(partners)
          .set({ ...row, revision: sql`${partners.revision} + 1` })
          .where(eq(partners.id, before.id))
          .returning();
  if (written === undefined)
    return { ok: false, problems: [`The name ${wanted.name}, or its unit, has a partner already.`] };
  await noteStaffChange(tx, changed, {
    what: before === undefined ? "partner-added" : "partner-changed",
    subjectId: id,
    name: wanted.name,
    before: before === undefined ? null : { type: before.type, url: before.url },
    after: { type: written.type, url: written.url, secret: wanted.secret === undefined ? "kept" : "set" },
  });
  return { ok: true, partner: written, warnings: weaknesses(wanted) };
}

type StatusMap = Record<string, PartnerStatus>;

function problemsOf(wanted: WantedPartner, networks: readonly string[]): string[] {
  const problems: string[] = [];
  if (!NAME.test(wanted.name)) {
    problems.push("The name has 1 to 40 small letters, digits and -, for it is part of an address.");
  }
  if (!PARTNER_TYPES.some((type) => type === wanted.type)) {
    problems.push(`There is no type ${wanted.type}; there is ${PARTNER_TYPES.join(", ")}.`);
  }
  const address = addressProblem(wanted.url, networks);
  if (address !== null) problems.push(address);
  const unknown = Object.values(wanted.statusMap ?? {}).filter(
    (one) => !PARTNER_STATUSES.some((known) => known === one),
  );
  if (unknown.length > 0) {
    problems.push(`A map of states leads to ${PARTNER_STATUSES.join(", ")}, not to ${unknown.join(", ")}.`);
  }
  return problems;
}

/** What is wrong with an address: encrypted, or an address in numbers within the networks that the county named for that. */
function addressProblem(text: string, networks: readonly string[]): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") {
    return "The address is none, or has a name, a password or a # in it.";
  }
  if (url.protocol === "https:") return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const version = isIP(host);
  const allowed = readNetworks(networks.join(","));
  const isInside = version !== 0 && allowed?.check(host, version === 6 ? "ipv6" : "ipv4") === true;
  if (url.protocol === "http:" && isInside) return null;
  return "The address must begin with https://; http:// is for addresses in numbers within the county's partner networks: liaison county set --partner-networks 10.0.0.0/8";
}

function weaknesses({ type, secret }: WantedPartner): string[] {
  const isShort = type === "webhook" && secret !== undefined && Buffer.byteLength(secret) < SAFE_SECRET_BYTES;
  return isShort ? [`The secret is short: one of ${SAFE_SECRET_BYTES} bytes or more cannot be guessed.`] : [];
}

/** The unit for which a partner speaks: the one that was named, or one that comes with it. */
async function unitFor(
  tx: Transaction,
  jurisdictionId: string,
  { name, unit, title, aliases }: WantedPartner,
): Promise<string | { readonly problem: string }> {
  const [found] = await tx
    .select({ id: units.id })
    .from(units)
    .where(eq(units.code, unit ?? name));
  if (unit !== undefined) return found?.id ?? { problem: `There is no unit ${unit}.` };
  if (found !== undefined) {
    return { problem: `There is a unit ${name} already: say --unit ${name} where the partner is its way.` };
  }
  const id = newId();
  await tx.insert(units).values({ id, jurisdictionId, code: name, name: title ?? name, aliases: [...(aliases ?? [])] });
  return id;
}

/** Locks a partner until the commit, also the name of one that is not there yet; with its latest change. Null where it is not there. */
export async function lockPartner(
  tx: Transaction,
  name: string,
): Promise<{
  readonly revision: number;
  readonly changed: readonly { readonly type: string; readonly by: string; readonly at: string }[];
} | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${name}))`);
  const [row] = await tx
    .select({ id: partners.id, revision: partners.revision })
    .from(partners)
    .where(eq(partners.name, name))
    .for("no key update");
  if (row === undefined) return null;
  const latest = await tx
    .select({ type: staffChanges.what, by: staffChanges.by, at: staffChanges.at })
    .from(staffChanges)
    .where(eq(staffChanges.subjectId, row.id))
    .orderBy(desc(staffChanges.seq))
    .limit(1);
  return { revision: row.revision, changed: latest.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })) };
}

/** Pauses a partner, or lets it go on, in the transaction of its county; null where there is none of this name. */
export async function pausePartner(
  tx: Transaction,
  changed: ChangedBy,
  name: string,
  isPaused: boolean,
): Promise<PartnerRecord | null> {
  const [partner] = await tx
    .update(partners)
    .set({
      pausedAt: isPaused ? changed.at : null,
      failures: 0,
      restsUntil: null,
      revision: sql`${partners.revision} + 1`,
    })
    .where(and(eq(partners.name, name), isPaused ? isNull(partners.pausedAt) : isNotNull(partners.pausedAt)))
    .returning();
  if (partner === undefined) {
    const [same] = await tx.select().from(partners).where(eq(partners.name, name));
    return same ?? null;
  }
  const what = isPaused ? "partner-paused" : "partner-resumed";
  await noteStaffChange(tx, changed, { what, subjectId: partner.id, name, before: null, after: null });
  return partner;
}

/**
 * Sends a message again that was given up, under the same id, with all its tries before it but the first: that one may have arrived.
 *
 * @returns false where it was not given up, or is not there
 */
export async function sendAgain(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const [again] = await tx
    .update(partnerMessages)
    .set({ state: "waiting", tries: 1, dueAt: now, settledAt: null, leaseUntil: null })
    .where(and(eq(partnerMessages.id, id), eq(partnerMessages.state, "failed")))
    .returning({ partnerId: partnerMessages.partnerId });
  if (again === undefined) return false;
  await tx.update(partners).set({ failures: 0, restsUntil: null }).where(eq(partners.id, again.partnerId));
  return true;
}
