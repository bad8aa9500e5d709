import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readings } from "../../../db/schema/console.ts";
import { sessions } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import { endByCommand } from "../../../src/casework/staff/end-staff.ts";
import { newToken } from "../../tokens.ts";
import type { Browser } from "./browser.ts";
import { api, db, enrol, inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";
import { codeOf } from "./one-time-code.ts";

withConsole();

const statusOf = async (at: Browser, path = "/me") => (await at.ask("GET", path)).status;
const change = async (set: Partial<typeof sessions.$inferInsert>, county = "east") => {
  const id = await db.county(county);
  await db.database.inCounty(id, (tx) => tx.update(sessions).set(set));
};

describe("a session", () => {
  test("is a cookie that no script reads, no other site sends, and whose token is in no answer", async () => {
    const who = await person("station");
    const at = inCounty();
    const { cookies } = await signIn(at, who);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^liaison=[^;]+; /);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"])
      expect(cookies[0]?.toLowerCase()).toContain(part.toLowerCase());
    expect(cookies[0]).not.toMatch(/domain|secure/i);
    const token = decodeURIComponent(at.cookie() ?? "").split(".")[0] ?? "";
    for (const path of ["/me", "/me/sessions"])
      expect(JSON.stringify((await at.ask("GET", path)).body)).not.toContain(token);
    const id = await db.county("east");
    const rows = await db.database.inCounty(id, (tx) => tx.select().from(sessions));
    expect(rows.some((row) => Buffer.from(row.token).includes(token) || row.tokenIndex.includes(token))).toBe(false);
  });

  test("ends after half an hour without a request, and after twelve hours in any case", async () => {
    const { at } = await signedIn("station");
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await change({ lastUsedAt: ago(29) });
    expect(await statusOf(at)).toBe(200);
    const id = await db.county("east");
    const [row] = await db.database.inCounty(id, (tx) =>
      tx.select().from(sessions).orderBy(sessions.createdAt).limit(1),
    );
    expect(row).toBeDefined();
    await change({ lastUsedAt: ago(31) });
    expect(await statusOf(at)).toBe(401);
    await change({ lastUsedAt: new Date() });
    expect(await statusOf(at)).toBe(401);
    const other = await signedIn("station");
    await change({ expiresAt: ago(0) });
    expect(await statusOf(other.at)).toBe(401);
  });

  test("goes on while it is used", async () => {
    const { at } = await signedIn("station");
    const before = new Date(Date.now() - 20 * 60_000);
    await change({ lastUsedAt: before });
    expect(await statusOf(at)).toBe(200);
    const { items } = (await at.ask("GET", "/me/sessions")).body as {
      items: { lastUsedAt: string; isThis: boolean }[];
    };
    expect(new Date(items.find(({ isThis }) => isThis)?.lastUsedAt ?? 0).getTime()).toBeGreaterThan(before.getTime());
  });

  test("is none in another county, nor with a changed cookie, nor for whoever left", async () => {
    const { at, who } = await signedIn("station");
    const cookie = at.cookie() ?? "";
    const west = inCounty("west");
    west.setCookie("liaison", cookie);
    expect(await statusOf(west)).toBe(401);
    const changed = inCounty();
    changed.setCookie("liaison", `${cookie.slice(0, 10)}x${cookie.slice(11)}`);
    expect(await statusOf(changed)).toBe(401);
    const unsigned = inCounty();
    unsigned.setCookie("liaison", decodeURIComponent(cookie).split(".")[0] ?? "");
    expect(await statusOf(unsigned)).toBe(401);
    const strange = inCounty("north");
    strange.setCookie("liaison", cookie);
    expect(await statusOf(strange)).toBe(401);
    expect((await signIn(strange, who)).status).toBe(404);
    const services = { database: db.database, vault: db.vault, now: () => new Date() };
    const id = await db.county("east");
    expect(await endByCommand(services, id, who.email)).not.toBeNull();
    expect(await statusOf(at)).toBe(401);
    expect((await signIn(inCounty(), who)).status).toBe(401);
  });

  test("is one's own: listed, ended one by one or all others, never somebody else's", async () => {
    const { at, who } = await signedIn("station");
    const [second, third] = [inCounty(), inCounty()];
    await signIn(second, who);
    await signIn(third, who);
    const list = async (from: Browser) =>
      ((await from.ask("GET", "/me/sessions")).body as { items: { id: string; isThis: boolean; device: string }[] })
        .items;
    const mine = await list(second);
    expect(mine.map(({ isThis }) => isThis).filter(Boolean)).toHaveLength(1);
    expect(mine[0]).toMatchObject({ address: "127.0.0.1", device: expect.stringContaining("Chrome") });
    const stranger = await signedIn("station");
    const [theirs] = await list(stranger.at);
    expect((await second.ask("DELETE", `/me/sessions/${theirs?.id}`)).status).toBe(404);
    expect((await second.ask("DELETE", "/me/sessions/none")).status).toBe(404);
    const [one] = (await list(at)).filter(({ isThis }) => isThis);
    expect((await second.ask("DELETE", `/me/sessions/${one?.id}`)).status).toBe(204);
    expect(await statusOf(at)).toBe(401);
    expect((await second.ask("DELETE", "/me/sessions")).status).toBe(204);
    expect([await statusOf(second), await statusOf(third), await statusOf(stranger.at)]).toEqual([200, 401, 200]);
  });

  test("takes no change that a page of another site asks for", async () => {
    const { at } = await signedIn("office");
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }])
      for (const [method, path] of [
        ["DELETE", "/session"],
        ["PATCH", "/me/preferences"],
        ["POST", "/rulesets"],
      ] as const)
        expect((await at.ask(method, path, method === "DELETE" ? undefined : {}, { headers })).body).toMatchObject({
          code: "cross-site",
        });
    expect(await statusOf(at)).toBe(200);
  });

  test("serves the routes that are older than it, by its role", async () => {
    const office = await signedIn("office", "east", { name: "黄蕾" });
    const drafted = await office.at.write("POST", "/rulesets", { name: "Rules", version: 1, rules: [] });
    expect([201, 422]).toContain(drafted.status);
    const { at } = await signedIn("station");
    expect((await at.ask("GET", "/rulesets")).body).toMatchObject({ code: "role" });
    expect((await at.ask("POST", "/rulesets", {})).status).toBe(403);
    expect((await signedIn("auditor")).at).toBeDefined();
  });
});

describe("one's own account", () => {
  test("has a new password only with the present one; other sessions end", async () => {
    const { at, who } = await signedIn("station");
    const other = inCounty();
    await signIn(other, who);
    const ask = (password: string, newPassword: string) => at.ask("POST", "/me/password", { password, newPassword });
    expect((await ask("not the present one", "a new good password")).status).toBe(422);
    expect((await ask(who.password, "too short")).status).toBe(422);
    expect(await statusOf(other)).toBe(200);
    expect((await ask(who.password, "a new good password")).status).toBe(204);
    expect([await statusOf(at), await statusOf(other)]).toEqual([200, 401]);
    expect((await signIn(inCounty(), who)).status).toBe(401);
    expect((await signIn(inCounty(), { ...who, password: "a new good password" })).status).toBe(200);
  });

  test("keeps preferences, and says them with who one is", async () => {
    const { at } = await signedIn("station");
    expect((await at.ask("GET", "/me")).body).toMatchObject({ locale: "zh-CN", preferences: { singleKeys: true } });
    expect((await at.ask("PATCH", "/me/preferences", { locale: "en", singleKeys: false })).status).toBe(200);
    expect((await at.ask("PATCH", "/me/preferences", { rowHeight: "compact" })).body).toEqual({
      locale: "en",
      rowHeight: "compact",
      singleKeys: false,
    });
    expect((await at.ask("PATCH", "/me/preferences", { locale: "fr" })).status).toBe(422);
    const me = (await at.ask("GET", "/me")).body as { may: string[]; textKey: string };
    expect(me).toMatchObject({ locale: "en", county: { name: "County east" } });
    expect(Buffer.from(me.textKey, "base64url")).toHaveLength(32);
    expect(me.may).toContain("GET /me/readings");
    expect(me.may).not.toContain("GET /staff");
  });

  test("lists what one has read, newest first, and nothing of others", async () => {
    const { at, who } = await signedIn("station");
    const id = await db.county("east");
    await db.database.inCounty(id, async (tx) => {
      const people = await tx.select({ id: users.id, emailIndex: users.emailIndex }).from(users);
      const mine = people.find(({ emailIndex }) => emailIndex === db.vault.blindIndex(who.email, `user:${id}`));
      const row = { jurisdictionId: id, callerName: "x", role: "station", what: "phone", requestId: "r" } as const;
      for (const callerId of [mine!.id, mine!.id, people.find((one) => one !== mine)!.id])
        await tx.insert(readings).values({ ...row, callerId, at: new Date(), reason: "inspection" });
    });
    const first = (await at.ask("GET", "/me/readings?limit=1")).body as { items: { seq: number }[]; next: string };
    expect(first.items).toHaveLength(1);
    const second = (await at.ask("GET", `/me/readings?limit=1&after=${first.next}`)).body as typeof first;
    expect([second.items.length, second.next]).toEqual([1, null]);
    expect(second.items[0]!.seq).toBeLessThan(first.items[0]!.seq);
    expect((await at.ask("GET", "/me/readings?limit=0")).status).toBe(422);
  });

  test("confirms with a code, for ten minutes", async () => {
    const { at, who } = await signedIn("operator");
    const tokens = () => at.write("POST", "/tokens", { name: "nightly", role: "auditor", days: 30 });
    await change({ confirmedAt: new Date(Date.now() - 11 * 60_000) });
    const refused = await tokens();
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([403, "confirm-needed"]);
    expect((await at.ask("GET", "/me")).body).toMatchObject({ confirmedUntil: null });
    const confirmed = await at.ask("POST", "/me/confirm", { code: codeOf(who.uri!) });
    expect(confirmed.status).toBe(200);
    expect((await tokens()).status).toBe(201);
  });

  test("is nobody's but a person's: a program with a token has none", async () => {
    const id = await db.county("east");
    const token = await newToken({ database: db.database, now: () => new Date() }, id, { role: "operator" });
    const headers = { authorization: `Bearer ${token}` };
    const at = inCounty();
    for (const [method, path] of [
      ["GET", "/me"],
      ["DELETE", "/session"],
      ["POST", "/staff"],
    ] as const)
      expect((await at.ask(method, path, method === "POST" ? {} : undefined, { headers })).body).toMatchObject({
        code: "people-only",
      });
    expect((await at.ask("GET", "/staff", undefined, { headers })).status).toBe(200);
    const everywhere = await fetch(`${api.base}/api/v1/me`);
    expect(everywhere.status).toBe(401);
  });

  test("of the same address in two counties is two people", async () => {
    const east = await person("station", "east", { email: "same@example.org", password: "of the east one" });
    const west = await person("office", "west", { email: "same@example.org", password: "of the west one" });
    expect((await signIn(inCounty("east"), west)).status).toBe(401);
    expect((await signIn(inCounty("west"), east)).status).toBe(401);
    const at = inCounty("west");
    expect((await signIn(at, west)).body).toEqual({ next: "enrol" });
    await enrol(at, west);
    expect((await at.ask("GET", "/me")).body).toMatchObject({ role: "office", county: { name: "County west" } });
    const id = await db.county("west");
    const rows = await db.database.inCounty(id, (tx) => tx.select().from(users).where(eq(users.role, "station")));
    expect(rows).toEqual([]);
  });
});
