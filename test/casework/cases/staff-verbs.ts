import { desc } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { cases } from "../../../db/schema/cases.ts";
import type { Caller } from "../../../src/casework/access/caller.ts";
import { deskAccount } from "../../../src/casework/intake/desk.ts";
import { takeDown } from "../../../src/casework/intake/take-down.ts";
import { answerAsOffice, closeAsOffice, moveDueDay } from "../../../src/casework/office/answer-resident.ts";
import { placeByHand } from "../../../src/casework/office/place-by-hand.ts";
import { sealCase } from "../../../src/casework/office/seal-case.ts";
import { askCall, noteCall } from "../../../src/casework/phone/result.ts";
import { actOnCase, addNote, type Work } from "../../../src/casework/staff/act.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import type { Office } from "../office.ts";

/** What staff do to a case by the API, with contents of their own. */
export const STAFF_VERBS = ["place", "answer", "close", "deadline", "notes", "seal", "phone-result"] as const;
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
  "phone-result": async (turn, subject) => {
    await askCall(turn, subject, { by: LIN.name, say: null });
    await noteCall(turn, subject, LIN, { result: "reached", text: "电话里说好了" });
    return done;
  },
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

/** Does a verb of staff to the newest case, where its state and staff's rights allow it. */
export async function actOnNewest({ runtime, db, county }: Office, verb: StaffVerb): Promise<void> {
  await db.database.inCounty(county.id, async (tx) => {
    const [last] = await tx.select({ number: cases.number }).from(cases).orderBy(desc(cases.number)).limit(1);
    if (last === undefined) return;
    const caller = { ...LIN, jurisdictionId: county.id };
    const acting = { runtime, tx, caller, number: last.number, request: "replay", seen: null };
    await actOnCase(acting, verb, WORK[verb]);
  });
}
