import { describe, expect, it } from "vitest";
import { api, SEND, say, wechat, withPlatform } from "./platform-client.ts";

withPlatform();

describe("faults", () => {
  const call = async (signal?: AbortSignal): Promise<Response> =>
    fetch(`${wechat.url}${SEND}?access_token=${await api.token()}`, {
      method: "POST",
      body: JSON.stringify(say("o1", "x")),
      signal,
    });

  it("answer an errcode or a 500 as often as was ordered, and do nothing else", async () => {
    const phone = wechat.phone("oa", "o1");
    await phone.say("x");
    wechat.fail({ path: SEND, times: 1, kind: "errcode", errcode: -1 });
    wechat.fail({ path: SEND, times: 1, kind: "http-500" });
    expect(await (await call()).json()).toMatchObject({ errcode: -1 });
    expect((await call()).status).toBe(500);
    expect(phone.messages()).toHaveLength(1);
    expect(await (await call()).json()).toMatchObject({ errcode: 0 });
    expect(phone.messages()).toHaveLength(2);
  });

  it("hang without doing anything, or after doing everything, and say which in the log", async () => {
    const phone = wechat.phone("oa", "o1");
    await phone.say("x");
    wechat.fail({ path: SEND, times: 1, kind: "hang" });
    await expect(call(AbortSignal.timeout(200))).rejects.toThrow();
    expect(phone.messages()).toHaveLength(1);
    wechat.fail({ path: SEND, times: 1, kind: "accept-then-hang" });
    await expect(call(AbortSignal.timeout(200))).rejects.toThrow();
    expect(phone.messages()).toHaveLength(2);
    const calls = () => wechat.log().flatMap((entry) => (entry.kind === "call" && entry.path === SEND ? [entry] : []));
    await expect
      .poll(() => calls().map(({ fault, messageId }) => ({ fault, arrived: messageId !== null })))
      .toEqual([
        { fault: "hang", arrived: false },
        { fault: "accept-then-hang", arrived: true },
      ]);
  });

  it("cut the connection", async () => {
    wechat.fail({ path: SEND, times: 1, kind: "reset" });
    await expect(call()).rejects.toThrow("fetch failed");
  });

  it("leave no token and no secret in the log", async () => {
    const access = await api.token();
    await wechat.phone("oa", "o1").say("x");
    await api.post(SEND, say("o1", "y"), access);
    const written = JSON.stringify(wechat.log(), (_key, value) => (typeof value === "bigint" ? String(value) : value));
    expect(written).not.toContain(access);
    expect(written).not.toContain("s3cret");
  });
});
