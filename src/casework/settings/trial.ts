import { and, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import type { TrialSetting } from "../../../db/schema/county.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { deputies } from "../../../db/schema/people.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Role } from "../../domain/access/roles.ts";
import { changeSettingsIn, lockSettings } from "../county/settings-change.ts";
import { readTrial, trialCode } from "../county/trial.ts";
import { countHeldBack, type HeldBack, settleHeldBack } from "../delivery/held-back.ts";

type Colleague = { readonly id: string; readonly name: string; readonly role: Role };

/** The trial of a county as its office sees it: who receives something, and what was held back from everybody else. */
export type ShownTrial = {
  readonly etag: string;
  readonly isOn: boolean;
  /** When it was switched last and by whom; null where it never was. */
  readonly at: string | null;
  readonly by: string | null;
  readonly deputies: readonly { readonly code: string; readonly name: string; readonly isBound: boolean }[];
  readonly staff: readonly (Colleague & {
    /** The code that makes a chat theirs; null while no trial is on. */
    readonly code: string | null;
    readonly isJoined: boolean;
  })[];
  /** Whoever of the staff can be listed. */
  readonly colleagues: readonly Colleague[];
  readonly held: HeldBack;
};

/** The trial of the county whose transaction this is. @param showsCodes whether the codes of staff are shown too */
export async function shownTrial(
  tx: Transaction,
  {
    jurisdictionId,
    vault,
    showsCodes,
  }: { readonly jurisdictionId: string; readonly vault: Vault; readonly showsCodes: boolean },
): Promise<ShownTrial> {
  const trial = await readTrial(tx);
  const listed = await tx
    .select({
      code: deputies.code,
      name: deputies.name,
      isBound: sql<boolean>`exists (select from ${conversations} k where k.deputy_id = ${deputies.id})`,
    })
    .from(deputies)
    .where(inArray(deputies.code, [...trial.deputies]))
    .orderBy(asc(deputies.code));
  const colleagues = await tx
    .select({ id: users.id, name: sql<string>`coalesce(${users.name}, '')`, role: users.role })
    .from(users)
    .where(and(isNull(users.endedAt), ne(users.passwordHash, "")))
    .orderBy(asc(users.name), asc(users.id));
  const joined = await tx
    .select({ id: conversations.trialPersonId })
    .from(conversations)
    .where(inArray(conversations.trialPersonId, [...trial.staff]));
  const codeOf = (id: string) => (trial.isOn && showsCodes ? trialCode(vault, jurisdictionId, trial, id) : null);
  return {
    etag: await versionOf(tx),
    isOn: trial.isOn,
    at: trial.at === "" ? null : trial.at,
    by: trial.by === "" ? null : trial.by,
    deputies: listed,
    staff: colleagues
      .filter(({ id }) => trial.staff.includes(id))
      .map((one) => ({ ...one, code: codeOf(one.id), isJoined: joined.some(({ id }) => id === one.id) })),
    colleagues,
    held: await countHeldBack(tx),
  };
}

/** The wanted change of a trial: who is listed, or whether it is on. */
export type TrialChange =
  | { readonly what: "people"; readonly deputies: readonly string[]; readonly staff: readonly string[] }
  | { readonly what: "begin" }
  /** With the number of messages held back that was shown to whoever ends it, and what they want done with them. */
  | { readonly what: "end"; readonly seen: number; readonly held: "send" | "keep" };

/** The reason for which a trial stays as it is. */
export type TrialRefusal =
  | {
      readonly why: "faster";
      /** What others changed since it was seen. */
      readonly since: readonly { readonly type: string; readonly by: string; readonly at: string }[];
      readonly etag: string;
    }
  | { readonly why: "unknown-person"; readonly deputies: readonly string[]; readonly staff: readonly string[] }
  | { readonly why: "is-so" }
  | { readonly why: "held-changed"; readonly count: number };

type By = { readonly seen: string; readonly by: string; readonly now: Date };

/**
 * Changes the trial of the county whose transaction this is. When it ends, what was held back goes on its way only where whoever ends
 * it has seen how much that is, and wants it.
 *
 * @returns the conversations that have something to be sent now
 */
export async function changeTrial(
  tx: Transaction,
  jurisdictionId: string,
  change: TrialChange,
  { seen, by, now }: By,
): Promise<{ readonly ok: true; readonly toDeliver: ReadonlySet<string> } | ({ readonly ok: false } & TrialRefusal)> {
  await lockSettings(tx);
  const etag = await versionOf(tx);
  if (etag !== seen) return { ok: false, why: "faster", since: await changedSince(tx, seen), etag };
  const before = await readTrial(tx);
  const write = (trial: TrialSetting) => changeSettingsIn(tx, jurisdictionId, { trial }, { by, at: now });
  if (change.what === "people") {
    const unknown = await unknownPeople(tx, change);
    if (unknown.deputies.length + unknown.staff.length > 0) return { ok: false, why: "unknown-person", ...unknown };
    await write({
      ...before,
      deputies: [...new Set(change.deputies)].sort(),
      staff: [...new Set(change.staff)].sort(),
    });
    return { ok: true, toDeliver: new Set() };
  }
  const isOn = change.what === "begin";
  if (before.isOn === isOn) return { ok: false, why: "is-so" };
  const switched = { ...before, isOn, at: now.toISOString(), by };
  if (change.what === "begin") {
    await write(switched);
    return { ok: true, toDeliver: new Set() };
  }
  const { toResidents, toDeputies } = await countHeldBack(tx);
  const count = toResidents + toDeputies;
  if (count !== change.seen) return { ok: false, why: "held-changed", count };
  const toDeliver = await settleHeldBack(tx, before, change.held, now);
  await write(switched);
  return { ok: true, toDeliver };
}

async function unknownPeople(
  tx: Transaction,
  wanted: { readonly deputies: readonly string[]; readonly staff: readonly string[] },
) {
  const found = await tx
    .select({ code: deputies.code })
    .from(deputies)
    .where(inArray(deputies.code, [...wanted.deputies]));
  const people = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, [...wanted.staff]), isNull(users.endedAt), ne(users.passwordHash, "")));
  const [codes, ids] = [new Set(found.map(({ code }) => code)), new Set(people.map(({ id }) => id))];
  return {
    deputies: wanted.deputies.filter((code) => !codes.has(code)),
    staff: wanted.staff.filter((id) => !ids.has(id)),
  };
}

/** The version of a trial: how often it was changed. */
async function versionOf(tx: Transaction): Promise<string> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(settingsChanges)
    .where(eq(settingsChanges.what, "trial"));
  return `t${row?.count ?? 0}`;
}

async function changedSince(tx: Transaction, seen: string) {
  const rows = await tx
    .select({ by: settingsChanges.by, at: settingsChanges.at })
    .from(settingsChanges)
    .where(eq(settingsChanges.what, "trial"))
    .orderBy(asc(settingsChanges.seq))
    .offset(Number(/^t(\d{1,9})$/.exec(seen)?.[1] ?? 0));
  return rows.map(({ by, at }) => ({ type: "trial", by, at: at.toISOString() }));
}
