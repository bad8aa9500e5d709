import { readFile } from "node:fs/promises";
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { seriousOf } from "./faults.ts";
import { type ConsoleStage, startEmptyConsole } from "./stage.ts";

const executablePath = findChromium("every page in each of its states");

/** By the path of the route: an address of it, and who goes there; the office where nobody is named. */
const PAGES: Readonly<Record<string, { readonly at?: string; readonly as?: Role }>> = {
  "/": {},
  "/cases": {},
  "/cases/$number": { at: "/cases/2026-000001" },
  "/deliveries": {},
  "/deliveries/$id": { at: "/deliveries/01900000-0000-7000-8000-000000000000" },
  "/unread": {},
  "/accounts": { as: "operator" },
  "/audit": { as: "auditor" },
  "/account": {},
  "/clock-rules": {},
  "/answers": {},
  "/staff": { as: "operator" },
  "/people": {},
  "/people/$code": { at: "/people/D001" },
  "/statistics": {},
  "/places": {},
  "/successions": {},
  "/imports": {},
  "/settings": {},
  "/setup": {},
  "/understanding": {},
  "/units": {},
  "/topics": {},
  "/topics/$number": { at: "/topics/T-2026-0001" },
  "/partners": {},
  "/petitions": {},
  "/recordings": {},
  "/rules": {},
  "/rules/$number": { at: "/rules/1" },
  "/rules/$number/trial": { at: "/rules/1/trial" },
  "/rules/$number/review": { at: "/rules/1/review", as: "reviewer" },
  "/rules/compare": {},
  "/rules/simulate": {},
  "/rules/use": {},
  "/coverage": {},
  "/intake": {},
  "/phone": {},
};
/** Who is there, and that they are, is known before a page asks for anything. */
const OF_THE_SHELL = /\/api\/v1\/(me|live|presence|session)(\/|\?|$)/;
const FAILED = { type: "about:blank", status: 500, title: "Internal Server Error", code: "internal", request: "r-1" };

/** What a page asks for waits until it is let go, then fails. */
type Held = { readonly fail: () => Promise<void> };

async function hold(page: Page): Promise<Held> {
  const waiting: Route[] = [];
  let isFailing = false;
  const fail = (route: Route) =>
    route
      .fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(FAILED) })
      .catch(() => undefined);
  await page.route("**/api/v1/**", async (route) => {
    if (OF_THE_SHELL.test(route.request().url())) await route.fallback();
    else if (isFailing) await fail(route);
    else waiting.push(route);
  });
  return {
    async fail() {
      isFailing = true;
      await Promise.all(waiting.splice(0).map(fail));
    },
  };
}

describe.runIf(executablePath !== undefined)("every page in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  const people = new Map<Role, Browser>();

  beforeAll(async () => {
    stage = await startEmptyConsole();
    at = await atPage(stage, executablePath, "states");
    ({ page } = at);
    for (const role of ["office", "operator", "auditor", "reviewer"] as const)
      people.set(role, await stage.colleague(role, role));
    // Who sets a county up first sees that in place of Today; it is looked at as a page of its own.
    await people.get("office")?.write("PATCH", "/setup", {
      skipped: ["people", "county", "lists", "coverage", "chat", "posters", "rules", "rehearsal"],
    });
  }, 120_000);
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("is in this table", async () => {
    const source = await readFile(new URL("../../src/console/router.tsx", import.meta.url), "utf8");
    const routes = [...source.matchAll(/^ {2}path: "([^"]+)"/gm)].map(([, path]) => path);
    expect(Object.keys(PAGES).toSorted()).toEqual(routes.toSorted());
  });

  it.each(Object.entries(PAGES))(
    "%s: nothing serious is wrong while it loads, fails, has nothing, and is offline",
    async (path, where) => {
      const address = where.at ?? path;
      await at.as(people.get(where.as ?? "office")!);
      const wrong: Record<string, readonly string[]> = {};
      const look = async (state: string) => {
        const found = await seriousOf(page);
        if (found.length > 0) wrong[state] = found;
      };
      const held = await hold(page);
      await at.go(`${address}?lang=zh`);
      await page.locator("h1, .skeleton, .note, form").first().waitFor();
      await look("loading");
      await held.fail();
      await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
      await look("failing");
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await at.go(`${address}?lang=zh`);
      await page.locator("h1, .note").first().waitFor();
      await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
      await look("empty");
      await page.context().setOffline(true);
      await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false);
      await look("offline");
      await page.context().setOffline(false);
      expect(wrong).toEqual({});
    },
  );
});
