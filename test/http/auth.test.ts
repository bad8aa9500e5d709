import { BlockList } from "node:net";
import { Hono } from "hono";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkToken, listTokens, revokeToken } from "../../src/casework/access/api-tokens.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { ROLES } from "../../src/domain/access/roles.ts";
import { type CallerEnv, createFailures, requireToken } from "../../src/http/auth.ts";
import { clientAddress } from "../../src/http/client-address.ts";
import { createTokenCache, type TokenCache } from "../../src/http/token-cache.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { newToken } from "../tokens.ts";

const NOW = new Date("2026-11-24T02:00:00Z");
const HOUR = 3_600_000;

let db: TestDatabase;
let east: string;
let now = NOW;
beforeAll(async () => {
  db = await testDatabase();
  east = await db.county("east");
});
afterAll(() => db.close());
beforeEach(() => {
  now = NOW;
});

const services = () => ({ database: db.database, now: () => now });
const token = (wanted: { role?: Caller["role"]; name?: string; expiresAt?: Date } = {}) =>
  newToken(services(), east, { role: "operator", ...wanted });

describe("a token", () => {
  it("names its county and role to whoever checks it, for every role", async () => {
    for (const role of ROLES) {
      expect(await checkToken(db.database, await token({ role, name: `of-${role}` }), now)).toEqual({
        kind: "token",
        id: expect.any(String),
        jurisdictionId: east,
        role,
        name: `of-${role}`,
        stations: [],
        deputyId: null,
        confirmedAt: null,
        isWithoutSealed: true,
      });
    }
    const sealed = await newToken(services(), east, { role: "office", name: "of-sealed", sealed: true });
    expect(await checkToken(db.database, sealed, now)).not.toHaveProperty("isWithoutSealed");
  });

  it("is nowhere in the database, and belongs to its county alone", async () => {
    const secret = await token({ name: "kept-nowhere" });
    const kept = await listTokens(db.database, east);
    expect(JSON.stringify(kept)).not.toContain(secret.slice(-20));
    expect(await listTokens(db.database, await db.county("west"))).toEqual([]);
    const bytes = Buffer.from(secret.slice("liaison_".length), "base64url");
    const elsewhere = Buffer.from((await db.county("west")).replaceAll("-", ""), "hex");
    const moved = `liaison_${Buffer.concat([elsewhere, bytes.subarray(16)]).toString("base64url")}`;
    expect(await checkToken(db.database, moved, now)).toBeNull();
  });

  it("is refused when one sign of it is wrong", async () => {
    const right = await token();
    for (const at of [8, 30, 55, 70, 90]) {
      const other = right[at] === "A" ? "B" : "A";
      expect(await checkToken(db.database, right.slice(0, at) + other + right.slice(at + 1), now)).toBeNull();
    }
    for (const none of ["", "liaison_", `${right}A`, right.slice(1), "' or 1=1 --", "liaison_\0"]) {
      expect(await checkToken(db.database, none, now)).toBeNull();
    }
  });

  it("ends when its time is over or somebody revokes it, and stays on the list", async () => {
    const short = await token({ name: "short", expiresAt: new Date(NOW.getTime() + HOUR) });
    const long = await token({ name: "long" });
    expect(await checkToken(db.database, short, now)).not.toBeNull();
    now = new Date(NOW.getTime() + HOUR);
    expect(await checkToken(db.database, short, now)).toBeNull();
    expect(await checkToken(db.database, long, now)).not.toBeNull();
    expect(await revokeToken(db.database, east, "long", now)).toBe(true);
    expect(await revokeToken(db.database, east, "long", now)).toBe(false);
    expect(await checkToken(db.database, long, now)).toBeNull();
    expect((await listTokens(db.database, east)).find(({ name }) => name === "long")).toMatchObject({
      lastUsedAt: now,
      revokedAt: now,
    });
  });

  it("has a name of its own in its county", async () => {
    await token({ name: "grafana" });
    await expect(token({ name: "grafana" })).rejects.toThrow("already");
    await expect(token({ name: "a b" })).rejects.toThrow("letters");
  });
});

describe("a route behind a token", () => {
  let tokens: TokenCache;
  let queries = 0;
  let isAway = false;
  const app = () => {
    const addressOf = clientAddress(new BlockList());
    const guard = { tokens, failures: createFailures(), addressOf, log: pino({ level: "silent" }) };
    return new Hono<CallerEnv>().get("/x", requireToken(guard, ["operator"]), (c) => c.json(c.get("caller")));
  };
  const get = (to: Hono<CallerEnv>, authorization?: string) =>
    to.request("/x", { headers: authorization === undefined ? {} : { authorization } });
  beforeEach(() => {
    queries = 0;
    isAway = false;
    const database: typeof db.database = {
      ...db.database,
      inCounty(id, work) {
        queries += 1;
        return isAway ? Promise.reject(new Error("away")) : db.database.inCounty(id, work);
      },
    };
    tokens = createTokenCache({ database, now: () => now });
  });

  it("answers with problem documents that say what to do and nothing else", async () => {
    const to = app();
    const none = await get(to);
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Liaison"']);
    expect(none.headers.get("content-type")).toBe("application/problem+json");
    expect(await none.json()).toEqual({
      type: "about:blank",
      status: 401,
      title: "Unauthorized",
      detail: "Give an API token as Authorization: Bearer.",
    });
    expect((await get(to, `Bearer ${await token({ role: "office" })}`)).status).toBe(403);
    expect((await get(to, `bearer  ${await token()}`)).status).toBe(200);
    expect((await get(to, `Basic ${Buffer.from(`x:${await token()}`).toString("base64")}`)).status).toBe(401);
  });

  it("asks the database once for a token that comes again and again, and never for what is no token", async () => {
    const to = app();
    const right = `Bearer ${await token()}`;
    for (let time = 0; time < 5; time += 1) expect((await get(to, right)).status).toBe(200);
    expect(queries).toBe(1);
    for (let time = 0; time < 5; time += 1) expect((await get(to, "Bearer guess")).status).toBe(401);
    expect(queries).toBe(1);
  });

  it("slows what fails after twenty wrong tokens in a minute, and lets every right one in at once", async () => {
    const to = app();
    const wrong = (n: number) => `Bearer liaison_${String(n).padStart(86, "A")}`;
    for (let n = 0; n < 20; n += 1) expect((await get(to, wrong(n))).status).toBe(401);
    const slowed = Promise.resolve(get(to, wrong(99)));
    let isAnswered = false;
    void slowed.then(() => {
      isAnswered = true;
    });
    // Of one who was never seen before, from the same address.
    expect((await get(to, `Bearer ${await token({ name: "late" })}`)).status).toBe(200);
    expect(isAnswered).toBe(false);
    const refused = await slowed;
    expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([429, expect.closeTo(60, -1)]);
    expect((await get(to, `Bearer ${await token({ name: "later" })}`)).status).toBe(200);
  });

  it("looks up three tokens at once, and the others in their turn", async () => {
    const to = app();
    const right = await token({ name: "behind" });
    let [most, under] = [0, 0];
    const counting: typeof db.database = {
      ...db.database,
      async inCounty(id, work) {
        under += 1;
        most = Math.max(most, under);
        return db.database.inCounty(id, work).finally(() => {
          under -= 1;
        });
      },
    };
    tokens = createTokenCache({ database: counting, now: () => now });
    const busy = app();
    const guesses = Array.from({ length: 15 }, (_, n) => get(busy, `Bearer liaison_${String(n).padStart(86, "B")}`));
    expect((await get(busy, `Bearer ${right}`)).status).toBe(200);
    expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(Array(15).fill(401));
    expect(most).toBe(3);
    expect((await get(to, `Bearer ${right}`)).status).toBe(200);
  });

  it("says that it cannot know while the database is away", async () => {
    const to = app();
    const right = `Bearer ${await token()}`;
    isAway = true;
    expect((await get(to, right)).status).toBe(503);
  });
});

describe("wrong tokens", () => {
  it("are counted by address and minute, for ten thousand addresses at most", () => {
    let nowMs = 0;
    const failures = createFailures(() => nowMs);
    for (let n = 0; n < 20; n += 1) failures.note("a");
    expect([failures.waitSeconds("a"), failures.waitSeconds("b")]).toEqual([60, 0]);
    nowMs = 59_001;
    expect(failures.waitSeconds("a")).toBe(1);
    nowMs = 60_000;
    expect(failures.waitSeconds("a")).toBe(0);
    for (let n = 0; n < 20_001; n += 1) failures.note(`address ${n}`);
    expect(failures.waitSeconds("address 20000")).toBe(0);
  });
});
