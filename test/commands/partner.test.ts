import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
});
afterAll(async () => {
  await shell.close();
  await service.close();
});

const liaison = (...args: string[]) => shell.liaison(...args, "--county", "qinghe");
const add = (...more: string[]) => liaison("partner", "add", "grid", "--type", "webhook", ...more);

describe("liaison partner", () => {
  it("connects a system within the county's networks and prints where it answers to, never its secret", async () => {
    const url = ["--url", "http://127.0.0.1:3002/hook", "--secret", "a secret of both sides"];
    expect((await add(...url)).status).toBe(2);
    expect((await liaison("county", "set", "--partner-networks", "10.0.0.0/40")).status).toBe(2);
    const set = await liaison("county", "set", "--partner-networks", "127.0.0.1,10.0.0.0/8");
    expect([set.status, set.out]).toEqual([0, expect.stringContaining("partnerNetworks")]);
    const services = join(shell.folder, "services.json");
    await writeFile(services, JSON.stringify({ roads: "路灯-01", "*": "其他" }));
    const wrong = join(shell.folder, "map.json");
    await writeFile(wrong, JSON.stringify({ FIXED: "solved" }));
    expect((await add(...url, "--status-map", wrong)).status).toBe(2);
    expect(
      (await liaison("partner", "add", "grid", "--type", "fax", "--url", "https://x.example", "--secret", "s")).status,
    ).toBe(2);
    const added = await add(...url, "--services", services, "--title", "网格平台", "--short", "网格；网格化平台");
    expect([added.status, added.out]).toEqual([0, expect.stringMatching(/\/webhooks\/partners\/grid\n$/)]);
    const listed = await liaison("partner", "list", "--json");
    expect(listed.out).not.toContain("a secret of both sides");
    expect(JSON.parse(listed.out)).toMatchObject([{ name: "grid", type: "webhook", unitName: "网格平台", waiting: 0 }]);
  });

  it("pauses, resumes, and says what there is not", async () => {
    expect((await liaison("partner", "pause", "grid")).status).toBe(0);
    expect((await liaison("partner", "list")).out).toContain("paused");
    expect((await liaison("partner", "resume", "grid")).status).toBe(0);
    expect((await liaison("partner", "pause", "nobody")).status).toBe(1);
    expect((await liaison("partner", "send-again", "01900000-0000-7000-8000-000000000000")).status).toBe(1);
    expect(
      (
        await shell.liaison(
          "partner",
          "add",
          "grid",
          "--county",
          "baishi",
          "--type",
          "webhook",
          "--url",
          "https://x.example",
          "--secret",
          "s",
        )
      ).status,
    ).toBe(2);
  });
});
