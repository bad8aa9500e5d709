import { deflateSync } from "node:zlib";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { media } from "../../db/schema/media.ts";
import type { Outbound } from "../../src/domain/messages/message.ts";
import { mergeInto } from "./merged-cases.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

type Image = Extract<Outbound, { bytes: Uint8Array }>;
type Message = {
  readonly id: string;
  readonly kind: string;
  readonly media: { id: string }[];
  readonly delivery: string;
};

const SOLVED = { outcome: "solved", claim: "unit", text: "六盏灯都换好了" };
let staff: StaffApi;
let serial = 0;
let photo = "";
const images: { to: string; image: Image }[] = [];

const shown = async (number: string, who = "林晓") => (await staff.ask(who, `GET /cases/${number}`)).body;
const photosOf = async (number: string, who = "林晓"): Promise<Message[]> =>
  (await shown(number, who)).messages.filter(({ kind }: Message) => kind === "photo");
const close = (number: string, body: object, who = "林晓") => staff.act(who, number, "close", { ...SOLVED, ...body });
const toldTo = (person: string) => staff.office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const rows = () => staff.office.db.database.inCounty(staff.office.county.id, (tx) => tx.select().from(media));
async function lamp(): Promise<[string, string]> {
  serial += 1;
  const person = `lamp-${serial}`;
  return [await staff.newCase(person, "柳东村一组路灯坏了六盏"), person];
}
async function look(number: string, id: string, who = "林晓") {
  const headers = { "x-person": encodeURIComponent(who), origin: staff.api.base };
  const answer = await fetch(`${staff.api.base}/api/v1/cases/${number}/photos/${id}`, { headers });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
  const taken = await sharp({ create: { width: 800, height: 600, channels: 3, background: "#667788" } })
    .withExif({ IFD0: { Make: "Phone of Li" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "34/1 15/1 0/1" } })
    .jpeg()
    .toBuffer();
  expect((await sharp(taken).metadata()).exif).toBeDefined();
  photo = taken.toString("base64");
  staff.office.answerCalls((to, outbound) => {
    if (outbound.kind === "media") images.push({ to, image: outbound });
    return { outcome: "delivered", platformId: null };
  });
});
afterAll(() => staff.close());
beforeEach(() => {
  images.length = 0;
});

describe("a photo with which a case is closed", () => {
  it("follows the words to the resident without where it was taken, and stands in the case, sealed on the disk", async () => {
    const [number, person] = await lamp();
    expect((await close(number, { photo, preview: true })).body.told).toContainEqual(
      expect.objectContaining({
        to: "resident",
        text: expect.stringMatching(/有一张照片，接着发给您；没收到的话，可到.+看。/),
      }),
    );
    expect(await rows()).toEqual([]);
    expect((await close(number, { photo })).status).toBe(200);
    await staff.office.work();
    expect(toldTo(person).at(-1)).toContain("接着发给您");
    const [sent] = images;
    expect(sent).toMatchObject({ to: person, image: { contentType: "image/jpeg" } });
    const { exif, width } = await sharp(sent!.image.bytes).metadata();
    expect({ exif, width }).toEqual({ exif: undefined, width: 800 });
    const [message] = await photosOf(number);
    expect(message).toMatchObject({ delivery: "delivered", party: "office" });
    const answer = await look(number, message!.media[0]!.id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    expect(answer.headers.get("cache-control")).toMatch(/no-store/);
    expect(Buffer.compare(answer.bytes, sent!.image.bytes)).toBe(0);
    const [row] = await rows();
    expect(
      await sharp(await staff.office.runtime.media.read(row!.hash!))
        .metadata()
        .catch(() => null),
    ).toBeNull();
  });

  it("is each resident's own where cases go together, and goes with the case when that one is erased", async () => {
    const [leading, first] = await lamp();
    const [led, second] = await lamp();
    expect((await mergeInto(staff, [led, leading])).status).toBe(200);
    expect((await close(leading, { photo })).status).toBe(200);
    await staff.office.work();
    expect(images.map(({ to }) => to).toSorted()).toEqual([first, second].toSorted());
    const [one, other] = [(await photosOf(leading))[0]!, (await photosOf(led))[0]!];
    const ids = [one, other].map((message) => message.media[0]!.id);
    const hashOf = async (id: string) => (await rows()).find((row) => row.id === id)?.hash ?? null;
    const before = await hashOf(ids[1]!);
    await staff.office.say(second, "删除我的数据");
    await staff.office.say(second, "1");
    await staff.office.work();
    expect(await hashOf(ids[1]!)).toBeNull();
    await expect(staff.office.runtime.media.read(before!)).rejects.toThrow();
    expect((await look(led, ids[1]!)).status).toBe(404);
    expect((await look(leading, ids[0]!)).status).toBe(200);
    expect((await look(leading, ids[1]!)).status).toBe(404);
  });

  it("is not sent to somebody without a chat: the words say where it can be seen", async () => {
    const given = {
      how: "walk-in",
      text: "渠堤塌了一段",
      place: { grid: "柳东-1" },
      phone: "13900001111",
      mayCall: true,
    };
    const { number } = (await staff.ask("林晓", "POST /intake", { body: { ...given, noticeRead: true } })).body;
    expect((await close(number, { photo })).status).toBe(200);
    await staff.office.work();
    expect(images).toEqual([]);
    const page = await shown(number);
    const said = (await staff.ask("林晓", `GET /deliveries?case=${number}`)).body.items;
    expect(said.map(({ kind }: { kind: string }) => kind)).not.toContain("photo");
    const [message] = await photosOf(number);
    expect(message).toMatchObject({ delivery: null, seenBy: [] });
    expect(page.phoneTasks).toMatchObject([{ to: "resident", isOwn: true }]);
    expect((await look(number, message!.media[0]!.id)).status).toBe(200);
  });

  it("waits where the platform allows no message now, and leaves with the resident's next word", async () => {
    const [number, person] = await lamp();
    await staff.office.pass(49 * 3_600_000);
    expect((await close(number, { photo })).status).toBe(200);
    await staff.office.work();
    expect(images).toEqual([]);
    expect(await photosOf(number)).toMatchObject([{ waitsForContact: true }]);
    await staff.office.say(person, "进度");
    await staff.office.work();
    expect(images.map(({ to }) => to)).toEqual([person]);
  });
});

describe("what is no photo", () => {
  const header = Buffer.from("89504e470d0a1a0a", "hex");
  const bomb = Buffer.concat([header, deflateSync(Buffer.alloc(4_000_000))]);
  it.each([
    ["30 MB", "A".repeat(40_000_000), 413, "too-large"],
    ["words", Buffer.from("这不是照片").toString("base64"), 422, "no-photo"],
    ["a drawing", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString("base64"), 422, "no-photo"],
    ["half a picture", bomb.toString("base64"), 422, "no-photo"],
    ["nothing", "", 422, "no-photo"],
    ["no base64", "§§§", 422, "content"],
  ])("is refused (%s), and the case stays open", async (_what, given, status, code) => {
    const [number] = await lamp();
    const before = await shown(number);
    for (const preview of [true, false])
      expect(await close(number, { photo: given, preview })).toMatchObject({ status, body: { code } });
    expect((await shown(number)).etag).toBe(before.etag);
  });

  it("is a picture of more pixels than are taken in", async () => {
    const [number] = await lamp();
    const huge = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect(huge.byteLength).toBeLessThan(1_000_000);
    const answer = await close(number, { photo: huge.toString("base64") });
    expect(answer).toMatchObject({ status: 422, body: { code: "no-photo" } });
  });
});

describe("who sees the photo of a case", () => {
  it("is whoever sees the case, by reason where it is sealed, and nobody a resident's own photo", async () => {
    const [number] = await lamp();
    await close(number, { photo });
    const own = await stationOf(staff, number);
    await staff.person("own", "station", { stations: [own] });
    await staff.person("elsewhere", "station", { stations: [] });
    await staff.person("auditor", "auditor");
    await staff.person("operator", "operator");
    const id = (await photosOf(number))[0]!.media[0]!.id;
    const ends = async (who: string, of = number, one = id) => (await look(of, one, who)).status;
    expect([await ends("own"), await ends("auditor"), await ends("林晓")]).toEqual([200, 200, 200]);
    expect([await ends("elsewhere"), await ends("operator"), await ends("nobody")]).toEqual([404, 403, 401]);
    const [other] = await lamp();
    expect(await ends("林晓", other)).toBe(404);
    expect((await look(number, "7")).status).toBe(404);
    const sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
    const why = { reason: "inspection", note: "查看办结照片" };
    await staff.ask("林晓", `POST /cases/${sealed}/open-sealed`, { body: why });
    expect((await close(sealed, { photo })).status).toBe(200);
    expect(toldTo("accuser").at(-1) ?? "").not.toContain("街道");
    const within = (await photosOf(sealed))[0]!.media[0]!.id;
    await staff.person("何静", "office");
    expect([await ends("林晓", sealed, within), await ends("何静", sealed, within)]).toEqual([200, 403]);
    expect([await ends("own", sealed, within), await ends("auditor", sealed, within)]).toEqual([404, 404]);
    await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.update(media).set({ hash: null, state: "failed" }).where(eq(media.id, id)),
    );
    expect(await ends("林晓")).toBe(404);
  });
});
