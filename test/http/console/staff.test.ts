import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { deputies } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import type { Browser } from "./browser.ts";
import { db, enrol, inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";
import { codeOf } from "./one-time-code.ts";

withConsole();

type Member = {
  id: string;
  etag: string;
  name: string;
  email: string;
  role: string;
  state: string;
  stations: string[];
};
let at: Browser;
let own: string;

beforeAll(async () => {
  const id = await db.county("east");
  await db.database.inCounty(id, async (tx) => {
    await tx
      .insert(stations)
      .values({ id: newId(), jurisdictionId: id, code: "S1", name: "柳河站", township: "柳河镇" });
    await tx
      .insert(deputies)
      .values({ id: newId(), jurisdictionId: id, code: "D1", name: "王代表", level: "township" });
  });
  ({ at } = await signedIn("operator", "east", { name: "周强" }));
  own = ((await at.ask("GET", "/me")).body as { id: string }).id;
});

const invite = (wanted: object, key?: string) =>
  at.write(
    "POST",
    "/staff",
    { role: "office", stations: [], deputyCode: null, ...wanted },
    key === undefined ? {} : { key },
  );
const list = async () => ((await at.ask("GET", "/staff")).body as { items: Member[] }).items;
const member = async (email: string) => (await list()).find((one) => one.email === email)!;
const changes = async () =>
  (
    (await at.ask("GET", "/staff/changes?limit=200")).body as {
      items: { what: string; by: string; name: string; before: unknown; after: unknown }[];
    }
  ).items;

/** Somebody with a password, as an operator sees them. */
async function known(
  role: "station" | "office",
  name: string,
): Promise<{ who: Awaited<ReturnType<typeof person>>; member: Member }> {
  const who = await person(role, "east", { name });
  return { who, member: await member(who.email) };
}

describe("staff", () => {
  test("is invited with stations and a deputy's code, once, whatever is repeated", async () => {
    const key = randomUUID();
    const wanted = { name: "陈芳", email: "chen@example.org", role: "station", stations: ["S1"], deputyCode: "D1" };
    const first = await invite(wanted, key);
    const again = await invite(wanted, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    const [one, other] = [first.body, again.body] as { id: string; link: string }[];
    expect(one?.id).toBe(other?.id);
    const code = (link = "") => link.split("#")[1];
    // The answer with the first link was not seen: only the newest is good.
    expect((await inCounty().ask("POST", "/invitations/look", { code: code(one?.link) })).status).toBe(404);
    expect((await inCounty().ask("POST", "/invitations/look", { code: code(other?.link) })).status).toBe(200);
    expect(await member("chen@example.org")).toMatchObject({
      state: "invited",
      stations: ["S1"],
      deputyCode: "D1",
      invitedBy: "周强",
    });
    expect((await changes()).filter(({ what, name }) => what === "invited" && name === "陈芳")).toHaveLength(1);
    const later = await invite({ ...wanted, name: "陈芳二" }, key);
    expect([later.status, (later.body as { code: string }).code]).toEqual([422, "key-used"]);
    const taken = await inCounty().ask("POST", "/invitations", { code: code(other?.link), password: "what she chose" });
    expect(taken.body).toEqual({ next: "open" });
    expect((await invite(wanted, key)).body).toMatchObject({ link: null });
  });

  test.each([
    ["an address of somebody else", { name: "甲", email: "CHEN@example.org" }, 409],
    ["a name of somebody else", { name: "周强", email: "new1@example.org" }, 409],
    ["no address", { name: "乙", email: "nowhere" }, 422],
    ["a name of signs", { name: "<b>", email: "new2@example.org" }, 422],
    ["no such role", { name: "丙", email: "new3@example.org", role: "king" }, 422],
    ["no such station", { name: "丁", email: "new4@example.org", stations: ["S1", "S9"] }, 422],
    ["no such deputy", { name: "戊", email: "new5@example.org", deputyCode: "D9" }, 422],
  ])("is refused with %s, and nothing is left", async (_, wanted, status) => {
    const before = (await list()).length;
    expect((await invite(wanted)).status).toBe(status);
    expect((await list()).length).toBe(before);
  });

  test("needs a key and a version, and of two changes at once takes one", async () => {
    const { member: one } = await known("station", "钱梅");
    const path = `/staff/${one.id}`;
    expect((await at.ask("PATCH", path, { name: "钱一" })).status).toBe(428);
    expect((await at.ask("PATCH", path, { name: "钱一" }, { headers: { "if-match": '"v1"' } })).status).toBe(400);
    const both = await Promise.all(
      ["钱二", "钱三"].map((name) => at.write("PATCH", path, { name }, { match: one.etag })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const late = both.find(({ status }) => status === 412);
    expect(late?.body).toMatchObject({ code: "somebody-was-faster", since: [{ type: "changed", by: "周强" }] });
    const now = await member(one.email);
    expect(now.etag).toBe("v2");
    expect((await changes()).filter(({ what, name }) => what === "changed" && name === now.name)).toHaveLength(1);
    expect((await at.write("PATCH", path, { name: "周强" }, { match: "v2" })).status).toBe(409);
  });

  test("with another role or other stations is signed out; the ledger says what it was", async () => {
    const { who, member: one } = await known("station", "孙悦");
    const theirs = inCounty();
    await signIn(theirs, who);
    const path = `/staff/${one.id}`;
    expect((await at.write("PATCH", path, { name: "孙悦悦" }, { match: "v1" })).status).toBe(200);
    expect((await theirs.ask("GET", "/me")).body).toMatchObject({ name: "孙悦悦" });
    expect((await at.write("PATCH", path, { stations: ["S1"] }, { match: "v2" })).body).toMatchObject({
      stations: ["S1"],
      etag: "v3",
    });
    expect((await theirs.ask("GET", "/me")).status).toBe(401);
    expect((await at.write("PATCH", path, { role: "auditor" }, { match: "v3" })).status).toBe(200);
    expect((await signIn(theirs, who)).body).toEqual({ next: "enrol" });
    const [newest] = await changes();
    expect(newest).toMatchObject({
      what: "changed",
      by: "周强",
      before: { role: "station", stations: ["S1"] },
      after: { role: "auditor" },
    });
    expect(JSON.stringify(await changes())).not.toMatch(/@/);
  });

  test("does nothing to its own account that another operator must do", async () => {
    for (const step of ["end", "reset-second-factor", "unlock", "end-sessions"])
      expect((await at.write("POST", `/staff/${own}/${step}`)).body).toMatchObject({
        status: 403,
        code: "own-account",
      });
    for (const wanted of [{ role: "office" }, { stations: [] }, { deputyCode: null }])
      expect((await at.write("PATCH", `/staff/${own}`, wanted, { match: "v1" })).body).toMatchObject({
        code: "own-account",
      });
    expect((await at.ask("GET", "/me")).body).toMatchObject({ role: "operator", hasSecondFactor: true });
  });

  test("that lost the second factor gets a link with which both are set anew", async () => {
    const { at: theirs, who } = await signedIn("office", "east", { name: "李蓉" });
    const one = await member(who.email);
    const reset = await at.write("POST", `/staff/${one.id}/reset-second-factor`);
    const code = (reset.body as { link: string }).link.split("#")[1];
    expect((await theirs.ask("GET", "/me")).status).toBe(401);
    expect((await signIn(inCounty(), who)).status).toBe(401);
    const password = "another good one";
    expect((await theirs.ask("POST", "/invitations", { code, password })).body).toEqual({ next: "enrol" });
    const uri = await enrol(theirs, { ...who, password });
    expect(uri).not.toBe(who.uri);
    await signIn(theirs, { ...who, password });
    expect((await theirs.ask("POST", "/session/second-factor", { code: codeOf(who.uri!) })).status).toBe(401);
    expect((await theirs.ask("POST", "/session/second-factor", { code: codeOf(uri) })).status).toBe(200);
  });

  test("that leaves is gone at once, stays in the ledger, and gives its name to nobody", async () => {
    const { who, member: one } = await known("station", "何勇");
    const theirs = inCounty();
    await signIn(theirs, who);
    expect((await at.write("POST", `/staff/${one.id}/end`)).body).toMatchObject({ state: "ended" });
    expect((await theirs.ask("GET", "/me")).status).toBe(401);
    expect((await signIn(theirs, who)).status).toBe(401);
    expect((await at.write("POST", `/staff/${one.id}/end`)).body).toMatchObject({ status: 409, code: "ended" });
    expect((await invite({ name: "何勇", email: "other@example.org" })).status).toBe(409);
    expect((await changes())[0]).toMatchObject({ what: "ended", name: "何勇", by: "周强" });
  });

  test("makes tokens that are shown once, and revokes them", async () => {
    const key = randomUUID();
    const wanted = { name: "nightly-export", role: "auditor", days: 30 };
    const made = await at.write("POST", "/tokens", wanted, { key });
    const { token } = made.body as { token: string };
    expect(token).toMatch(/^liaison_/);
    expect((await at.write("POST", "/tokens", wanted, { key })).body).toEqual({ name: "nightly-export", token: null });
    expect((await at.write("POST", "/tokens", wanted)).status).toBe(409);
    expect((await at.write("POST", "/tokens", { ...wanted, name: "周强" })).status).toBe(409);
    const headers = { authorization: `Bearer ${token}` };
    expect((await inCounty().ask("GET", "/rulesets", undefined, { headers })).status).toBe(200);
    const { items } = (await at.ask("GET", "/tokens")).body as { items: { id: string; name: string }[] };
    const { id } = items.find(({ name }) => name === "nightly-export")!;
    expect((await at.write("DELETE", `/tokens/${id}`)).status).toBe(204);
    expect((await at.write("DELETE", `/tokens/${id}`)).status).toBe(404);
    expect((await changes()).slice(0, 2)).toMatchObject([{ what: "token-revoked" }, { what: "token-made" }]);
  });

  test("has a ledger to which rows are only added, also by whoever owns the tables", async () => {
    const owner = postgres(db.url, { max: 1, onnotice: () => undefined });
    try {
      await expect(owner.unsafe("update staff_changes set by = 'nobody'")).rejects.toThrow();
      await expect(owner.unsafe("delete from staff_changes")).rejects.toThrow();
    } finally {
      await owner.end();
    }
  });
});
