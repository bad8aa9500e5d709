import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandLineWithDatabase } from "./liaison.ts";

let line: Awaited<ReturnType<typeof commandLineWithDatabase>>;
beforeAll(async () => {
  line = await commandLineWithDatabase();
});
afterAll(() => line.close());

describe("liaison token", () => {
  test("prints the new token alone, lists whose tokens there are, and revokes by name", async () => {
    const added = await line.liaison("token", "add", "--role", "operator", "--name", "prometheus", "--county", "east");
    expect(added).toEqual({ status: 0, out: expect.stringMatching(/^liaison_[\w-]{86}\n$/), err: "" });
    const listed = await line.liaison("token", "list", "--json", "--county", "east");
    expect(JSON.parse(listed.out)).toMatchObject([{ name: "prometheus", role: "operator", revokedAt: null }]);
    expect((await line.liaison("token", "list", "--county", "west")).out).toBe("");
    expect((await line.liaison("token", "revoke", "prometheus", "--county", "west")).status).toBe(2);
    expect(await line.liaison("token", "revoke", "prometheus", "--county", "east")).toMatchObject({ status: 0 });
    expect((await line.liaison("token", "list", "--county", "east")).out).toMatch(/^prometheus {2}operator.*revoked/);
  });

  test("ends a token after the days that were given", async () => {
    await line.liaison("token", "add", "--role", "auditor", "--name", "month", "--days", "30", "--county", "east");
    const [month] = JSON.parse((await line.liaison("token", "list", "--json", "--county", "east")).out).slice(-1);
    const days = (Date.parse(month.expiresAt) - Date.parse(month.createdAt)) / 86_400_000;
    expect(days).toBeCloseTo(30, 2);
  });

  test("says plainly what is wrong", async () => {
    for (const wrong of [
      ["token", "add", "--county", "east"],
      ["token", "add", "--role", "king", "--county", "east"],
      ["token", "add", "--role", "office", "--days", "0", "--county", "east"],
      ["token", "add", "--role", "office", "--name", "a b", "--county", "east"],
      ["token", "add", "--role", "office"],
    ]) {
      const { status, out, err } = await line.liaison(...wrong);
      expect([status, out]).toEqual([2, ""]);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });
});
