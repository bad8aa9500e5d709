import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WireEvent } from "../../src/demo/phones/wire.ts";
import { bundlePhones } from "../../src/demo/phones-assets.ts";
import { callApi, type Stage, startStage } from "./phones-setup.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const act = (openid: string, deed: unknown, contentType = "application/json"): Promise<Response> =>
  fetch(`${stage.url}/api/phones/${openid}/deeds`, {
    method: "POST",
    headers: { "content-type": contentType },
    body: JSON.stringify(deed),
  });

/** The live events until one is of the kind that is waited for. */
async function eventsUntil(last: (event: WireEvent) => boolean, begin: () => Promise<unknown>): Promise<WireEvent[]> {
  const leave = new AbortController();
  const response = await fetch(`${stage.url}/api/events`, { signal: leave.signal });
  const seen: WireEvent[] = [];
  let text = "";
  const decoder = new TextDecoder();
  const begun = begin();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) seen.push(JSON.parse(line.slice(6)));
    if (seen.some(last)) break;
  }
  leave.abort();
  await begun;
  return seen;
}

describe("the phones page", () => {
  it("is bundled into one script and one style sheet that load nothing from outside", async () => {
    const { html, files } = await bundlePhones();
    expect(files.map(({ path }) => path.replace(/-[0-9a-f]{12}/, ""))).toEqual([
      "/assets/phones.js",
      "/assets/phones.css",
    ]);
    expect(html).toContain('lang="zh-CN"');
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    const css = Buffer.from(files[1]!.body).toString("utf8");
    const addresses = [...css.matchAll(/url\(["']?([^)"']*)/g)].map(([, address]) => address ?? "");
    expect(addresses.filter((address) => !/^(data:|#)/.test(address))).toEqual([]);
  });

  it("comes with a policy that forbids everything from outside, and scripts and styles in the page", async () => {
    const response = await fetch(stage.url);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const [, path] of (await response.text()).matchAll(/"(\/assets\/[^"]+)"/g)) {
      expect((await fetch(`${stage.url}${path}`)).status).toBe(200);
    }
  });

  it("gives the people with the account's name, the grids, and real QR codes", async () => {
    expect(await (await fetch(`${stage.url}/api/people`)).json()).toMatchObject({
      accountTitle: "清河县人大代表联络站",
    });
    expect(await (await fetch(`${stage.url}/api/grids`)).json()).toMatchObject({ type: "FeatureCollection" });
    const qr = await fetch(`${stage.url}/qr?scene=${encodeURIComponent("g:G1")}`);
    expect(qr.headers.get("content-type")).toBe("image/png");
  });

  it("lets nobody act who is not in the county, and nothing that is no deed", async () => {
    expect((await act("stranger", { deed: "say", text: "x" })).status).toBe(404);
    expect((await act("r1", { deed: "unfollow" })).status).toBe(400);
    expect((await act("r1", { deed: "say", text: "x" }, "text/plain")).status).toBe(415);
    expect((await fetch(`${stage.url}/api/phones/stranger`)).status).toBe(404);
    expect(stage.wechat.phones("oa").map(({ openid }) => openid)).not.toContain("stranger");
  });

  it("tells live what a phone sent, what came back, and what went over the wire", async () => {
    const arrived = (event: WireEvent): boolean => event.type === "message" && event.message.direction === "in";
    const events = await eventsUntil(arrived, () => act("r1", { deed: "say", text: "路灯不亮" }));
    expect(events).toMatchObject([
      { type: "message", openid: "r1", message: { direction: "out", state: "sending" } },
      { type: "traffic", traffic: { kind: "webhook", ok: true, what: "文字消息（签名并加密）" } },
      { type: "message", openid: "r1", message: { direction: "out", state: "accepted" } },
      { type: "message", openid: "r1", message: { rung: "passive", content: { text: "收到：路灯不亮" } } },
    ]);
    expect(JSON.stringify(events.filter(({ type }) => type === "traffic"))).not.toContain("路灯");
  });

  it("calls for attention when something arrives on a deputy's phone, and never for a resident's", async () => {
    await act("d1", { deed: "say", text: "列表" });
    const send = (touser: string) =>
      callApi(stage.wechat, "/cgi-bin/message/custom/send", { touser, msgtype: "text", text: { content: "新问题" } });
    const events = await eventsUntil(
      ({ type }) => type === "attention",
      async () => {
        await send("r1");
        await send("d1");
      },
    );
    expect(events.filter(({ type }) => type === "attention")).toEqual([{ type: "attention", openid: "d1" }]);
  });

  it("sends a photo from a phone and shows it again", async () => {
    const body = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
    const headers = { "content-type": "image/jpeg" };
    expect((await fetch(`${stage.url}/api/phones/r2/photos`, { method: "POST", headers, body })).status).toBe(200);
    const { content } = stage.wechat.phone("oa", "r2").messages().at(-1)!;
    const mediaId = content.kind === "picture" ? content.mediaId : "";
    const shown = await fetch(`${stage.url}/media/${mediaId}`);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(body);
  });
});
