import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { correct, DIALECT } from "../casework/learning/lessons.ts";
import { say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
let ids: string[];

const understand = (...args: string[]) => shell.liaison("understand", ...args, "--county", "qinghe");
const candidates = async (...args: string[]) => JSON.parse((await understand("candidates", "--json", ...args)).out);

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  const { id } = (await service.runtime.accounts.find("wechat-official", "qinghe"))!;
  const phones = [...DIALECT, "村支书收了包工头的钱,工程全给他"].map((text, index) => ({
    text,
    phone: service.phone(`says-${index}`),
  }));
  for (const { text, phone } of phones) await say(service, phone, text);
  const peers = phones.map(({ phone }) => service.runtime.vault.blindIndex(phone.openid, id));
  ids = (await correct(service.runtime, service.jurisdiction("qinghe"), peers)).map(String);
});

afterAll(async () => {
  await shell.close();
  await service.close();
});

describe("liaison understand", () => {
  it("lists candidates, sealed ones only for a user of the office", async () => {
    const { status, out } = await understand("candidates");
    expect(status).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(6);
    expect(out).toMatch(new RegExp(`^${ids[5]} {2}matter → thanks {2}unlabelled {2}「.*飒利.*」$`, "m"));
    expect(await understand("candidates", "--sealed", "he@example.org")).toMatchObject({ status: 1, out: "" });
    await shell.given(
      "a good password",
      "user",
      "add",
      "--email",
      "he@example.org",
      "--role",
      "office",
      "--county",
      "qinghe",
    );
    await shell.given(
      "a good password",
      "user",
      "add",
      "--email",
      "lu@example.org",
      "--role",
      "auditor",
      "--county",
      "qinghe",
    );
    expect(await understand("candidates", "--sealed", "lu@example.org")).toMatchObject({ status: 1, out: "" });
    const all = await candidates("--sealed", "he@example.org");
    expect(all).toHaveLength(7);
    expect(all[0]).toEqual({
      ...{ id: ids[6], at: expect.any(String), decided: "matter", was: "thanks", source: "office" },
      ...{ text: expect.stringContaining("包工头"), sealed: true, labelledBy: [], state: "none" },
    });
    const label = ["label", ids[6]!, "--act", "matter", "--mark", "accuses-official", "--by"];
    expect(await understand(...label, "何")).toMatchObject({ status: 1 });
    expect(await understand(...label, "he@example.org")).toMatchObject({ status: 0 });
  });

  it("notes labels, and refuses what is none", async () => {
    const label = (id: string, ...more: string[]) => understand("label", id, ...more);
    expect(await label(ids[0]!, "--act", "thanks")).toMatchObject({ status: 2 });
    expect(await label(ids[0]!, "--act", "sings", "--by", "何")).toMatchObject({
      status: 1,
      err: expect.stringContaining("no act"),
    });
    expect(await label("1e3", "--act", "thanks", "--by", "何")).toMatchObject({
      status: 1,
      err: expect.stringContaining("no candidate"),
    });
    const wrong = await label(ids[0]!, "--act", "thanks", "--by", "何", "--masking-fails");
    expect(wrong).toEqual({ status: 0, out: `${ids[0]}  masking fails\n`, err: "" });
    for (const id of ids.slice(0, 6)) {
      const first = await label(id, "--act", "thanks", "--by", "何");
      expect(first).toEqual({ status: 0, out: `${id}  needs another person\n`, err: "" });
    }
    expect(await understand("learn", "--author", "何")).toMatchObject({
      status: 1,
      err: expect.stringContaining("too little"),
    });
    for (const id of ids.slice(0, 6)) {
      expect((await label(id, "--act", "thanks", "--by", "邵")).out).toBe(`${id}  agreed\n`);
    }
    expect((await candidates())[0]).toMatchObject({ labelledBy: ["何", "邵"], state: "agreed" });
  });

  it("makes a layer, has it reviewed by somebody else, lists it and takes it back", { timeout: 240_000 }, async () => {
    const learned = await understand("learn", "--author", "何");
    expect(learned).toMatchObject({ status: 0, err: "" });
    expect(learned.out).toMatch(/^layer 1 {2}\d+ features from 6 messages of 6 people\nfrozen sentences \d{4}: /);
    expect(learned.out).toContain("dangers lost 0, accusations lost 0, floors lost 0");
    expect(learned.out).not.toContain("飒");
    expect(await understand("publish-layer", "1", "--reviewer", "何")).toMatchObject({ status: 1, out: "" });
    expect(await understand("publish-layer", "one", "--reviewer", "邵")).toMatchObject({ status: 1, out: "" });
    expect(await understand("publish-layer", "1")).toMatchObject({ status: 2 });
    expect(await understand("publish-layer", "1", "--reviewer", "邵")).toEqual({
      status: 0,
      out: "Layer 1 is in use.\n",
      err: "",
    });
    expect((await understand("layers")).out).toMatch(
      /^1 {2}published {2}\S+Z {2}by 何 {2}reviewed by 邵 {2}\d+ features, 6 people\n$/,
    );
    const [layer] = JSON.parse((await understand("layers", "--json")).out);
    expect(layer).toMatchObject({ number: 1, state: "published", isOfTheseWeights: true, refusals: [] });
    expect(Object.keys(layer)).not.toContain("content");
    expect(await understand("take-back-layer", "--by", "骆")).toEqual({
      status: 0,
      out: "No layer is in use.\n",
      err: "",
    });
    expect(await understand("take-back-layer", "--by", "骆")).toMatchObject({ status: 1, out: "" });
    expect(await understand("take-back-layer", "1", "--by", "骆")).toEqual({
      status: 0,
      out: "Layer 1 is in use.\n",
      err: "",
    });
  });
});
