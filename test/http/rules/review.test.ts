import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { rule, ruleset } from "../../domain/rules/rule-sets.ts";
import { slowClock } from "../../slow-clock.ts";
import { type PeopleApi, peopleApi } from "../people-api.ts";
import { askedAs } from "./asked-as.ts";

let db: TestDatabase;
let console_: PeopleApi;
let east: string;
const { now } = slowClock();

beforeAll(async () => {
  db = await testDatabase();
  console_ = await peopleApi({ database: db.database, vault: db.vault, now });
  east = await db.county("east");
  for (const name of ["zhou", "lin"]) console_.person(name, east, "office");
  for (const name of ["zhao", "qian"]) console_.person(name, east, "reviewer");
  console_.person("sun", east, "auditor");
  console_.person("wei", await db.county("west"), "office");
});
afterAll(async () => {
  await console_.api.close();
  await db.close();
});

const ask = askedAs(() => console_);
const put = (who: string, path: string, body: unknown, match: string) =>
  ask(who, "PUT", path, body, { "if-match": match });

async function drafted(
  who = "zhou",
  content: unknown = ruleset(),
): Promise<{ path: string; number: number; etag: string }> {
  const made = await ask(who, "POST", "/rulesets", content);
  expect(made.status).toBe(201);
  const { number } = made.body as { number: number };
  return { path: `/rulesets/${number}`, number, etag: made.etag! };
}
async function submitted(who = "zhou", content: unknown = ruleset()) {
  const version = await drafted(who, content);
  expect((await ask(who, "POST", `${version.path}/submit`)).status).toBe(200);
  return version;
}
/** Writes down a dry run of the present content, as a worker does. */
async function triedOn(number: number): Promise<void> {
  await db.database.inCounty(east, (tx) =>
    tx.execute(sql`
      insert into errands (id, jurisdiction_id, kind, asked, asked_by, asked_by_name, state, answer, made_at, expires_at)
      select ${newId()}::uuid, ${east}::uuid, 'dry-run', ${JSON.stringify({ number })}::jsonb, ${newId()}::uuid, 'x', 'done',
        jsonb_build_object('events', (select count(*) from ruleset_events e join rulesets r on r.id = e.ruleset_id where r.number = ${number})),
        ${now().toISOString()}::timestamptz, now() + interval '7 days'`),
  );
}
async function lookedAt(who: string, path: string): Promise<void> {
  const { changes } = (await ask(who, "GET", `${path}/changes`)).body as { changes: { change: string }[] };
  for (const { change } of changes) expect((await ask(who, "PUT", `${path}/looks`, { change })).status).toBe(200);
}
const publish = (who: string, path: string) => ask(who, "POST", `${path}/review`, { verdict: "publish" });

describe("a draft that two people edit", () => {
  it("is changed by whoever has seen its last form; the other hears what happened since", async () => {
    const { path, etag } = await drafted();
    expect(etag).toBe('"r1"');
    const mine = await put("zhou", path, ruleset("mine"), etag);
    expect([mine.status, mine.etag]).toEqual([200, '"r2"']);
    const theirs = await put("lin", path, ruleset("theirs"), etag);
    expect([theirs.status, theirs.etag, theirs.body]).toEqual([
      412,
      '"r2"',
      expect.objectContaining({
        code: "somebody-was-faster",
        since: [expect.objectContaining({ type: "edited", by: "zhou" })],
      }),
    ]);
    const seen = await ask("lin", "GET", path);
    expect([seen.etag, seen.body]).toEqual(['"r2"', expect.objectContaining({ name: "mine" })]);
    expect((await put("lin", path, ruleset("theirs"), seen.etag!)).status).toBe(200);
  });

  it("at the same moment, is changed by one of them", async () => {
    const { path, etag } = await drafted();
    const both = await Promise.all(["zhou", "lin"].map((who) => put(who, path, ruleset(who), etag)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { events } = (await ask("zhou", "GET", path)).body as { events: unknown[] };
    expect(events).toHaveLength(2);
  });

  it("asks a page for the version that it has seen and for a key, and does nothing twice", async () => {
    const { path, etag } = await drafted();
    expect((await ask("zhou", "PUT", path, ruleset())).status).toBe(428);
    const bare = await fetch(`${console_.api.base}/api/v1/rulesets`, {
      method: "POST",
      headers: { "x-person": "zhou", origin: console_.api.base },
      body: JSON.stringify(ruleset()),
    });
    expect([bare.status, await bare.json()]).toEqual([400, expect.objectContaining({ code: "key-needed" })]);
    const headers = { "idempotency-key": newId(), "if-match": etag };
    const [first, again] = [
      await ask("zhou", "PUT", path, ruleset("once"), headers),
      await ask("zhou", "PUT", path, ruleset("once"), headers),
    ];
    expect([first.status, again.status, again.etag, again.body]).toEqual([200, 200, first.etag, first.body]);
    expect((await ask("zhou", "PUT", path, ruleset("other"), headers)).status).toBe(422);
  });

  it("shows each rule's condition as it was read", async () => {
    const { path } = await drafted();
    expect((await ask("sun", "GET", path)).body).toMatchObject({ read: [{ kind: "says", word: "电梯" }] });
  });
});

describe("a review by a person", () => {
  it("publishes when nothing is missing, and otherwise says all that is", async () => {
    const { path, number } = await submitted();
    await ask("zhao", "POST", `${path}/comments`, { rule: "lifts", text: "who chases the unit?", must: true });
    const refused = await publish("zhao", path);
    expect([refused.status, refused.body]).toEqual([
      422,
      expect.objectContaining({ code: "not-ready", missing: ["dry-run", "looks", "must-comments"] }),
    ]);
    await triedOn(number);
    await lookedAt("qian", path);
    expect((await publish("zhao", path)).body).toMatchObject({ missing: ["looks", "must-comments"] });
    await lookedAt("zhao", path);
    const [comment] = (await ask("sun", "GET", `${path}/comments`)).body as { id: string }[];
    const resolved = await ask("zhou", "POST", `${path}/comments/${comment!.id}/resolve`);
    expect(resolved.body).toMatchObject({ resolvedBy: "zhou", must: true, by: "zhao" });
    expect((await ask("zhao", "GET", `${path}/readiness`)).body).toMatchObject({ missing: [], looked: 1, changes: 1 });
    expect((await publish("zhao", path)).body).toMatchObject({ state: "published", reviewer: "zhao" });
  });

  it("needs a code of the second factor, and may always turn down", async () => {
    console_.person("late", east, "reviewer", { confirmedAt: new Date(Date.now() - 11 * 60_000) });
    const { path } = await submitted();
    expect((await publish("late", path)).body).toMatchObject({ status: 403, code: "confirm-needed" });
    const down = await ask("qian", "POST", `${path}/review`, { verdict: "turn-down", note: "no" });
    expect(down.body).toMatchObject({ state: "retired", publishedAt: null });
  });

  it("is refused when the base is no longer published: it is withdrawn, and the new draft has the new base", async () => {
    const [first, second] = [await submitted("zhou", ruleset("a")), await submitted("zhou", ruleset("b"))];
    for (const { number, path } of [first, second]) {
      await triedOn(number);
      await lookedAt("zhao", path);
    }
    expect((await publish("zhao", first.path)).status).toBe(200);
    expect((await publish("zhao", second.path)).body).toMatchObject({ missing: ["base"] });
    expect((await ask("lin", "POST", `${second.path}/withdraw`)).status).toBe(403);
    const anew = await ask("zhou", "POST", `${second.path}/withdraw`);
    expect([anew.status, anew.body]).toEqual([
      201,
      expect.objectContaining({ state: "draft", name: "b", basedOn: first.number, author: "zhou" }),
    ]);
    expect((await ask("zhou", "GET", second.path)).body).toMatchObject({
      state: "retired",
      reviewer: null,
      events: [{ type: "drafted" }, { type: "submitted" }, { type: "withdrawn", by: "zhou" }],
    });
    expect((await ask("zhou", "POST", `${second.path}/withdraw`)).status).toBe(409);
  });

  it("needs a dry run of what the version holds, not of what it held before", async () => {
    const { path, number, etag } = await drafted();
    await triedOn(number);
    expect((await ask("zhou", "GET", `${path}/readiness`)).body).not.toMatchObject({
      missing: expect.arrayContaining(["dry-run"]),
    });
    await put("zhou", path, ruleset("changed"), etag);
    expect((await ask("zhou", "GET", `${path}/readiness`)).body).toMatchObject({
      missing: expect.arrayContaining(["dry-run"]),
    });
  });
});

describe("what people say about a version", () => {
  it("is a comparison with its base or any other, with each field and the conditions as read", async () => {
    const { path } = await drafted("zhou", ruleset("x", [rule("lifts", { owner: "林" }), rule("new")]));
    const { against, changes } = (await ask("zhao", "GET", `${path}/changes`)).body as {
      against: number;
      changes: object[];
    };
    expect(against).toEqual(expect.any(Number));
    expect(changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          change: "changed:lifts",
          fields: ["owner"],
          readTo: { kind: "says", word: "电梯" },
          isLooked: false,
        }),
        expect.objectContaining({ change: "added:new", from: null, readFrom: null }),
      ]),
    );
    const itself = (await ask("zhao", "GET", `${path}/changes?against=${path.split("/").at(-1)}`)).body;
    expect(itself).toMatchObject({ changes: [] });
  });

  it.each([
    ["a comment on a rule that it has not", "POST", "/comments", { rule: "gone", text: "?", must: false }, 422],
    ["an empty comment", "POST", "/comments", { rule: null, text: "  ", must: false }, 422],
    ["a look at a change that there is not", "PUT", "/looks", { change: "changed:gone" }, 422],
    ["a reviewer who wrote it", "POST", "/assign", { reviewer: "ZHOU" }, 403],
    ["a comparison with no version", "GET", "/changes?against=999", undefined, 404],
    ["a number that is none", "GET", "/changes?against=x", undefined, 422],
  ])("is not %s", async (_what, method, rest, body, status) => {
    const { path } = await drafted();
    const who = method === "PUT" ? "zhao" : "zhou";
    expect((await ask(who, method, `${path}${rest}`, body)).status).toBe(status);
  });

  it("is nobody's of another county", async () => {
    const { path } = await submitted();
    for (const [method, rest, body] of [
      ["GET", "/changes", undefined],
      ["GET", "/comments", undefined],
      ["GET", "/readiness", undefined],
      ["POST", "/comments", { rule: null, text: "?", must: true }],
      ["POST", "/withdraw", undefined],
      ["POST", "/assign", { reviewer: null }],
      ["POST", "/dry-run", {}],
    ] as const) {
      expect([rest, (await ask("wei", method, `${path}${rest}`, body)).status]).toEqual([rest, 404]);
    }
  });
});
