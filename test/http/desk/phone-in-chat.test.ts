import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inviteRole } from "../../../src/casework/deputy/invite-role.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

type Row = { readonly code: string; readonly count: number };

let staff: StaffApi;
let houses = 0;
beforeAll(async () => {
  staff = await staffApi();
  const { office } = staff;
  const code = await inviteRole(office.runtime, office.county.id, { role: "station", ref: "ST01" });
  await office.say("officer", `绑定 ${code}`);
  await staff.person("office", "office");
  // Whom nothing reaches is rung up too, at the hours at which people are.
  await office.bind("deputy", "D001");
});
afterAll(() => staff.close());

/** A walk-in's case that was taken down in chat, with an answer that waits to be told by telephone. */
async function answered(): Promise<string> {
  houses += 1;
  await staff.office.say("officer", `代记 柳东村三组${houses}号楼前路灯坏了`);
  await staff.office.say("officer", `电话 1380000000${houses}`);
  const [number = ""] = /\d{4}-\d{6}/.exec(read().join("\n").split("记下了，编号").at(-1) ?? "") ?? [];
  expect((await staff.act("office", number, "answer", { text: "明天来修" })).status).toBeLessThan(300);
  await staff.office.work();
  return number;
}
const read = () => staff.office.sent.filter(({ to }) => to === "officer").map(({ text }) => text);
const calls = async (who: string) => (await staff.ask(who, "GET /phone-tasks")).body.items;
const phoned = async (number: string) =>
  (await staff.ask("office", `GET /cases/${number}`)).body.events.filter(
    ({ type }: { type: string }) => type === "phoned",
  );

describe("a call that a station has to make", () => {
  it("is the same in chat and at the console: of two who tell at one moment one is noted, the other is told so", async () => {
    const number = await answered();
    await staff.person("station", "station", { stations: [await stationOf(staff, number)] });
    expect(await calls("station")).toMatchObject([{ case: { number }, to: "resident" }]);
    await staff.office.say("officer", "电话");
    expect(read().at(-1)).toContain("138****0001");
    const { etag } = await staff.ask("station", `GET /cases/${number}`);
    const atConsole = { result: "reached", text: "在电话里说了" };
    const [byConsole] = await Promise.all([
      staff.ask("station", `POST /cases/${number}/phone-result`, { body: atConsole, match: etag }),
      staff.office.say("officer", "已告知 1 当面说了"),
    ]);
    expect(await phoned(number)).toHaveLength(1);
    const isConsole = byConsole.status === 204;
    expect(read().at(-1)).toContain(isConsole ? "没有1号要打的电话" : "算告知了的话");
    if (!isConsole) expect([412, 422]).toContain(byConsole.status);
    expect(await calls("station")).toEqual([]);
  });

  it("whose case changed since the page was read is refused at the console when the chat was faster", async () => {
    const number = await answered();
    const { etag } = await staff.ask("station", `GET /cases/${number}`);
    await staff.office.say("officer", `打不通 ${number}`);
    const late = { body: { result: "reached", text: "说了" }, match: etag };
    expect((await staff.ask("station", `POST /cases/${number}/phone-result`, late)).status).toBe(412);
    expect(await phoned(number)).toMatchObject([{ by: "station:ST01" }]);
  });

  it("is counted in the office's Today after three days, and stands no more in the station's", async () => {
    const [task] = await calls("station");
    for (let day = 1; day < 3; day += 1) {
      await staff.office.pass(86_400_000);
      await staff.office.say("officer", `打不通 ${task.case.number}`);
    }
    expect(read().at(-1)).toContain("三天都没打通");
    expect(await calls("office")).toMatchObject([{ missedDays: 3, case: { number: task.case.number } }]);
    const today = async (who: string) => (await staff.ask(who, "GET /today")).body.sections as Row[];
    const find = (rows: readonly Row[], code: string) => rows.find((row) => row.code === code)?.count;
    expect(find(await today("office"), "calls-given-up")).toBe(1);
    expect(find(await today("station"), "phone-tasks")).toBe(0);
  });
});
