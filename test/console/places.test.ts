import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { newest } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { say } from "../journeys/resident.ts";
import { readPdf } from "../pdf.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("the pages about places in a browser");

describe.runIf(executablePath !== undefined)("the pages about places, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    stage = await startConsole();
    worker = workAt(stage);
    at = await atPage(stage, executablePath, "places");
    ({ page, faults } = at);
    await enter("office", "林晓");
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const enter = (role: Role, name: string) => at.enter(role, name);
  const accept = (name: string) => at.accept(name);
  /** Downloads what a link gives, and reads it as a PDF. */
  const downloaded = async (link: Locator, shot: string) => {
    const downloading = page.waitForEvent("download");
    await link.click();
    const bytes = await readFile((await (await downloading).path()) ?? "");
    const first = await readPdf(bytes);
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) await writeFile(join(folder, `places-pdf-${shot}.png`), first.seen[0]!.png);
    return { ...first, page: first.seen[0]! };
  };
  const map = (): Locator => page.locator(".county-map[data-ready=true]");

  it("draw the map, go to a township, and print its posters, whose first page says the grid and leads to it", async () => {
    await go("/places?lang=zh");
    await map().waitFor();
    await accept("map-zh");
    const grids = await stage.colleague("office", "赵敏").then((zhao) => zhao.ask("GET", "/grids?limit=200"));
    const all = (grids.body as { items: { code: string; name: string; township: string }[] }).items;
    const { township } = all[0]!;
    const there = all.filter((one) => one.township === township);
    await page.getByLabel("乡镇").selectOption(township);
    const table = page.getByRole("table", { name: "同样的数，列成表" });
    await expect.poll(() => table.locator("tbody tr").count()).toBe(there.length);
    await page.getByLabel("看什么").selectOption("open");
    await table.getByRole("columnheader", { name: "在办案件" }).waitFor();
    await accept("township-zh");
    await button("做海报…").click();
    await page.getByLabel("大小").selectOption("A3");
    await accept("posters-zh");
    await button("开始做").click();
    await page.getByText(`✓ 做好了，共 ${there.length} 页。`).waitFor();
    const { pages, page: first } = await downloaded(page.getByRole("link", { name: "下载 PDF" }), "a3");
    expect(pages).toBe(there.length);
    expect([first.width, first.height].map(Math.round)).toEqual([842, 1191]);
    const [grid] = there.toSorted((one, other) => (one.code < other.code ? -1 : 1));
    expect(first.text).toContain("青禾县人大代表联络站");
    expect(first.text).toContain(grid!.name);
    expect(first.text).toContain(`g:${grid!.code}`);
    expect(stage.service.wechat.sceneOf("qinghe", first.code ?? "")).toBe(`g:${grid!.code}`);
    await page.keyboard.press("Escape");
  });

  it("show a grid beside the map when it is clicked, and its people, cases and names", async () => {
    await go("/places?lang=zh");
    await map().waitFor();
    const box = (await map().boundingBox())!;
    const panel = page.getByRole("complementary", { name: "这个网格" });
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      if ((await panel.count()) > 0) break;
      await page.mouse.click(box.x + box.width * part, box.y + box.height / 2);
    }
    await panel.getByRole("heading", { level: 2 }).waitFor();
    await accept("panel-zh");
    await go("/places?lang=en&layer=medianDays");
    await map().waitFor();
    await page.getByRole("row").nth(1).getByRole("button").click();
    await page.getByRole("complementary", { name: "This grid" }).getByRole("heading", { level: 2 }).waitFor();
    await accept("panel-en");
    await page.setViewportSize({ width: 360, height: 640 });
    await accept("map-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("let the slower of two clerks see who changed a grid and to what, and keep what they wrote", async () => {
    await go("/places?lang=zh&view=grids");
    const row = page.getByRole("table", { name: "网格" }).locator("tbody tr").first();
    const name = (await row.locator("th").textContent()) ?? "";
    await row.getByRole("button", { name: `修改：${name}` }).click();
    await page.getByLabel("别的叫法").fill("老槐树下\n南门");
    const zhao = await stage.colleague("office", "何静");
    const { items } = (await zhao.ask("GET", "/grids?limit=1")).body as { items: { code: string; etag: string }[] };
    const [{ code, etag }] = items as [{ code: string; etag: string }];
    const change = { community: "新社区", aliases: ["北门"] };
    expect((await zhao.write("PATCH", `/grids/${encodeURIComponent(code)}`, change, { match: etag })).status).toBe(200);
    await button("保存").click();
    await page.getByText(/何静 .+ 改过/).waitFor();
    await page.getByText("现在是：北门").waitFor();
    expect(await page.getByLabel("社区（村）").inputValue()).toBe("新社区");
    expect(await page.getByLabel("别的叫法").inputValue()).toBe("老槐树下\n南门");
    await accept("edit-zh");
    await button("仍然保存我写的").click();
    await page.getByText("✓ 已保存").waitFor();
    await page.getByText("老槐树下 · 南门").waitFor();
    await accept("grids-zh");
    for (const view of ["stations", "places", "groups", "units"]) {
      await go(`/places?lang=en&view=${view}`);
      await page.getByRole("heading", { name: "Grids and stations" }).waitFor();
      await accept(`${view}-en`);
    }
    await page.setViewportSize({ width: 360, height: 640 });
    await go("/places?lang=zh&view=stations");
    await page.getByRole("heading", { name: "网格与站" }).waitFor();
    await accept("stations-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("show who speaks in chat for a station and a grid, let somebody in by a code, and end it", async () => {
    const { service } = stage;
    for (const [view, title] of [
      ["stations", "联络站"],
      ["grids", "网格"],
    ] as const) {
      await go(`/places?lang=zh&view=${view}`);
      const row = page.getByRole("table", { name: title, exact: true }).locator("tbody tr").first();
      const name = (await row.locator("th").textContent()) ?? "";
      await row.getByRole("button", { name: `谁在聊天里… ${name}` }).click();
      await page.getByText("还没有人。做一个码交给他们").waitFor();
      await button("做一个绑定码").click();
      const code = page.locator(".secret");
      await code.waitFor();
      await accept(`chats-${view}-zh`);
      const phone = service.phone(`speaks-for-${view}`);
      await say(service, phone, (await code.textContent()) ?? "");
      expect(newest(phone)).toContain("绑定好了");
      await go(`/places?lang=zh&view=${view}`);
      await row.getByRole("button", { name: `谁在聊天里… ${name}` }).click();
      await button(/^不再代表 /).click();
      await accept(`chats-end-${view}-zh`);
      await button("确定，不再代表").click();
      await page.getByText("✓ 已办。").waitFor();
      await page.getByText("还没有人。做一个码交给他们").waitFor();
    }
    await go("/places?lang=en&view=grids");
    await page
      .getByRole("button", { name: /^Who is in chat… / })
      .first()
      .click();
    await page.getByText("Nobody yet.").waitFor();
    await accept("chats-en");
    await page.keyboard.press("Escape");
  });

  it("give the certificate of coverage as PDF, and invitation sheets with a code each", async () => {
    await go("/places?lang=zh");
    await map().waitFor();
    const { page: certificate } = await downloaded(page.getByRole("link", { name: /网格负责人一览表/ }), "certificate");
    expect(certificate.text).toContain("青禾县网格负责人一览表");
    expect(certificate.text).toMatch(/[0-9a-f]{64}/);
    await button("打印代表绑定单…").click();
    await button("开始做").click();
    await page.getByText(/✓ 做好了/).waitFor();
    const { page: sheet } = await downloaded(page.getByRole("link", { name: "下载 PDF" }), "invite");
    expect(sheet.text).toMatch(/代表：/);
    expect(sheet.code).not.toBeNull();
    await page.keyboard.press("Escape");
  });

  it("plan a succession after a look at what it does, and cancel it; assign a deputy and end that", async () => {
    await go("/successions?lang=zh");
    await page.getByRole("heading", { name: "换届接任" }).waitFor();
    const { items } = (await (await stage.colleague("office", "孙丽")).ask("GET", "/deputies?limit=2")).body as {
      items: { code: string; name: string }[];
    };
    const [from, to] = items as [(typeof items)[0], (typeof items)[0]];
    const soon = new Date(stage.service.runtime.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("从哪一天起").fill(soon);
    await page.getByLabel("原代表编号").fill("没有这个人");
    await page.getByLabel("新代表编号").fill(to.code);
    await button("先看会怎样").click();
    await page.getByText("没有这个编号的代表").waitFor();
    await page.getByLabel("原代表编号").fill(from.code);
    await button("先看会怎样").click();
    await page.getByRole("heading", { name: `${from.name} ${from.code} → ${to.name} ${to.code}` }).waitFor();
    await accept("succession-zh");
    await button("定下来").click();
    await page.getByText("✓ 已定下来").waitFor();
    await accept("successions-zh");
    await button("取消").click();
    await page.locator("dialog").getByRole("button", { name: "取消", exact: true }).first().click();
    await page.getByText("✓ 已取消").waitFor();
    await go(`/people/${from.code}?lang=zh`);
    await button("加一个服务地点…").click();
    const { items: grids } = (await (await stage.colleague("office", "周静")).ask("GET", "/grids?limit=200")).body as {
      items: { code: string; name: string }[];
    };
    await page.getByLabel("编号").fill(grids.at(-1)!.code);
    await accept("assign-zh");
    await button("保存").click();
    await page.getByText("✓ 已加上").waitFor();
    await button(`结束在${grids.at(-1)!.name}的服务`)
      .first()
      .click();
    await button("保存").click();
    await page.getByText("✓ 已写明最后一天").waitFor();
    await accept("deputy-zh");
    await go("/successions?lang=en");
    await page.getByRole("heading", { name: "Successions" }).waitFor();
    await accept("successions-en");
  });

  it("show an operator who answers where, and no figure of cases", async () => {
    await enter("operator", "吴刚");
    await go("/places?lang=zh");
    await map().waitFor();
    expect(await page.getByLabel("看什么").locator("option").count()).toBe(1);
    expect(await button("做海报…").count()).toBe(0);
    await accept("operator-zh");
    expect(faults).toEqual([]);
  });
});
