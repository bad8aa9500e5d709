import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type WatchedService, watchedService } from "../observe/watched.ts";

let watched: WatchedService;
let operator: string;
let auditor: string;
beforeAll(async () => {
  watched = await watchedService();
  [operator, auditor] = await Promise.all([watched.token("operator"), watched.token("auditor")]);
});
afterAll(() => watched.close());

const basic = (token: string) => `Basic ${Buffer.from(`anybody:${token}`).toString("base64")}`;

/** Asks as the page in a browser does. */
const ask = (path: string, authorization: string, init: RequestInit = {}) =>
  fetch(`${watched.url}/console/queues${path}`, {
    ...init,
    headers: { authorization, "content-type": "application/json", ...init.headers },
  });

describe("the queue's page", () => {
  it("asks a browser for a password, which is the token", async () => {
    const asked = await watched.get("/console/queues");
    expect([asked.status, asked.headers.get("www-authenticate")]).toEqual([401, expect.stringMatching(/^Basic /)]);
    expect(asked.headers.get("content-type")).toBe("application/problem+json");
    expect((await ask("", basic("guessed"))).status).toBe(401);
    expect((await ask("", basic(await watched.token("office")))).status).toBe(403);
    expect((await ask("", `Bearer ${operator}`)).status).toBe(200);
    const slash = await watched.get("/console/queues/");
    expect([slash.status, slash.headers.get("location")]).toEqual([308, "/console/queues"]);
  });

  it("loads nothing from outside, and everything from here", async () => {
    const page = await ask("", basic(operator));
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'.*script-src 'self'/);
    const files = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css|svg|png))"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const path = file.replace(/^(\/console\/queues)?\/?/, "/");
      expect([file, (await ask(path, basic(operator))).status]).toEqual([file, 200]);
      expect([file, (await watched.get(`/console/queues${path}`)).status]).toEqual([file, 401]);
    }
  });

  it("shows an operator the queues, and lets only an operator change them", async () => {
    const shown = await (await ask("/api/queues", basic(operator))).json();
    expect(JSON.stringify(shown)).toMatch(/liaison-receive.*liaison-deliver/);
    const clean = "/api/queues/liaison-receive/clean/failed";
    expect((await ask(clean, basic(auditor), { method: "PUT" })).status).toBe(405);
    expect((await ask(clean, basic(operator), { method: "PUT" })).status).toBe(200);
  });

  it("shows how many keys a job carries, never whose", async () => {
    const key = { jurisdictionId: "0190-county", conversationId: "0190-person" };
    await watched.announceLater(key);
    const shown = await ask("/api/queues?activeQueue=liaison-deliver&status=delayed&page=1", basic(operator));
    const text = await shown.text();
    expect(text).toMatch(/\\"keys\\": ?1|"keys":1/);
    expect(text).not.toContain("0190-person");
  });

  it("takes no change from a form on another page, whose browser holds the password", async () => {
    const forged = await ask("/api/queues/liaison-receive/pause", basic(operator), {
      method: "POST",
      headers: { origin: "https://elsewhere.example", "content-type": "text/plain" },
    });
    expect(forged.status).toBe(403);
  });
});
