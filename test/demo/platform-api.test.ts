import { describe, expect, it } from "vitest";
import { textOf } from "../../src/demo/platforms/wechat/screen.ts";
import { api, CREDENTIAL, SEND, say, server, wechat, withPlatform } from "./platform-client.ts";
import { accountAt } from "./platform-setup.ts";

const HOUR_MS = 3_600_000;

withPlatform();

describe("stable_token", () => {
  it("gives the same token while it is valid, and counts the calls", async () => {
    const first = await api.post("/cgi-bin/stable_token", CREDENTIAL);
    expect(first).toMatchObject({ expires_in: 7200 });
    expect(await api.token()).toBe(first.access_token);
    expect(wechat.tokenCalls("oa")).toBe(2);
  });

  it("gives a new one in the last five minutes, while the old one still works", async () => {
    const old = await api.token();
    wechat.advanceClock(7200_000 - 200_000);
    const renewed = await api.token();
    expect(renewed).not.toBe(old);
    wechat.phone("oa", "o1");
    expect(await api.post(SEND, say("o1", "x"), old)).toMatchObject({ errcode: 45015 });
    wechat.advanceClock(300_000);
    expect(await api.post(SEND, say("o1", "x"), old)).toMatchObject({ errcode: 42001 });
    expect(await api.post(SEND, say("o1", "x"), renewed)).toMatchObject({ errcode: 45015 });
  });

  it.each([
    ["a wrong secret", { ...CREDENTIAL, secret: "no" }, 40125],
    ["a wrong appid", { ...CREDENTIAL, appid: "wxno" }, 40013],
    ["a wrong grant type", { ...CREDENTIAL, grant_type: "x" }, 40002],
    ["no secret", { ...CREDENTIAL, secret: undefined }, 41004],
    ["no JSON", "{", 47001],
  ])("refuses %s", async (_what, body, errcode) => {
    expect(await api.post("/cgi-bin/stable_token", body)).toMatchObject({ errcode });
  });

  it("kills the old token on a forced refresh, and allows none within 30 seconds", async () => {
    const old = await api.token();
    await api.post("/cgi-bin/stable_token", { ...CREDENTIAL, force_refresh: true });
    expect(await api.post(SEND, say("o1", "x"), old)).toMatchObject({ errcode: 42001 });
    expect(await api.post("/cgi-bin/stable_token", { ...CREDENTIAL, force_refresh: true })).toMatchObject({
      errcode: 45011,
    });
  });
});

describe("customer-service messages", () => {
  it("allow five after a message, then 45047, and 45015 when 48 hours are over", async () => {
    const phone = wechat.phone("oa", "o1");
    const access = await api.token();
    expect(await api.post(SEND, say("o1", "0"), access)).toMatchObject({ errcode: 45015 });
    await phone.say("路灯不亮");
    for (const n of [1, 2, 3, 4, 5])
      expect(await api.post(SEND, say("o1", String(n)), access)).toMatchObject({ errcode: 0 });
    expect(await api.post(SEND, say("o1", "6"), access)).toMatchObject({ errcode: 45047 });
    expect(
      phone
        .messages()
        .filter((m) => m.direction === "in")
        .map((m) => textOf(m.content)),
    ).toEqual(["1", "2", "3", "4", "5"]);
    wechat.advanceClock(48 * HOUR_MS);
    expect(await api.post(SEND, say("o1", "7"), await api.token())).toMatchObject({ errcode: 45015 });
  });

  it("allow three in one minute after a scan, which does not take away what a message gave", async () => {
    const access = await api.token();
    await wechat.phone("oa", "o2").scan("g:G1");
    for (const n of [1, 2, 3]) expect(await api.post(SEND, say("o2", String(n)), access)).toMatchObject({ errcode: 0 });
    expect(await api.post(SEND, say("o2", "4"), access)).toMatchObject({ errcode: 45047 });
    wechat.advanceClock(60_000);
    expect(await api.post(SEND, say("o2", "4"), access)).toMatchObject({ errcode: 45015 });

    const both = wechat.phone("oa", "o3");
    await both.say("在吗");
    await both.click("help");
    for (const n of [1, 2, 3, 4, 5])
      expect(await api.post(SEND, say("o3", String(n)), access)).toMatchObject({ errcode: 0 });
    expect(await api.post(SEND, say("o3", "6"), access)).toMatchObject({ errcode: 45047 });
  });

  it("are over when a test closes the window", async () => {
    await wechat.phone("oa", "o1").say("x");
    wechat.closeWindow("o1");
    expect(await api.post(SEND, say("o1", "x"), await api.token())).toMatchObject({ errcode: 45015 });
  });

  const item = (content: string, index: number) => ({ id: String(index + 1), content });
  const menu = (labels: string[]) => ({
    touser: "o1",
    msgtype: "msgmenu",
    msgmenu: { head_content: "?", list: labels.map(item), tail_content: "" },
  });
  it.each([
    ["a stranger", say("nobody", "x"), 40003],
    ["an empty text", say("o1", ""), 44004],
    ["a text over 2048 bytes", say("o1", "字".repeat(683)), 45002],
    ["a menu of nine", menu(Array(9).fill("一")), 45098],
    ["a menu item of thirteen characters", menu(["一二三四五六七八九十一二三"]), 45099],
    ["an unknown kind", { touser: "o1", msgtype: "hologram" }, 40008],
    ["an unknown picture", { touser: "o1", msgtype: "image", image: { media_id: "m_no" } }, 40007],
    ["two articles", { touser: "o1", msgtype: "news", news: { articles: [{ title: "a" }, { title: "b" }] } }, 45008],
    ["no JSON", "not json", 47001],
  ])("refuse %s and put nothing on the phone", async (_what, body, errcode) => {
    const phone = wechat.phone("oa", "o1");
    await phone.say("x");
    expect(await api.post(SEND, body, await api.token())).toMatchObject({ errcode });
    expect(phone.messages()).toHaveLength(1);
  });

  it("refuse somebody who has left, and wrong, missing and expired tokens", async () => {
    const phone = wechat.phone("oa", "o1");
    await phone.say("x");
    const access = await api.token();
    expect(await api.post(SEND, say("o1", "x"), "t_wrong")).toMatchObject({ errcode: 40001 });
    expect(await api.post(SEND, say("o1", "x"))).toMatchObject({ errcode: 41001 });
    wechat.expireTokens();
    expect(await api.post(SEND, say("o1", "x"), access)).toMatchObject({ errcode: 42001 });
    await phone.unfollow();
    expect(await api.post(SEND, say("o1", "x"), await api.token())).toMatchObject({ errcode: 43004 });
    await expect(phone.say("y")).rejects.toThrow("does not follow");
  });

  it("show a typing hint inside the window only", async () => {
    const access = await api.token();
    const phone = wechat.phone("oa", "o1");
    const typing = (command: string) => api.post("/cgi-bin/message/custom/typing", { touser: "o1", command }, access);
    expect(await typing("Typing")).toMatchObject({ errcode: 45015 });
    await phone.say("x");
    expect(await typing("Typing")).toMatchObject({ errcode: 0 });
    expect(await typing("Typing")).toMatchObject({ errcode: 45081 });
    expect(await typing("Dance")).toMatchObject({ errcode: 45072 });
  });

  it("are not for an unverified account, and msgmenu not for a sandbox", async () => {
    wechat.openAccount(accountAt(server.url, { name: "small", appId: "wxsmall", kind: "unverified-service" }));
    wechat.openAccount(accountAt(server.url, { name: "box", appId: "wxbox", kind: "sandbox" }));
    const small = await api.post("/cgi-bin/stable_token", { ...CREDENTIAL, appid: "wxsmall" });
    expect(await api.post(SEND, say("o1", "x"), String(small.access_token))).toMatchObject({ errcode: 48001 });
    const box = await api.post("/cgi-bin/stable_token", { ...CREDENTIAL, appid: "wxbox" });
    await wechat.phone("box", "o1").say("x");
    expect(await api.post(SEND, menu(["好"]), String(box.access_token))).toMatchObject({ errcode: 40200 });
  });
});

describe("notices", () => {
  const template = {
    touser: "o1",
    template_id: "T1",
    data: { character_string1: { value: "2026-000001" }, thing2: { value: "路灯" } },
  };

  it("by template need no window, go out once per client_msg_id, and are reported by an event", async () => {
    const phone = wechat.phone("oa", "o1");
    const access = await api.token();
    const first = await api.post("/cgi-bin/message/template/send", { ...template, client_msg_id: "c1" }, access);
    const again = await api.post("/cgi-bin/message/template/send", { ...template, client_msg_id: "c1" }, access);
    expect(first).toMatchObject({ errcode: 0, msgid: expect.any(Number) });
    expect(again).toEqual(first);
    expect(phone.messages()).toMatchObject([{ rung: "template", content: { kind: "card", title: "办理通知" } }]);
    await expect.poll(() => server.received).toHaveLength(1);
    wechat.advanceClock(600_000);
    await api.post("/cgi-bin/message/template/send", { ...template, client_msg_id: "c1" }, access);
    expect(phone.messages()).toHaveLength(2);
  });

  it.each([
    ["an unknown template", { ...template, template_id: "T9" }, 40037],
    [
      "a thing of 21 characters",
      { ...template, data: { ...template.data, thing2: { value: "字".repeat(21) } } },
      47003,
    ],
    [
      "Chinese in a character_string",
      { ...template, data: { ...template.data, character_string1: { value: "二零二六" } } },
      47003,
    ],
    ["a missing key", { ...template, data: { thing2: { value: "路灯" } } }, 47003],
    ["a stranger", { ...template, touser: "nobody" }, 40003],
  ])("refuse %s", async (_what, body, errcode) => {
    wechat.phone("oa", "o1");
    expect(await api.post("/cgi-bin/message/template/send", body, await api.token())).toMatchObject({ errcode });
  });

  it("by subscription use up one consent each", async () => {
    const phone = wechat.phone("oa", "o1");
    const access = await api.token();
    const notice = { touser: "o1", template_id: "S1", data: { thing1: { value: "路灯" } } };
    const send = () => api.post("/cgi-bin/message/subscribe/bizsend", notice, access);
    expect(await send()).toMatchObject({ errcode: 43101 });
    await phone.consent("S1", true);
    expect(await send()).toMatchObject({ errcode: 0 });
    expect(await send()).toMatchObject({ errcode: 43101 });
    expect(phone.messages().at(-1)).toMatchObject({ rung: "subscription" });
  });
});

describe("media and QR codes", () => {
  it("keep an uploaded picture for three days and put it on a phone", async () => {
    const phone = wechat.phone("oa", "o1");
    await phone.say("x");
    const access = await api.token();
    const form = new FormData();
    form.set("media", new File([new Uint8Array([1, 2, 3])], "a.png", { type: "image/png" }));
    const uploaded = await fetch(`${wechat.url}/cgi-bin/media/upload?access_token=${access}&type=image`, {
      method: "POST",
      body: form,
    });
    const { media_id } = (await uploaded.json()) as { media_id: string };
    expect(await api.post(SEND, { touser: "o1", msgtype: "image", image: { media_id } }, access)).toMatchObject({
      errcode: 0,
    });
    const got = await fetch(`${wechat.url}/cgi-bin/media/get?access_token=${access}&media_id=${media_id}`);
    expect(got.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
    wechat.advanceClock(3 * 24 * HOUR_MS + 1);
    const late = await fetch(`${wechat.url}/cgi-bin/media/get?access_token=${await api.token()}&media_id=${media_id}`);
    expect(await late.json()).toMatchObject({ errcode: 40007 });
  });

  it("draw a code for a scene, and read it back", async () => {
    const order = { action_name: "QR_LIMIT_STR_SCENE", action_info: { scene: { scene_str: "g:G1" } } };
    const made = await api.post("/cgi-bin/qrcode/create", order, await api.token());
    const picture = await fetch(`${wechat.url}/cgi-bin/showqrcode?ticket=${encodeURIComponent(String(made.ticket))}`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(wechat.sceneOf("oa", String(made.url))).toBe("g:G1");
    expect(wechat.qrTicket("oa", "g:G1")).toBe(made.ticket);
    expect((await fetch(`${wechat.url}/cgi-bin/showqrcode?ticket=no`)).status).toBe(404);
  });

  it.each([
    ["an empty scene", { action_name: "QR_LIMIT_STR_SCENE", action_info: { scene: { scene_str: "" } } }],
    [
      "a scene of 65 characters",
      { action_name: "QR_STR_SCENE", action_info: { scene: { scene_str: "x".repeat(65) } } },
    ],
    [
      "a permanent number beyond 100000",
      { action_name: "QR_LIMIT_SCENE", action_info: { scene: { scene_id: 100_001 } } },
    ],
    ["an unknown action", { action_name: "QR", action_info: { scene: { scene_str: "x" } } }],
  ])("refuse %s", async (_what, order) => {
    expect(await api.post("/cgi-bin/qrcode/create", order, await api.token())).toMatchObject({ errcode: 40053 });
  });
});
