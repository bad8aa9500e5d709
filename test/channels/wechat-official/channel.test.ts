import { describe, expect, it } from "vitest";
import type { ChannelAccount } from "../../../src/channels/channel.ts";
import { wechatOfficial } from "../../../src/channels/wechat-official/channel.ts";
import { ACCOUNT, callback, xml } from "./request.ts";

const NOW = new Date("2026-09-21T15:00:00Z");
const RULES = { now: NOW, maxAgeSeconds: 300 };
const options = { "app-id": ACCOUNT.appId, "app-secret": "demoSecret", token: ACCOUNT.token };

function accountOf(given: Record<string, string>): ChannelAccount {
  const configured = wechatOfficial.configure(given);
  if (!configured.ok) throw new Error(configured.problems.join("; "));
  return { id: "a", jurisdictionId: "j", channel: "wechat-official", name: "oa", ...configured };
}

describe("an account", () => {
  it("keeps its secrets apart from its settings", () => {
    expect(
      wechatOfficial.configure({
        ...options,
        "aes-key": ACCOUNT.encodingAesKey,
        template: "T:thing1={summary}",
        replies: undefined,
      }),
    ).toEqual({
      ok: true,
      settings: { "app-id": ACCOUNT.appId, replies: "direct", template: "T:thing1={summary}" },
      secrets: { "app-secret": "demoSecret", token: ACCOUNT.token, "aes-key": ACCOUNT.encodingAesKey },
    });
  });

  it("with everything wrong is told everything at once", () => {
    const configured = wechatOfficial.configure({
      "app-id": "wx 1",
      token: "x",
      "aes-key": "short",
      replies: "sometimes",
      template: "T:thing1={phone}",
      "subscribe-template": "no",
    });
    const problems = configured.ok ? [] : configured.problems;
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "--app-id",
      "--app-secret",
      "--token",
      "--aes-key",
      "--replies",
      "--template",
      "--subscribe-template",
    ]);
    expect(problems.join()).not.toContain("short");
  });

  it.each(["", "a".repeat(42), "a".repeat(44), `${"a".repeat(42)}=`])("does not take %j as its AES key", (key) => {
    expect(wechatOfficial.configure({ ...options, "aes-key": key }).ok).toBe(false);
  });

  it("receives in the mode that its AES key sets", () => {
    const clear = xml({ FromUserName: "oDemo1", MsgType: "text", Content: "x", MsgId: "1", CreateTime: "1790000000" });
    const sealed = { ...options, "aes-key": ACCOUNT.encodingAesKey };
    const kinds = (given: Record<string, string>) =>
      (["plain", "safe"] as const).map(
        (mode) => wechatOfficial.receive(accountOf(given), callback(clear, { mode, at: NOW }), RULES).kind,
      );
    expect(kinds(sealed)).toEqual(["refused", "received"]);
    expect(kinds(options)).toEqual(["received", "received"]);
  });

  it("whose stored AES key or token is broken never falls back to less", () => {
    const account = accountOf({ ...options, "aes-key": ACCOUNT.encodingAesKey });
    const request = callback("<xml/>", { mode: "plain", at: NOW });
    const broken = { ...account, secrets: { ...account.secrets, "aes-key": "" } };
    expect(() => wechatOfficial.receive(broken, request, RULES)).toThrow("AES key");
    expect(() => wechatOfficial.receive({ ...account, secrets: {} }, request, RULES)).toThrow("no token");
  });
});
