import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { readings } from "../../db/schema/console.ts";
import { media } from "../../db/schema/media.ts";
import { putMedia } from "./sent-media.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

const REASON = { reason: "identify-the-place", note: "照片里看路牌定地点" };
let staff: StaffApi;
let number: string;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
  await staff.person("没确认", "office", { confirmedAt: null });
  await staff.program("programme", "office", { sealed: true });
  number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  await staff.person("station", "station", { stations: [await stationOf(staff, number)] });
});
afterAll(() => staff.close());

async function look(who: string, of: string, id: string, body: object = REASON) {
  const answer = await fetch(`${staff.api.base}/api/v1/cases/${of}/media/${id}`, {
    method: "POST",
    headers: {
      ...{ "x-person": encodeURIComponent(who), origin: staff.api.base, "content-type": "application/json" },
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const code = answer.ok ? null : (JSON.parse(text) as { code: string }).code;
  return { status: answer.status, code, text, headers: answer.headers };
}
const readingsOf = (of: string) =>
  staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
    tx
      .select({ what: readings.what, note: readings.note })
      .from(readings)
      .innerJoin(cases, eq(cases.id, readings.caseId))
      .where(eq(cases.number, of))
      .orderBy(asc(readings.seq)),
  );

describe("what a resident sent besides words", () => {
  it("is shown to the office by reason and code, as a file, and that is written down each time", async () => {
    const photo = await putMedia(staff, number, "resident", { bytes: "a photo of a lamp" });
    const shown = await look("林晓", number, photo);
    expect([shown.status, shown.text, shown.headers.get("content-type")]).toEqual([
      200,
      "a photo of a lamp",
      "image/jpeg",
    ]);
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(shown.headers.get("content-disposition")).toContain(`${number}.jpg`);
    await look("林晓", number, photo);
    expect(await readingsOf(number)).toEqual([
      { what: "original", note: REASON.note },
      { what: "original", note: REASON.note },
    ]);
    const voice = await look("林晓", number, await putMedia(staff, number, "resident", { form: "voice" }));
    expect(voice.headers.get("content-type")).toBe("application/octet-stream");
    expect(voice.headers.get("content-disposition")).toContain(".amr");
  });

  it("is refused to everybody else, without a reason, and where it is not of this case", async () => {
    const photo = await putMedia(staff, number, "resident");
    expect((await look("没确认", number, photo)).code).toBe("confirm-needed");
    expect((await look("station", number, photo)).status).toBe(403);
    const path = `POST /cases/${number}/media/${photo}`;
    expect((await staff.ask("programme", path, { body: REASON })).status).toBe(403);
    expect((await look("林晓", number, photo, { reason: "inspection", note: "短" })).status).toBe(422);
    const other = await staff.newCase("another", "柳东村一组井盖没了");
    expect((await look("林晓", other, photo)).status).toBe(404);
    expect((await look("林晓", number, randomUUID())).status).toBe(404);
    const ofOffice = await putMedia(staff, number, "office");
    expect((await look("林晓", number, ofOffice)).status).toBe(404);
    expect(await readingsOf(other)).toEqual([]);
  });

  it("says so where the file could not be fetched or is erased, and writes down no reading", async () => {
    const other = await staff.newCase("third", "柳东村一组水管漏了");
    const photo = await putMedia(staff, other, "resident");
    const { db, county, runtime } = staff.office;
    const [row] = await db.database.inCounty(county.id, (tx) => tx.select().from(media).where(eq(media.id, photo)));
    await runtime.media.remove(row?.hash ?? "");
    expect(await look("林晓", other, photo)).toMatchObject({ status: 404, code: "no-file" });
    await db.database.inCounty(county.id, (tx) =>
      tx.update(media).set({ state: "failed", hash: null }).where(eq(media.id, photo)),
    );
    expect(await look("林晓", other, photo)).toMatchObject({ status: 404, code: "no-file" });
    expect(await readingsOf(other)).toEqual([]);
  });

  it("of a sealed case opens as its words do", async () => {
    const sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
    const photo = await putMedia(staff, sealed, "resident");
    expect((await look("林晓", sealed, photo)).code).toBe("reason-needed");
    expect((await look("station", sealed, photo)).status).toBe(403);
    await staff.ask("林晓", `POST /cases/${sealed}/open-sealed`, { body: REASON });
    expect((await look("林晓", sealed, photo)).status).toBe(200);
    expect((await readingsOf(sealed)).map(({ what }) => what)).toEqual(["sealed", "original"]);
  });
});
