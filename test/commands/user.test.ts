import { scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "../../db/schema/users.ts";
import { createVault } from "../../db/vault.ts";
import { SECRET } from "../database.ts";
import { commandLineWithDatabase } from "./liaison.ts";

let line: Awaited<ReturnType<typeof commandLineWithDatabase>>;
beforeAll(async () => {
  line = await commandLineWithDatabase();
});
afterAll(() => line.close());

const add = (password: string, email: string, role: string, county = "east") =>
  line.given(password, "user", "add", "--email", email, "--role", role, "--county", county);
const rowsOf = async (county: string) => {
  const id = await line.db.county(county);
  return line.db.database.inCounty(id, (tx) => tx.select().from(users));
};

describe("liaison user add", () => {
  test("takes the password from standard input, prints the address alone, and keeps neither in the clear", async () => {
    expect(await add("正确的马电池订书钉\n", "Clerk@Example.org", "office")).toEqual({
      status: 0,
      out: "clerk@example.org\n",
      err: "",
    });
    const [row] = await rowsOf("east");
    expect(row).toMatchObject({ role: "office" });
    const id = await line.db.county("east");
    expect(createVault(SECRET).open(row!.email, `user:${id}`)).toBe("clerk@example.org");
    expect(JSON.stringify(row)).not.toMatch(/clerk|马电池/i);
    const [salt = "", key = ""] = row!.passwordHash.split(":");
    const cost = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 };
    expect(scryptSync("正确的马电池订书钉", salt, 64, cost).toString("hex")).toBe(key);
  });

  test("refuses an address that is there already, in whatever letters; another county may have it", async () => {
    await add("long enough", "twice@example.org", "auditor");
    expect(await add("long enough", "TWICE@example.org", "office")).toEqual({
      status: 2,
      out: "",
      err: "There is a user twice@example.org already.\n",
    });
    expect(await add("long enough", "twice@example.org", "office", "west")).toMatchObject({ status: 0 });
    expect(await rowsOf("west")).toHaveLength(1);
  });

  test.each([
    ["", "a@example.org", "office", /^A password has 8 to 256 characters/],
    ["short\n", "a@example.org", "office", /^A password has 8 to 256 characters/],
    ["x".repeat(257), "a@example.org", "office", /^A password has 8 to 256 characters/],
    ["long enough", "nobody", "office", /^That is no e-mail address/],
    ["long enough", "a@example.org", "king", /office, reviewer, station, auditor, operator/],
  ])("refuses the password %j for %s as %s", async (password, email, role, reason) => {
    const ended = await add(password, email, role);
    expect(ended).toMatchObject({ status: 2, out: "" });
    expect(ended.err).toMatch(reason);
    expect((await rowsOf("east")).length).toBeLessThan(3);
  });
});

describe("liaison user", () => {
  const named = (name: string, email: string, ...more: string[]) =>
    line.given(
      "long enough!",
      "user",
      "add",
      "--email",
      email,
      "--role",
      "station",
      "--name",
      name,
      "--county",
      "west",
      ...more,
    );

  test("gives people names that no other person and no token of the county has", async () => {
    expect(await named("林晓", "lin@example.org")).toMatchObject({ status: 0 });
    expect(await named("林晓", "lin2@example.org")).toMatchObject({
      status: 2,
      err: "There is somebody, or a token, called 林晓 already.\n",
    });
    const token = (name: string, county: string) =>
      line.liaison("token", "add", "--role", "office", "--name", name, "--county", county);
    expect(await token("林晓", "west")).toMatchObject({ status: 2 });
    expect(await token("林晓", "east")).toMatchObject({ status: 0 });
    expect(await token("Export", "west")).toMatchObject({ status: 0 });
    expect(await named("ＥＸＰＯＲＴ", "export@example.org")).toMatchObject({ status: 2 });
    expect(await named("4711", "number@example.org")).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^A name has/),
    });
    expect(await named("陈芳", "chen@example.org", "--station", "no-such")).toMatchObject({
      status: 2,
      err: "There is no station no-such.\n",
    });
    const rows = await rowsOf("west");
    expect(rows.map(({ name }) => name)).toContain("林晓");
    expect(JSON.stringify(rows)).not.toMatch(/export@|chen@|number@/);
  });

  test("lists people without their passwords, and ends their service once", async () => {
    const list = async () => (await line.liaison("user", "list", "--county", "west")).out;
    expect(await list()).toMatch(/^lin@example\.org {2}station {2}林晓 {2}active {2}no second factor$/m);
    expect(await line.liaison("user", "end", "LIN@example.org", "--county", "west")).toEqual({
      status: 0,
      out: "林晓\n",
      err: "",
    });
    expect(await list()).toMatch(/^lin@example\.org {2}station {2}林晓 {2}ended/m);
    expect(await line.liaison("user", "end", "lin@example.org", "--county", "west")).toMatchObject({
      status: 2,
      out: "",
    });
    const json = JSON.parse((await line.liaison("user", "list", "--json", "--county", "west")).out);
    expect(Object.keys(json[0]).filter((key) => /password|hash/i.test(key))).toEqual([]);
  });

  test("names the hosts of a county, each for one county", async () => {
    const hosts = (county: string, ...names: string[]) => line.liaison("county", "hosts", ...names, "--county", county);
    expect(await hosts("east", "East.Example", "east.example")).toEqual({ status: 0, out: "east.example\n", err: "" });
    expect(await hosts("west", "east.example")).toMatchObject({ status: 2 });
    expect(await hosts("west", "https://west.example")).toMatchObject({ status: 2 });
    expect(await hosts("west", "west.example:443")).toMatchObject({ status: 2 });
    expect(await hosts("east")).toEqual({ status: 0, out: "", err: "" });
    expect(await hosts("west", "east.example")).toMatchObject({ status: 0 });
  });
});
