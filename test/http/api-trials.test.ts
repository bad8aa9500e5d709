import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { publish } from "../journeys/publish.ts";
import { onlyCase, say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { newToken } from "../tokens.ts";
import { type ListeningApi, listeningApi } from "./listening-api.ts";

let service: TestService;
let api: ListeningApi;
let lamp: string;
let sealed: string;
let version: number;
const tokens = new Map<string, string>();

const SET = (count: number) => ({
  name: "规则",
  rules: Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    when: { in: [index === 0 ? "路灯" : `词${index}`, { var: "text" }] },
    then: { assign: { deputy: index === 0 ? "D009" : "D001" } },
    reason: "试",
    owner: "办公室",
  })),
  otherwise: { assign: { grid: true } },
});

async function get(who: string, path: string) {
  const headers = { authorization: `Bearer ${tokens.get(who)}` };
  const response = await fetch(`${api.base}/api/v1${path}`, { headers });
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
}

beforeAll(async () => {
  service = await startService();
  const { database, now } = service.runtime;
  api = await listeningApi({ database, now, runtime: service.runtime });
  const roles: readonly [string, Role, "qinghe" | "baishi"][] = [
    ["office", "office", "qinghe"],
    ["auditor", "auditor", "qinghe"],
    ["operator", "operator", "qinghe"],
    ["neighbour", "office", "baishi"],
  ];
  for (const [name, role, county] of roles) {
    tokens.set(
      name,
      await newToken(service.runtime, service.jurisdiction(county), { role, name, sealed: role === "office" }),
    );
  }
  const [resident, accuser] = [service.phone("lamp"), service.phone("accuser")];
  await say(service, resident, "柳东村一组路灯坏了");
  await say(service, accuser, "村支书收了好处，低保名额都给了亲戚");
  lamp = (await onlyCase(service, resident)).number;
  sealed = (await onlyCase(service, accuser)).number;
  version = await publish(service, SET(2));
});

afterAll(async () => {
  await api.close();
  await service.close();
});

describe("what an office may try", () => {
  it("is a version on the past, which says who would have got what", async () => {
    const { status, body } = await get("office", `/rulesets/${version}/dry-run`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      messages: 1,
      moved: 1,
      perRule: { r0: 1, r1: 0, otherwise: 0 },
      differences: [{ case: lamp, from: "D003", to: "D009", rule: "r0" }],
    });
    expect((await get("office", `/rulesets/${version}/dry-run?since=2099-01-01`)).body).toMatchObject({ messages: 0 });
  });

  it("is a check of a version, and the certificate of the county", async () => {
    const check = await get("auditor", `/rulesets/${version}/check`);
    expect(check).toMatchObject({ status: 200, body: { ok: expect.any(Boolean), findings: expect.any(Array) } });
    const coverage = await get("auditor", "/coverage");
    expect(coverage).toMatchObject({ status: 200, body: { ruleset: { version }, withoutPerson: ["南坡-1"] } });
  });

  it.each([
    ["a day that is none", () => `/rulesets/${version}/dry-run?since=2026-02-30`, 422],
    ["a version that there is not", () => "/rulesets/99/check", 404],
    ["a number that is none", () => "/rulesets/0/check", 404],
  ])("is not %s", async (_what, path, status) => {
    const answer = await get("office", path());
    expect([answer.status, answer.type]).toEqual([status, expect.stringContaining("application/problem+json")]);
  });

  it("is no set that would keep a web process from receiving residents' messages", async () => {
    const large = await publish(service, SET(1_001));
    for (const trial of ["check", "dry-run"]) {
      expect(await get("office", `/rulesets/${large}/${trial}`)).toMatchObject({ status: 422 });
    }
  });
});

describe("a case over the API", () => {
  it("holds its decision whole", async () => {
    const { status, body } = await get("auditor", `/cases/${lamp}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number: lamp,
      decision: { ruleset: "default", rule: "grid", chosen: { deputy: "D003" }, candidates: expect.any(Array) },
    });
  });

  it("that is sealed is there for the office alone, and the log says who read it", async () => {
    expect((await get("auditor", `/cases/${sealed}`)).status).toBe(404);
    expect((await get("office", `/cases/${sealed}`)).body).toMatchObject({ sealed: true, deputy: null });
    expect(api.logged()).toContain("a sealed case was read");
    expect(api.logged()).not.toContain("低保");
  });

  it("is nobody else's: not another county's, not an operator's, not a stranger's", async () => {
    expect((await get("neighbour", `/cases/${lamp}`)).status).toBe(404);
    expect((await get("operator", `/cases/${lamp}`)).status).toBe(403);
    expect((await get("nobody", `/cases/${lamp}`)).status).toBe(401);
    expect((await get("office", "/cases/2026-999999")).status).toBe(404);
  });
});
