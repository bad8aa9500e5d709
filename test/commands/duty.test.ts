import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUser } from "../../src/casework/access/users.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
let today: string;

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  const { runtime } = service;
  today = dayIn(runtime.now(), "Asia/Shanghai");
  const county = service.jurisdiction("qinghe");
  for (const [name, role] of [
    ["林晓", "office"],
    ["周琴", "station"],
  ] as const) {
    const email = `${Buffer.from(name).toString("hex")}@qinghe.example`;
    const stations = role === "station" ? ["ST01"] : [];
    const added = await addUser(runtime, county, { email, password: "a good long password", role, name, stations });
    if (!added.ok) throw new Error(added.reason);
  }
});
afterAll(async () => {
  await shell.close();
  await service.close();
});

const duty = (...args: string[]) => shell.liaison("duty", ...args, "--county", "qinghe");

describe("liaison duty", () => {
  it("says that nobody is on duty, puts somebody there, and takes them out again", async () => {
    expect(await duty()).toMatchObject({
      status: 0,
      out: "",
      err: expect.stringContaining("Nobody is on duty today."),
    });
    const until = addDays(today, 6);
    const { status, out } = await duty("add", "周琴", "--station", "ST01", "--from", today, "--until", until);
    expect(status).toBe(0);
    expect(await duty()).toMatchObject({ status: 0, out: expect.stringContaining("周琴") });
    const listed = JSON.parse((await duty("--json")).out);
    expect(listed).toEqual([{ id: out.trim(), name: "周琴", station: "ST01", fromOn: today, untilOn: until }]);
    expect((await duty("remove", out.trim())).status).toBe(0);
    expect((await duty("remove", out.trim())).status).toBe(1);
    expect(JSON.parse((await duty("--json")).out)).toEqual([]);
  });

  it("refuses with a sentence who and when cannot be", async () => {
    for (const [args, reason] of [
      [["谁也不是", "--from", today, "--until", today], "nobody of the staff"],
      [["周琴", "--from", today, "--until", today], "nobody of the staff"],
      [["周琴", "--station", "ST99", "--from", today, "--until", today], "no such station"],
      [["林晓", "--from", "soon", "--until", today], "Write days as"],
      [["林晓", "--from", today, "--until", "2020-01-01"], "Write days as"],
    ] as const) {
      const { status, err } = await duty("add", ...args);
      expect([status, err.includes(reason)]).toEqual([1, true]);
    }
    expect((await duty("remove", "not-an-id")).status).toBe(1);
  });
});
