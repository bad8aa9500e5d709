import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { openPracticeAccount } from "../../src/demo/practice.ts";
import { openidOf } from "../../src/demo/people.ts";
import { planPast } from "../../src/demo/past/plan.ts";
import { groundsOf, tellStory } from "../../src/demo/past/tell.ts";
import { startDemo } from "../../src/demo/run.ts";
import { createLog } from "../../src/log.ts";
import { testDatabase } from "../database.ts";
test("x", async () => {
  const db = await testDatabase({ counties: [] });
  const folder = await mkdtemp(join(tmpdir(), "liaison-demo-"));
  const variables = { LIAISON_SECRET: randomBytes(32).toString("base64"), LIAISON_DATA: folder, PORT: "0" };
  const read = readConfig({ DATABASE_URL: db.url, ...variables }, folder);
  if (!read.ok) throw new Error("");
  const demo = await startDemo(read.config, { log: createLog("silent"), say: () => undefined, size: 40 });
  await demo.allBound;
  const { runtime } = demo.service;
  const account = await openPracticeAccount(runtime, demo.jurisdictionId);
  const grounds = await runtime.database.inCounty(demo.jurisdictionId, groundsOf);
  const caller = { kind: "person", id: "00000000-0000-4000-8000-000000000001", role: "office", stations: [], deputyId: null, jurisdictionId: demo.jurisdictionId, name: "林晓", confirmedAt: null } as const;
  for (const kind of [3, 5, 17, 18, 20]) {
    console.error("=== kind", kind);
    const story = planPast().find(({ key }) => key.endsWith(`-${kind}-0`))!;
    console.error(story.words, JSON.stringify(story.steps));
    await tellStory({ runtime, account, caller, grounds, chatOf: openidOf }, story);
  }
  await demo.close(); await db.close(); await rm(folder, { recursive: true, force: true });
}, 300_000);
