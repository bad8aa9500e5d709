import { eq, inArray } from "drizzle-orm";
import type { Hono } from "hono";
import { toString as qrOf } from "qrcode";
import type { Transaction } from "../../../../db/database.ts";
import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { stations } from "../../../../db/schema/places.ts";
import { deskAccount } from "../../../casework/intake/desk.ts";
import { similarCases } from "../../../casework/intake/similar.ts";
import {
  type Intake,
  type NotTaken,
  type TakenCase,
  type TakingDown,
  takeDown,
  takenBefore,
} from "../../../casework/intake/take-down.ts";
import { firstChatAccount } from "../../../casework/runtime/chat-accounts.ts";
import { caseRows } from "../../../casework/staff/case-rows.ts";
import { findCase } from "../../../casework/staff/find-case.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { phoneNumber } from "../../../domain/case/desk.ts";
import { withTimeout } from "../../../with-timeout.ts";
import type { CallerEnv } from "../../auth.ts";
import { INTAKE } from "../../contract/desk/intake.ts";
import type { Problem } from "../../problem.ts";
import { noCase, wrongAt } from "../case-problems.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";
import { namedIn } from "../read-request.ts";

type Given = Asked<(typeof INTAKE)["POST /intake"]>;

/** A platform that is away must not hold up the slip. */
const QR_LIMIT_MS = 3_000;

/** The routes with which the matters of people without a chat are taken down. */
export function intakeRoutes(services: OperationServices, { runtime, deliver }: CaseServices): Hono<CallerEnv> {
  const day = () => ({ today: dayIn(runtime.now(), runtime.timeZone), timeZone: runtime.timeZone });
  return operationRoutes(services, INTAKE, {
    "POST /intake/preview": async ({ tx, caller, body }) => {
      const wrong = wrongIn(body, true);
      if (wrong !== null) return { problem: wrong };
      const account = await deskAccount(runtime, caller.jurisdictionId);
      const taking = { runtime, tx, caller, account, dedupeKey: `preview-${caller.id}`, isTried: true };
      const taken = await takeDown(taking, intakeOf({ ...body, join: null }));
      if (!taken.ok && taken.why === "no-place") {
        const { notice, offers } = taken;
        return { body: { notice, offers: [...offers], would: null, similar: [] }, isPreview: true };
      }
      if (!taken.ok) return refused(taken);
      const { subject, found, notice, told } = taken;
      const isHidden = subject.sealed || taken.danger.length > 0;
      const about = { around: found.around, category: subject.category, not: subject.id };
      const similar = isHidden ? [] : await similarCases(tx, caller, about, { ...day(), now: runtime.now() });
      return {
        body: {
          ...{ notice, offers: [...found.offers] },
          would: { ...(await shapeOf(tx, taken, day().today)), told: [...told] },
          similar: similar.map(({ row, ...near }) => ({ case: row, ...near })),
        },
        isPreview: true,
      };
    },
    "POST /intake": async ({ c, tx, caller, body, afterCommit }) => {
      const wrong = wrongIn(body, false);
      if (wrong !== null) return { problem: wrong };
      const account = await deskAccount(runtime, caller.jurisdictionId);
      const dedupeKey = `${caller.id}_${namedIn(c).key}`;
      const before = await takenBefore({ runtime, tx, account, dedupeKey });
      if (before !== null) return { body: await again(tx, before, caller, day().today) };
      const taking: TakingDown = { runtime, tx, caller, account, dedupeKey, isTried: false };
      const taken = await takeDown(taking, intakeOf(body));
      if (!taken.ok) return refused(taken);
      const { subject, isJoined, toDeliver } = taken;
      afterCommit(() => deliver?.(caller.jurisdictionId, toDeliver));
      const mayOpen = await isOpenTo(tx, caller, subject.number, day().today);
      const shape = await shapeOf(tx, taken, day().today);
      return { body: { ...shape, number: subject.number, isJoined, mayOpen } };
    },
    "GET /stations/{code}/qr": async ({ tx, params }) => {
      const [station] = await tx.select().from(stations).where(eq(stations.code, params.code));
      if (station === undefined) return { problem: notHere(`There is no station ${params.code}.`) };
      return { body: { name: station.name, qr: await pictureOf(tx, runtime.accounts, station) } };
    },
  });
}

/** A repetition: the case as it is now, as far as it still exists for the caller, and what was read out then. */
async function again(
  tx: Transaction,
  { subject, isJoined, readOut }: Pick<TakenCase, "subject" | "isJoined" | "readOut">,
  caller: Given["caller"],
  today: string,
) {
  const mayOpen = await isOpenTo(tx, caller, subject.number, today);
  const shape = await shapeOf(tx, { subject, danger: [], readOut }, today);
  const { number, priority: danger } = subject;
  return { ...shape, ...(!mayOpen && UNSEEN), danger, number, isJoined, mayOpen };
}

/** All that is said of where a case is that does not exist for the caller, or only with a reason. */
const UNSEEN = {
  ...{ goesTo: { kind: "office" as const, code: null, name: "" }, station: null, category: null },
  ...{ place: { grid: null, name: null, township: null }, dueWithin: null, isForOffice: true },
};

async function isOpenTo(tx: Transaction, caller: Given["caller"], number: string, today: string): Promise<boolean> {
  const found = await findCase(tx, caller, number, today);
  return found !== null && !found.isSealed;
}

function intakeOf(body: Given["body"]): Intake {
  const { how, text, place, category, name, mayCall, join } = body;
  const photo = body.photo === null ? null : new Uint8Array(Buffer.from(body.photo, "base64"));
  const phone = body.phone === null ? null : phoneNumber(body.phone);
  return { ...{ how, text, place, category, name, mayCall, join }, phone, photo };
}

/** The notice is read from the preview, so that only what is kept needs it. */
function wrongIn({ how, phone, noticeRead }: Given["body"], isPreview: boolean): Problem | null {
  if (phone !== null && phoneNumber(phone) === null)
    return wrongAt("body.phone", "bad-phone", "That is no telephone number.");
  const isHere = how === "walk-in" || how === "phone";
  return !isPreview && isHere && !noticeRead
    ? wrongAt("body.noticeRead", "notice-needed", "Read out the notice first, and ask whether the person agrees.")
    : null;
}

function refused(taken: NotTaken): { readonly problem: Problem; readonly etag?: string } {
  switch (taken.why) {
    case "unknown-grid":
      return { problem: wrongAt("body.place.grid", "unknown-grid", "There is no such grid.") };
    case "no-photo":
      return { problem: wrongAt("body.photo", "no-photo", "That is no photo (JPEG, PNG, WebP or GIF).") };
    case "no-place":
      return { problem: wrongAt("body.place", "no-place", "It is not clear where that is.") };
    case "other-station":
      return {
        problem: wrongAt(
          "body.place",
          "other-station",
          `That place belongs to ${taken.station}: they, or the office, take it down.`,
        ),
      };
    case "not-here":
      return { problem: noCase("with this number") };
    case "closed": {
      const detail = "The case is closed: take it down as a new one.";
      return { problem: { status: 409, title: "Conflict", code: "state", detail, state: "closed", allowed: [] } };
    }
    case "faster":
      return { problem: someoneWasFaster([...taken.since]), etag: taken.etag };
  }
}

async function shapeOf(
  tx: Transaction,
  { subject, danger, readOut }: Pick<TakenCase, "subject" | "danger" | "readOut">,
  today: string,
) {
  const [row] = await caseRows(tx, [subject.id], today);
  if (row === undefined) throw new Error("a case that was taken down is not there");
  const { grid, name, township } = row.place;
  return {
    ...{ goesTo: row.holder, place: { grid, name, township }, station: await stationOf(tx, subject) },
    ...{ category: row.category, dueOn: subject.dueOn, dueWithin: subject.dueWithin, danger: danger.length > 0 },
    ...{ isForOffice: subject.state === "triage", readOut: [...readOut] },
  };
}

async function stationOf(tx: Transaction, { stationId }: Pick<CaseRecord, "stationId">) {
  if (stationId === null) return null;
  const [row] = await tx
    .select({ code: stations.code, name: stations.name })
    .from(stations)
    .where(inArray(stations.id, [stationId]));
  return row ?? null;
}

async function pictureOf(
  tx: Transaction,
  accounts: CaseServices["runtime"]["accounts"],
  { code, jurisdictionId }: typeof stations.$inferSelect,
): Promise<string | null> {
  const id = await firstChatAccount(tx);
  const found = id === null ? null : await accounts.byId(jurisdictionId, id);
  const made = found === null ? null : await withTimeout(QR_LIMIT_MS, found.sender.link(`s:${code}`)).catch(() => null);
  if (made === null || !made.ok) return null;
  const svg = await qrOf(made.url, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
