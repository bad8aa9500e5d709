import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./phones-setup.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** The status that a request with this `Host` gets; null for none at all. */
const statusFor = (base: string, path: string, host: string, method = "GET"): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const call = request(new URL(path, base), { method, headers: { host }, setHost: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on("error", reject);
    call.end();
  });

const DOORS = [
  ["the phones page", () => stage.url, "/"],
  ["the phones' people", () => stage.url, "/api/people"],
  ["the platform's API", () => stage.wechat.url, "/cgi-bin/message/custom/send"],
  ["the platform's pictures", () => stage.wechat.url, "/cgi-bin/showqrcode?ticket=x"],
] as const;

describe.each(DOORS)("%s", (_what, base, path) => {
  it.each([
    "evil.example",
    "evil.example:3001",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "notlocalhost",
    "192.168.1.5",
    "[fe80::1]",
    "0.0.0.0",
    "2130706433",
  ])("is closed to a page that calls it %j", async (host) => {
    expect(await statusFor(base(), path, host)).toBe(403);
    expect(await statusFor(base(), path, host, "POST")).toBe(403);
  });

  it.each(["localhost, evil.example", "localhost@evil.example", "evil.example/localhost", ""])(
    "is closed to what is no name at all (%j)",
    async (host) => {
      expect([400, 403]).toContain(await statusFor(base(), path, host));
    },
  );

  it.each(["localhost", "LOCALHOST:3001", "demo.localhost:80", "127.0.0.1", "127.8.9.10:1", "[::1]", "[::1]:3001"])(
    "is open to this machine, which calls it %s",
    async (host) => {
      expect(await statusFor(base(), path, host)).not.toBe(403);
    },
  );
});
