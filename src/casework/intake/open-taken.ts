import { inArray } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { stations } from "../../../db/schema/places.ts";
import type { EmergencyTopic } from "../../domain/danger/emergency.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import type { Caller } from "../access/caller.ts";
import { joinCase } from "../actions/add-words.ts";
import { holderOf } from "../cases/describe.ts";
import { lockCase, ownCases } from "../cases/load.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { noteUnderstanding } from "../inbox/understandings.ts";
import { tell } from "../outbox/tell.ts";
import { accusingOf, receiveAccusation } from "../resident/accusation.ts";
import { tellOfDanger } from "../resident/emergency.ts";
import { openForOffice, openNew, openSealed } from "../resident/open-new.ts";
import { understand } from "../resident/understand.ts";
import { eventsSince, findCase, type Since } from "../staff/find-case.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/** Words that were taken down, with what is known beside them. */
type Taken = {
  readonly said: Said;
  readonly shown: readonly Said[];
  readonly finding: PlaceFinding;
  readonly category?: string | null | undefined;
  readonly join: { readonly number: string; readonly etag: string } | null;
};

type Opened = {
  readonly ok: true;
  readonly subject: CaseRecord;
  readonly isJoined: boolean;
  readonly danger: readonly EmergencyTopic[];
};

/** The reason for which no case came of what was taken down. */
export type NotOpened =
  | { readonly ok: false; readonly why: "no-place" }
  | { readonly ok: false; readonly why: "not-here" | "closed" }
  | { readonly ok: false; readonly why: "other-station"; readonly station: string }
  | { readonly ok: false; readonly why: "faster"; readonly since: readonly Since[]; readonly etag: string };

/**
 * Opens a case for what was taken down at a desk, or puts it into one that is open. A danger to life is never refused for want of a
 * place; what accuses an official goes sealed to the county's office alone, whatever case was named.
 */
export async function openTaken(turn: Turn, caller: Caller, taken: Taken): Promise<Opened | NotOpened> {
  const { said, shown, finding } = taken;
  const understood = await understand(turn, said);
  noteUnderstanding(turn, said, understood);
  const { meaning, isForOfficeFirst } = understood;
  const danger = meaning.kind === "emergency" ? meaning.topics : [];
  if (danger.length > 0) tellOfDanger(turn, danger);
  else if (understood.hintsAtDanger)
    tell(turn, { kind: "emergency", subject: null, words: wordingFor(turn).dangerLine(), isAnswer: true });
  const hidden = await openHidden(turn, caller, taken, { meaning, isForOfficeFirst });
  if (hidden !== null) return { ok: true, subject: hidden, isJoined: false, danger };
  if (danger.length > 0 && finding.kind === "ask") {
    const subject = await caseOf(turn, await openForOffice(turn, [said, ...shown], true));
    return { ok: true, subject, isJoined: false, danger };
  }
  if (taken.join !== null && danger.length === 0) return joinOpen(turn, caller, taken, taken.join);
  if (finding.kind === "ask") return { ok: false, why: "no-place" };
  const subject = await openNew(turn, said, danger.length > 0, { finding, shown, category: taken.category });
  const other = danger.length > 0 ? null : await otherStation(turn, caller, subject);
  return other === null
    ? { ok: true, subject, isJoined: false, danger }
    : { ok: false, why: "other-station", station: other };
}

/**
 * What nobody but the office may see first; null for everything else. For whomever an earlier accusation does not exist, what goes on with
 * it becomes a case of its own, like any new accusation: that a telephone number accused somebody before is not for them to learn.
 */
async function openHidden(
  turn: Turn,
  caller: Caller,
  { said, shown }: Taken,
  { meaning, isForOfficeFirst }: Pick<Awaited<ReturnType<typeof understand>>, "meaning" | "isForOfficeFirst">,
): Promise<CaseRecord | null> {
  const isUrgent = meaning.kind === "emergency";
  const accuses = meaning.kind === "accusation" || (isUrgent && meaning.accuses);
  const accusing = await accusingOf(turn, said.text, accuses || isForOfficeFirst);
  if (accusing.kind === "goes-on") {
    const { subject } = accusing;
    if ((await findCase(turn.tx, caller, subject.number, turn.today)) === null) {
      const before = residentsWords(await threadOf(turn, subject));
      return caseOf(turn, await openSealed(turn, said, isUrgent, before, shown));
    }
  }
  if (accuses && accusing.kind !== "goes-on")
    return caseOf(turn, await openSealed(turn, said, isUrgent, undefined, shown));
  if (isUrgent && accusing.kind !== "none") return caseOf(turn, await openSealed(turn, said, true, undefined, shown));
  if (accusing.kind !== "none") return caseOf(turn, await receiveAccusation(turn, said, accusing));
  return isForOfficeFirst && !isUrgent ? caseOf(turn, await openForOffice(turn, [said, ...shown])) : null;
}

async function joinOpen(
  turn: Turn,
  caller: Caller,
  { said, shown }: Taken,
  { number, etag }: { readonly number: string; readonly etag: string },
): Promise<Opened | NotOpened> {
  const found = await findCase(turn.tx, caller, number, turn.today);
  if (found === null || found.isSealed) return { ok: false, why: "not-here" };
  const subject = await lockCase(turn, found.subject.id);
  const now = await findCase(turn.tx, caller, number, turn.today);
  if (now === null || now.isSealed) return { ok: false, why: "not-here" };
  if (now.etag !== etag)
    return { ok: false, why: "faster", since: await eventsSince(turn.tx, subject.id, etag), etag: now.etag };
  if (subject.closedAt !== null) return { ok: false, why: "closed" };
  // Its own resident is told nothing of it: that somebody else came is not for them.
  await joinCase(turn, subject, [said, ...shown], { quietly: true });
  const words = wordingFor(turn).followUpNoted({ number, holder: await holderOf(turn, subject) });
  tell(turn, { kind: "receipt", subject: null, words });
  return { ok: true, subject, isJoined: true, danger: [] };
}

/** The name of the station of a case, where it is none of a station's own; null for everybody else's and where it is of none. */
async function otherStation(turn: Turn, caller: Caller, { stationId }: CaseRecord): Promise<string | null> {
  if (caller.role !== "station" || stationId === null || caller.stations.includes(stationId)) return null;
  const [row] = await turn.tx
    .select({ name: stations.name })
    .from(stations)
    .where(inArray(stations.id, [stationId]));
  return row?.name ?? "";
}

async function caseOf(turn: Turn, { caseId }: Outcome): Promise<CaseRecord> {
  const subject = (await ownCases(turn)).find((one) => one.id === caseId);
  if (subject === undefined) throw new Error("a case that was opened just now is not there");
  return subject;
}
