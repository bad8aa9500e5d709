import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

const LIGHTS = "柳东村一组路灯坏了六盏，电话13800001111";
const NONE = "没有要在这里告诉您的";
let staff: StaffApi;

const said = (person: string) => staff.office.sent.filter(({ to }) => to === person).at(-1)?.text ?? "";
async function mine(person: string): Promise<string> {
  await staff.office.say(person, "我的数据");
  await staff.office.work();
  return said(person);
}
async function read(number: string, reason: string, who = "林晓"): Promise<void> {
  const { body } = await staff.ask(who, `GET /cases/${number}`);
  const given = { reason, note: "核对门牌号码，问过王小姐", messages: [body.messages[0].id] };
  expect((await staff.ask(who, `POST /cases/${number}/originals`, { body: given })).status).toBe(200);
}

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
});
afterAll(() => staff.close());

describe("who read it, as a resident asks for their own data", () => {
  it("is each look at the unmasked words and the number: day, role and reason, no name and no note", async () => {
    const number = await staff.newCase("neighbour", LIGHTS);
    await staff.newCase("stranger", LIGHTS);
    expect(await mine("neighbour")).toContain(NONE);
    await read(number, "identify-the-place");
    const own = await stationOf(staff, number);
    await staff.person("陈芳", "station", { stations: [own] });
    await staff.ask("林晓", `POST /cases/${number}/phone-task`, { body: { say: null } });
    expect((await staff.ask("陈芳", `POST /cases/${number}/phone`, { body: {} })).status).toBe(200);
    const told = await mine("neighbour");
    expect(told).toMatch(new RegExp(`年.+日.*县人大代表工作机构看了编号${number}里没有遮盖的原话，为了弄清地点`));
    expect(told).toMatch(new RegExp(`代表联络站看了编号${number}里您的电话号码，为了答复您`));
    expect(told).not.toMatch(/林晓|陈芳|王小姐|门牌/);
    expect(await mine("stranger")).toContain(NONE);
  });

  it("says nothing of a sealed case, nor whether there is one; also of one that was sealed after it was read", async () => {
    const sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚，电话13800002222");
    const why = { reason: "inspection", note: "核查反映的内容" };
    await staff.ask("林晓", `POST /cases/${sealed}/open-sealed`, { body: why });
    await read(sealed, "inspection");
    const later = await staff.newCase("later", LIGHTS);
    await read(later, "inspection");
    expect(await mine("later")).toContain(later);
    expect((await staff.act("林晓", later, "seal", { reason: "牵涉干部" })).status).toBeLessThan(300);
    await staff.newCase("nothing-sealed", LIGHTS);
    const about = async (person: string) => (await mine(person)).split("\n").slice(1);
    const plain = await about("nothing-sealed");
    expect(plain.join("\n")).toContain(NONE);
    expect(await about("accuser")).toEqual(plain);
    expect(await about("later")).toEqual(plain);
  });

  it("says nothing of a number that may be that of somebody who joined", async () => {
    const number = await staff.newCase("first", LIGHTS);
    const { etag } = (await staff.ask("林晓", `GET /cases/${number}`)).body;
    const joining = { text: "我家门口也是", how: "phone", phone: "13900003333", mayCall: true, noticeRead: true };
    const taken = await staff.ask("林晓", "POST /intake", { body: { ...joining, join: { number, etag } } });
    expect(taken.body).toMatchObject({ isJoined: true });
    expect((await staff.ask("林晓", `POST /cases/${number}/phone`, { body: {} })).status).toBe(200);
    expect(await mine("first")).toContain(NONE);
  });

  it("lists the latest and says how many there were before", async () => {
    const number = await staff.newCase("often", LIGHTS);
    for (let time = 0; time < 10; time += 1) await read(number, time < 9 ? "inspection" : "request-of-the-resident");
    const told = await mine("often");
    expect(told.match(/没有遮盖的原话，/g)).toHaveLength(8);
    expect(told).toContain("按您的要求");
    expect(told).toContain("更早还有2次");
  });
});
