import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { BlockList } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClock, parseDuration } from "../src/clock.ts";
import { readConfig } from "../src/config.ts";

const SECRET = Buffer.alloc(32, 7).toString("base64");

const read = (variables: Record<string, string>) => readConfig(variables, "/srv/liaison");
const problems = (variables: Record<string, string>) => {
  const result = read(variables);
  return result.ok ? [] : result.problems;
};

describe("the environment", () => {
  test("needs nothing: everything has its default", () => {
    expect(read({})).toEqual({
      ok: true,
      config: {
        databaseUrl: null,
        databaseOwnerUrl: null,
        redisUrl: null,
        dataFolder: "/srv/liaison/.data",
        secret: null,
        host: "127.0.0.1",
        port: 3000,
        publicUrl: "http://127.0.0.1:3000",
        mapTiles: null,
        apiBases: {},
        timeZone: "Asia/Shanghai",
        clockOffsetMs: 0,
        webhookMaxAgeSeconds: 300,
        trustedProxies: expect.any(BlockList),
        logLevel: "info",
        metricsPort: null,
        traces: null,
        model: null,
        edge: null,
        demoPlatforms: ["wechat-official", "wecom", "web"],
        startedByNpm: false,
      },
    });
  });

  test("asks a model of the office's own where it is named, with its address and perhaps a key", () => {
    const model = { UNDERSTANDING_MODEL_URL: "http://10.0.0.5:8000/v1", UNDERSTANDING_MODEL_NAME: "local-7b" };
    expect(read(model)).toMatchObject({
      config: { model: { url: "http://10.0.0.5:8000/v1", name: "local-7b", key: null } },
    });
    expect(read({ ...model, UNDERSTANDING_MODEL_KEY: "k" })).toMatchObject({ config: { model: { key: "k" } } });
    const { UNDERSTANDING_MODEL_URL, UNDERSTANDING_MODEL_NAME } = model;
    const wrongs: Record<string, string>[] = [
      { UNDERSTANDING_MODEL_URL },
      { UNDERSTANDING_MODEL_NAME },
      { ...model, UNDERSTANDING_MODEL_URL: "file:///etc/passwd" },
      { ...model, UNDERSTANDING_MODEL_URL: "http://office:secret@10.0.0.5/v1" },
      { ...model, UNDERSTANDING_MODEL_KEY: "two\nlines" },
    ];
    for (const wrong of wrongs) {
      expect(problems(wrong)).toEqual([expect.stringMatching(/^UNDERSTANDING_MODEL_(URL|NAME|KEY) .*\.$/)]);
      expect(problems(wrong).join()).not.toContain("secret");
    }
  });

  test("sends traces where the standard's names say, and nowhere without them", () => {
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318/" })).toMatchObject({
      config: { traces: { url: "http://127.0.0.1:4318/v1/traces", headers: {}, serviceName: "liaison", share: 1 } },
    });
    const more = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:9/t",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20eA==, x-scope=a",
      OTEL_SERVICE_NAME: "north",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
    };
    expect(read(more)).toMatchObject({
      config: {
        traces: {
          url: "http://127.0.0.1:9/t",
          headers: { authorization: "Basic eA==", "x-scope": "a" },
          serviceName: "north",
          share: 0.25,
        },
      },
    });
    expect(read({ ...more, OTEL_SDK_DISABLED: "true" })).toMatchObject({ config: { traces: null } });
    expect(problems({ OTEL_EXPORTER_OTLP_HEADERS: "a=%zz", OTEL_TRACES_SAMPLER_ARG: "2" })).toHaveLength(2);
  });

  test("knows an edge by what both share, and asks it where its address is said", () => {
    const EDGE_SECRET = "x".repeat(32);
    expect(read({ EDGE_SECRET })).toMatchObject({ config: { edge: { secret: EDGE_SECRET, url: null } } });
    const named = { EDGE_SECRET, EDGE_URL: "https://edge.example/" };
    expect(read(named)).toMatchObject({ config: { edge: { secret: EDGE_SECRET, url: "https://edge.example" } } });
    expect(problems({ EDGE_URL: "https://edge.example" })).toEqual([expect.stringMatching(/^EDGE_SECRET is required/)]);
    for (const wrong of ["short", `${"x".repeat(31)} y`]) {
      expect(problems({ EDGE_SECRET: wrong })).toEqual([expect.stringMatching(/^EDGE_SECRET must be/)]);
      expect(problems({ EDGE_SECRET: wrong }).join()).not.toContain(wrong);
    }
  });

  test("treats an empty value as none", () => {
    expect(read({ PORT: "", DATABASE_URL: "" })).toMatchObject({ ok: true, config: { port: 3000, databaseUrl: null } });
  });

  test("is listed with everything that is wrong, at once", () => {
    const wrong = problems({
      DATABASE_URL: "mysql://x",
      REDIS_URL: "redis",
      LIAISON_SECRET: "short",
      HOST: "a b",
      PORT: "70000",
      PUBLIC_URL: "ftp://x",
      MAP_TILES: "https://tiles.example.org/tile.png",
      LIAISON_TIMEZONE: "Mars/Olympus",
      LIAISON_CLOCK_OFFSET: "P1M",
      WEBHOOK_MAX_AGE: "-1",
      LOG_LEVEL: "loud",
      TRUSTED_PROXIES: "anybody",
      WECHAT_API_BASE: "nowhere",
    });
    expect(wrong.map((sentence) => sentence.split(" ")[0]).sort()).toEqual([
      "DATABASE_URL",
      "HOST",
      "LIAISON_CLOCK_OFFSET",
      "LIAISON_SECRET",
      "LIAISON_TIMEZONE",
      "LOG_LEVEL",
      "MAP_TILES",
      "PORT",
      "PUBLIC_URL",
      "REDIS_URL",
      "TRUSTED_PROXIES",
      "WEBHOOK_MAX_AGE",
      "WECHAT_API_BASE",
    ]);
  });

  test("must name the secret where the database is somebody's own, even when another name is wrong", () => {
    expect(problems({ DATABASE_URL: "postgres://x/y", PORT: "no" })).toEqual([
      expect.stringMatching(/^PORT must be/),
      expect.stringMatching(/^LIAISON_SECRET is required/),
    ]);
    expect(read({ DATABASE_URL: "postgres://x/y", LIAISON_SECRET: SECRET })).toMatchObject({
      ok: true,
      config: { secret: new Uint8Array(32).fill(7) },
    });
  });

  test.each([
    [{ HOST: "0.0.0.0", PORT: "80" }, "http://127.0.0.1:80"],
    [{ HOST: "::1", PORT: "80" }, "http://[::1]:80"],
    [{ PUBLIC_URL: "https://liaison.example/x/" }, "https://liaison.example/x"],
  ])("tells how the world sees the service: %j", (variables, publicUrl) => {
    expect(read(variables)).toMatchObject({ ok: true, config: { publicUrl } });
  });

  test("replaces the address of any platform", () => {
    const bases = { WECHAT_API_BASE: "http://127.0.0.1:1", TELEGRAM_API_BASE: "https://proxy.example" };
    expect(read({ ...bases, OTHER: "x" })).toMatchObject({ ok: true, config: { apiBases: bases } });
  });
});

describe("a value in a file", () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "liaison-config-"));
    await writeFile(file("secret"), `${SECRET}\n`);
    await writeFile(file("url"), "postgres://liaison:hunter2@db/liaison\n");
    await writeFile(file("empty"), "\n");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("is the value, without the line's end; every name may be given so", () => {
    const files = { LIAISON_SECRET_FILE: file("secret"), DATABASE_URL_FILE: file("url") };
    expect(read(files)).toMatchObject({
      ok: true,
      config: { secret: new Uint8Array(32).fill(7), databaseUrl: "postgres://liaison:hunter2@db/liaison" },
    });
    expect(readConfig({ LIAISON_SECRET_FILE: "secret" }, folder)).toMatchObject({ ok: true });
  });

  test("is one plain sentence where the file is of no use, and shows no value", () => {
    expect(problems({ DATABASE_URL: "postgres://x/y", LIAISON_SECRET_FILE: file("none") })).toEqual([
      `LIAISON_SECRET_FILE names ${file("none")}, which does not exist.`,
    ]);
    expect(problems({ REDIS_URL_FILE: file("empty"), PORT_FILE: folder })).toEqual([
      `REDIS_URL_FILE names ${file("empty")}, which is empty.`,
      `PORT_FILE names ${folder}, which is a folder.`,
    ]);
    expect(problems({ WECHAT_API_BASE_FILE: file("url") })).toEqual([
      "WECHAT_API_BASE must be an address that begins with http:// or https://.",
    ]);
  });

  test("is refused beside the value itself, for nobody could tell which one counts", () => {
    expect(problems({ LIAISON_SECRET: SECRET, LIAISON_SECRET_FILE: file("secret") })).toEqual([
      "LIAISON_SECRET and LIAISON_SECRET_FILE are both set: keep one.",
    ]);
  });

  test("leaves names alone that only look like one", () => {
    expect(read({ SOMETHING_FILE: "/nowhere", _FILE: "/nowhere" })).toMatchObject({ ok: true });
  });
});

describe("the clock's offset", () => {
  test.each([
    ["PT50H", 180_000_000],
    ["P1W2D", 777_600_000],
    ["P1DT1H1M1S", 90_061_000],
    ["-PT5S", -5000],
    ["PT0S", 0],
  ])("%s is %i ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

  test.each(["", "P", "PT", "P1DT", "P1Y", "P1M", "PT1.5H", "1H", "P-1D", "PT5", "P99999999999W"])(
    "%j is refused",
    (text) => expect(parseDuration(text)).toBeNull(),
  );

  test("moves the clock", () => {
    const ahead = createClock(3_600_000)().getTime() - Date.now();
    expect(ahead).toBeGreaterThan(3_590_000);
    expect(ahead).toBeLessThanOrEqual(3_600_000);
  });
});
