import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { explain, openInstallation } from "../../src/process/installation.ts";
import { startService } from "../../src/process/service.ts";
import { SECRET, type TestDatabase, testDatabase } from "../database.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";

let db: TestDatabase;
let proxy: TcpProxy;
beforeAll(async () => {
  db = await testDatabase();
  proxy = await tcpProxy(Number(new URL(db.url).port));
});
afterAll(async () => {
  await proxy.close();
  await db.close();
});

const say = () => undefined;
const config = () => {
  const variables = { DATABASE_URL: proxy.through(db.url), LIAISON_SECRET: SECRET.toString("base64") };
  const read = readConfig(variables, "/");
  if (!read.ok) throw new Error(read.problems.join(" "));
  return read.config;
};

describe("a process whose link to the database ends while it starts", () => {
  it("starts all the same, whatever was just being said", { timeout: 60_000 }, async () => {
    for (let parts = 1, wasCut = true; wasCut; parts += 1) {
      const isCut = proxy.cutAfter(parts);
      const installation = await openInstallation(config(), { asService: false, maxConnections: 2, say });
      wasCut = isCut();
      await installation.close();
    }
  });

  it("works, or ends with one sentence, where that happens later", { timeout: 60_000 }, async () => {
    const log = pino({ level: "silent" });
    for (let parts = 45; parts < 160; parts += 9) {
      proxy.cutAfter(parts);
      const started = await startService(config(), { role: "work", log, say }).catch((error: Error) => error.message);
      if (typeof started === "string")
        expect(started).toMatch(/^The (database|queue) .*: see whether .*, and start again\.$/);
      else await started.close();
    }
  });

  it("says so in one sentence where the database does not come back", () => {
    const broken = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    expect(explain(broken, "postgres://u:hunter2@db.example/liaison")).toEqual(
      new Error("The database at db.example broke off the connection: see whether it runs, and start again."),
    );
  });
});
