import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { readConfig } from "../../src/config.ts";
import { fillPast } from "../../src/demo/past/fill.ts";
import { planPast } from "../../src/demo/past/plan.ts";
import { MATTERS, WITHOUT_PLACE } from "../../src/demo/past/sentences.ts";
import { openidOf } from "../../src/demo/people.ts";
import { openPracticeAccount } from "../../src/demo/practice.ts";
import { type Demo, startDemo } from "../../src/demo/run.ts";
import { createLog } from "../../src/log.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { browser } from "../http/console/browser.ts";
import { signIn } from "../http/console/console-api.ts";

let db: TestDatabase;
let folder: string;
let demo: Demo;

beforeAll(async () => {
  db = await testDatabase({ counties: [] });
  folder = await mkdtemp(join(tmpdir(), "liaison-demo-"));
  const variables = { LIAISON_SECRET: randomBytes(32).toString("base64"), LIAISON_DATA: folder, PORT: "0" };
  const read = readConfig({ DATABASE_URL: db.url, ...variables }, folder);
  if (!read.ok) throw new Error(read.problems.join(" "));
  demo = await startDemo(read.config, { log: createLog("silent"), say: () => undefined, size: 40 });
  await demo.allBound;
});
afterAll(async () => {
  await demo.close();
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const fill = async (options: Partial<Parameters<typeof fillPast>[2]> = {}) => {
  const { runtime } = demo.service;
  return fillPast(runtime, await openPracticeAccount(runtime, demo.jurisdictionId), {
    rest: false,
    chatOf: openidOf,
    ...options,
  });
};
const count = async (condition: string): Promise<number> => {
  const [row] = await demo.service.runtime.database.inCounty(demo.jurisdictionId, (tx) =>
    tx.execute<{ n: number }>(sql.raw(`select count(*)::int as n from cases c where ${condition}`)),
  );
  return row?.n ?? 0;
};
const awayNow = async (): Promise<number> => {
  const rows = await demo.service.runtime.database.inCounty(demo.jurisdictionId, (tx) =>
    tx.execute(sql`select from absences where from_at <= now() and until_at > now()`),
  );
  return rows.length;
};
const happened = (type: string) =>
  count(`exists (select from case_events e where e.case_id = c.id and e.type = '${type}')`);

describe("the last months of the practice county", () => {
  test("are the same for the same seed, in many different sentences of everyday life", () => {
    expect(planPast()).toEqual(planPast());
    expect(planPast(1)).not.toEqual(planPast(2));
    const sentences = new Set([...Object.values(MATTERS).flat(), ...WITHOUT_PLACE]);
    expect(sentences.size).toBeGreaterThanOrEqual(120);
    expect(new Set(planPast().map(({ words }) => words)).size).toBeGreaterThanOrEqual(120);
    expect(planPast().length).toBeGreaterThan(200);
  });

  test("begin anew where they were broken off, and are there once", async () => {
    const begun = await fill({
      onStory: (told) => {
        if (told === 30) void stopping();
      },
    });
    const stopping = () => begun.close();
    expect(await begun.done).toBeLessThan(planPast().length);
    const some = await count("true");
    expect(some).toBeGreaterThan(20);
    const rest = await fill();
    expect(await rest.done).toBeGreaterThan(100);
    const all = await count("true");
    expect(all).toBeGreaterThanOrEqual(planPast().length * 0.95);
    expect(await (await fill()).done).toBe(0);
    expect(await count("true")).toBe(all);
  }, 600_000);

  test("show every way that a case can take", async () => {
    const ways = {
      "open, on time": await count("closed_at is null and due_on >= current_date"),
      late: await count("closed_at is null and due_on < current_date"),
      solved: await count("outcome = 'solved'"),
      explained: await count("outcome = 'explained'"),
      "not in scope": await count("outcome = 'not_in_scope'"),
      duplicate: await count("outcome = 'duplicate'"),
      withdrawn: await count("outcome = 'withdrawn'"),
      "no contact": await count("outcome = 'no_contact'"),
      reopened: await count("reopenings > 0"),
      rated: await count("rating is not null"),
      returned: await happened("returned"),
      referred: await happened("referred"),
      "with the office": await happened("left_to_office"),
      answered: await count("state = 'answered'"),
      sealed: await count("sealed"),
      danger: await count("priority"),
      "without a place": await count("grid_id is null and not sealed"),
      "moved by hand": await count(
        "exists (select from decisions d where d.case_id = c.id and d.decision -> 'chosen' ->> 'kind' = 'deputy' and d.decision::text like '%by-hand%')",
      ),
      "another category": await count(
        "exists (select from case_events e where e.case_id = c.id and e.type = 'categorised' and e.by like 'office:%')",
      ),
      "another day": await happened("due_changed"),
      noted: await happened("noted"),
      "somebody away": await awayNow(),
      undeliverable: await count(
        "exists (select from outbox o where o.case_id = c.id and (o.state = 'failed' or o.awaits_contact))",
      ),
    };
    const missing = Object.entries(ways).filter(([, n]) => n === 0);
    expect({ missing, ways }).toMatchObject({ missing: [] });
  });

  test("stand in the ledgers as everything else: each case follows from its events, and the chain holds", async () => {
    const { database } = demo.service.runtime;
    const county = { id: demo.jurisdictionId, code: "qinghe", name: "青禾县" };
    const audited = await auditCounty(database, county, {});
    expect(audited.findings).toEqual([]);
    expect(audited.cases).toBeGreaterThan(200);
  });

  test("are on the pages of the console, and leave the deputies' chats as they were", async () => {
    const at = browser(demo.serviceUrl);
    await signIn(at, demo.logins.find(({ role }) => role === "office")!);
    const today = (await at.ask("GET", "/today")).body as { sections: { code: string; count: number }[] };
    const counts = new Map(today.sections.map(({ code, count: n }) => [code, n]));
    for (const code of ["danger", "triage", "late", "sealed"])
      expect([code, counts.get(code)! > 0]).toEqual([code, true]);
    const versions = (await at.ask("GET", "/rulesets")).body as { state: string }[] | { items: { state: string }[] };
    const states = ("items" in versions ? versions.items : versions).map(({ state }) => state).sort();
    expect(states).toEqual(["draft", "in-review", "published", "retired"]);
  });
});
