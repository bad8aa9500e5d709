import { desc, eq, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Caller } from "../../../src/casework/access/caller.ts";
import { markMinor } from "../../../src/casework/actions/writer/minor.ts";
import { tellOfPetition } from "../../../src/casework/actions/writer/petition.ts";
import { acknowledge } from "../../../src/casework/duty/acknowledge.ts";
import { deskAccount } from "../../../src/casework/intake/desk.ts";
import { takeDown } from "../../../src/casework/intake/take-down.ts";
import { answerAsOffice, closeAsOffice, moveDueDay } from "../../../src/casework/office/answer-resident.ts";
import { mergeCases, unmergeCases } from "../../../src/casework/office/merge-cases.ts";
import { placeByHand } from "../../../src/casework/office/place-by-hand.ts";
import { sealCase } from "../../../src/casework/office/seal-case.ts";
import { decideUnsealing, proposeUnsealing } from "../../../src/casework/office/unseal-case.ts";
import { giveNotice, owesNotice } from "../../../src/casework/office/writer/petition-notice.ts";
import { unmarkMinor, unmarkPetition } from "../../../src/casework/office/writer/writer-marks.ts";
import { askCall, noteCall } from "../../../src/casework/phone/result.ts";
import { transcribe } from "../../../src/casework/recordings/transcribe.ts";
import { actOnCase, addNote, type Work } from "../../../src/casework/staff/act.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import type { Office } from "../office.ts";

const JOINT_VERBS = ["merge", "unmerge", "unseal", "unseal/confirm", "unseal/refuse"] as const;
/** What staff do to a case by the API, with contents of their own. */
export const STAFF_VERBS = [
  "place",
  "answer",
  "close",
  "deadline",
  "notes",
  "seal",
  "phone-result",
  "acknowledge",
  "minor",
  "petition",
  "petition-notice",
  "transcript",
  ...JOINT_VERBS,
] as const;
/** A verb of staff. */
export type StaffVerb = (typeof STAFF_VERBS)[number];

const LIN: Caller = {
  kind: "person",
  id: "0198f000-0000-7000-8000-000000000001",
  jurisdictionId: "",
  name: "林晓",
  role: "office",
  stations: [],
  deputyId: null,
  confirmedAt: null,
};

const ZHAO: Caller = { ...LIN, id: "0198f000-0000-7000-8000-000000000002", name: "赵敏" };

const done = { ok: true, value: null } as const;
const WORK: Readonly<Record<StaffVerb, Work<null>>> = {
  place: async (turn, subject) => ((await placeByHand(turn, subject, "柳东-1")).ok ? done : refusedContent),
  answer: async (turn, subject, isSealed) => {
    await answerAsOffice(turn, { subject, isSealed }, "已经在问了");
    return done;
  },
  close: async (turn, subject, isSealed) => {
    await closeAsOffice(turn, { subject, isSealed }, { outcome: "explained", claim: null, text: "按规定不能办" });
    return done;
  },
  deadline: async (turn, subject, isSealed) => {
    await moveDueDay(turn, { subject, isSealed }, addDays(turn.today, 9), "要等配件");
    return done;
  },
  notes: async (turn, subject) => {
    addNote(turn, subject, { by: LIN.name, text: "打过电话" });
    return done;
  },
  seal: async (turn, subject) => {
    await sealCase(turn, subject);
    return done;
  },
  acknowledge: async (turn, subject) => {
    await acknowledge(turn, subject, "office");
    return done;
  },
  minor: async (turn, subject) => {
    if (subject.minor) unmarkMinor(turn, subject);
    else await markMinor(turn, subject, "office");
    return done;
  },
  petition: async (turn, subject) => {
    if (!subject.petition) await tellOfPetition(turn, subject);
    else if (await owesNotice(turn, subject)) unmarkPetition(turn, subject);
    return done;
  },
  "petition-notice": async (turn, subject) => {
    if (!(await owesNotice(turn, subject))) return refusedContent;
    await giveNotice(turn, subject, { organ: "县自然资源局", article: "23", text: null, way: "chat" }, LIN.name);
    return done;
  },
  transcript: async (turn, subject) =>
    (await transcribe(turn, subject, { text: "柳东村一组路灯坏了六盏", grid: null })).ok ? done : refusedContent,
  "phone-result": async (turn, subject) => {
    await askCall(turn, subject, { by: LIN.name, say: null });
    await noteCall(turn, subject, LIN, { result: "reached", text: "电话里说好了" });
    return done;
  },
  merge: async (turn, subject, isSealed, other) => {
    if (other === null || isSealed || other.isSealed) return refusedContent;
    return (await mergeCases(turn, subject, other.subject)).ok ? done : refusedContent;
  },
  unmerge: async (turn, subject, _isSealed, other) =>
    other !== null && (await unmergeCases(turn, subject, other.subject)).ok ? done : refusedContent,
  unseal: async (turn, subject) => ((await proposeUnsealing(turn, subject, LIN)).ok ? done : refusedContent),
  "unseal/confirm": async (turn, subject) =>
    (await decideUnsealing(turn, subject, { by: ZHAO, agrees: true })).ok ? done : refusedContent,
  "unseal/refuse": async (turn, subject) =>
    (await decideUnsealing(turn, subject, { by: ZHAO, agrees: false })).ok ? done : refusedContent,
};
const refusedContent = { ok: false, why: "content", code: "unknown-grid", reason: "there is no such grid" } as const;

/** Takes down the matter of somebody without a chat. */
export async function takeDownOne({ runtime, db, county }: Office, text: string): Promise<void> {
  const account = await deskAccount(runtime, county.id);
  await db.database.inCounty(county.id, async (tx) => {
    const caller = { ...LIN, jurisdictionId: county.id };
    const taking = { runtime, tx, caller, account, dedupeKey: newId(), isTried: false };
    const given = { how: "walk-in", text, place: { grid: "柳东-1" }, name: null, phone: "13900000000" } as const;
    await takeDown(taking, { ...given, mayCall: true, photo: null, join: null });
  });
}

/**
 * Does a verb of staff to the newest case that it may be done to, where its state and staff's rights allow it: what is merged goes
 * with the newest of the others.
 */
export async function actOnNewest({ runtime, db, county }: Office, verb: StaffVerb): Promise<void> {
  await db.database.inCounty(county.id, async (tx) => {
    const [last, before] =
      verb === "unmerge"
        ? await linked(tx)
        : await tx
            .select({ number: cases.number })
            .from(cases)
            .where(
              verb === "merge"
                ? isNull(cases.closedAt)
                : verb.startsWith("unseal")
                  ? eq(cases.sealed, true)
                  : undefined,
            )
            .orderBy(desc(cases.number))
            .limit(2);
    if (last === undefined) return;
    // A program needs to give no reason for a sealed case.
    const caller = { ...LIN, kind: "token", jurisdictionId: county.id } as const;
    const both = verb === "merge" || verb === "unmerge" ? before : undefined;
    const also = both === undefined ? {} : { also: { number: both.number, seen: null } };
    const acting = { runtime, tx, caller, number: last.number, request: "replay", seen: null, ...also };
    await actOnCase(acting, verb, WORK[verb]);
  });
}

async function linked(tx: Transaction): Promise<{ number: string }[]> {
  const [pair] = await tx.execute<{ led: string; leading: string }>(sql`
    select c.number as led, l.number as leading from case_links x join cases c on c.id = x.case_id join cases l on l.id = x.leading_id
    order by x.at desc limit 1`);
  return pair === undefined ? [] : [{ number: pair.led }, { number: pair.leading }];
}
