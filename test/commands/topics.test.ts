import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { letPass, say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  for (let person = 0; person < 5; person += 1) await say(service, service.phone(`p${person}`), "柳东村三组停水了");
  await letPass(service, 1_000);
});
afterAll(async () => {
  await shell.close();
  await service.close();
});

const liaison = (...args: string[]) => shell.liaison(...args, "--county", "qinghe");

describe("liaison topics, and liaison topic", () => {
  it("list what many people told, and show one with its cases and what their residents say", async () => {
    const listed = JSON.parse((await liaison("topics", "--json")).out);
    expect(listed).toMatchObject([{ number: "T-2026-0001", state: "open", people: 5, deputy: { code: "D001" } }]);
    expect((await liaison("topics")).out).toContain("T-2026-0001  open  5  D001");
    const one = JSON.parse((await liaison("topic", "T-2026-0001", "--json")).out);
    expect(one).toMatchObject({ number: "T-2026-0001", confirmed: 0, denied: 0, silent: 0 });
    expect(one.cases).toEqual([1, 2, 3, 4, 5].map((serial) => `2026-00000${serial}`));
    expect((await liaison("topic", "T-2026-0001")).out).toContain("confirmed 0, denied 0, silent 0");
    const found = JSON.parse((await liaison("case", "1", "--json")).out);
    expect(found.topic).toBe("T-2026-0001");
  });

  it("say that there is no such topic", async () => {
    expect(await liaison("topic", "T-2026-0099")).toMatchObject({
      status: 1,
      err: expect.stringContaining("no topic"),
    });
  });
});
