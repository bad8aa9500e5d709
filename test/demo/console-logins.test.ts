import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type Demo, startDemo } from "../../src/demo/run.ts";
import { createLog } from "../../src/log.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { browser } from "../http/console/browser.ts";
import { enrol, signIn } from "../http/console/console-api.ts";

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
});
afterAll(async () => {
  await demo.close();
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the demo's logins", () => {
  test("are one a role, and open the console without a second factor", async () => {
    expect(demo.logins.map(({ role }) => role).sort()).toEqual([
      "auditor",
      "office",
      "operator",
      "reviewer",
      "station",
    ]);
    expect(demo.consoleUrl).toBe(`${demo.serviceUrl}/console`);
    expect(await (await fetch(demo.pageUrl)).text()).toContain("青禾县人大代表联络站");
    for (const login of demo.logins) {
      const at = browser(demo.serviceUrl);
      expect((await signIn(at, login)).body).toEqual({ next: "open" });
      const me = (await at.ask("GET", "/me")).body as { stations: string[] };
      expect(me).toMatchObject({
        role: login.role,
        name: login.name,
        must: null,
        notices: ["no-second-factor-here"],
        county: { name: "青禾县" },
      });
      expect(me.stations).toHaveLength(login.role === "station" ? 1 : 0);
    }
  });

  test("open monitoring and the queue's page to operator and auditor alone, and confirm by themselves", async () => {
    for (const login of demo.logins) {
      const at = browser(demo.serviceUrl);
      await signIn(at, login);
      const may = login.role === "operator" || login.role === "auditor";
      for (const path of ["/metrics", "/console/queues"])
        expect([login.role, path, (await at.ask("GET", path)).status]).toEqual([login.role, path, may ? 200 : 403]);
    }
    const at = browser(demo.serviceUrl);
    await signIn(at, demo.logins.find(({ role }) => role === "operator")!);
    expect(
      (await at.ask("PUT", "/console/queues/api/queues", undefined, { headers: { "sec-fetch-site": "cross-site" } }))
        .status,
    ).toBe(403);
    expect((await at.write("POST", "/tokens", { name: "from-the-demo", role: "auditor", days: 1 })).status).toBe(201);
  });

  test("ask for a second factor once somebody has set one up", async () => {
    const login = demo.logins.find(({ role }) => role === "reviewer")!;
    const at = browser(demo.serviceUrl);
    await signIn(at, login);
    await enrol(at, login);
    expect((await signIn(browser(demo.serviceUrl), login)).body).toEqual({ next: "second-factor" });
  });
});
