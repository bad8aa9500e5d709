import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jurisdictions } from "../../db/schema/county.ts";
import { stations } from "../../db/schema/places.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let db: TestDatabase;
let shell: CommandLine;
beforeAll(async () => {
  db = await testDatabase({ counties: ["east"] });
  shell = await commandLine(db.url, { PUBLIC_URL: "https://l.example" });
});
afterAll(async () => {
  await shell.close();
  await db.close();
});

it("binds a room by a code to a station or a group, and lists and releases rooms", async () => {
  const jurisdictionId = await db.county("east");
  await db.database.inCounty(jurisdictionId, (tx) =>
    tx.insert(stations).values({ ...{ id: newId(), jurisdictionId, code: "ST01", name: "一站" }, township: "东镇" }),
  );
  expect(await shell.liaison("room", "list")).toEqual({ status: 0, out: "", err: "" });
  expect(await shell.liaison("room", "bind", "K7M2Q9")).toMatchObject({
    status: 2,
    err: expect.stringContaining("--group"),
  });
  expect(await shell.liaison("room", "bind", "路灯", "--station", "ST01")).toMatchObject({ status: 2 });
  expect(await shell.liaison("room", "bind", "K7M2Q9", "--station", "ST09")).toMatchObject({ status: 1 });
  expect(await shell.liaison("room", "bind", "K7M2Q9", "--group", "G1")).toMatchObject({ status: 1 });
  const bound = await shell.liaison("room", "bind", "k7m2q9", "--station", "ST01");
  expect(bound).toMatchObject({ status: 0, out: expect.stringContaining("绑定群 K7M2Q9") });
  expect(await shell.liaison("room", "release", newId())).toMatchObject({ status: 1 });
});

it("sets what rooms are told", async () => {
  expect(await shell.liaison("county", "set", "--rooms", "all", "--by", "Li")).toMatchObject({ status: 2 });
  expect(await shell.liaison("county", "set", "--rooms", "cases", "--by", "Li")).toMatchObject({ status: 0 });
  const set = await db.database.inCounty(await db.county("east"), (tx) =>
    tx.select({ settings: jurisdictions.settings }).from(jurisdictions).where(eq(jurisdictions.code, "east")),
  );
  expect(set).toMatchObject([{ settings: { rooms: "cases" } }]);
});
