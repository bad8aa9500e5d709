import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HandoverMessage, PartnerAccount } from "../../src/partners/partner.ts";
import { signatureOf, signedHeaders } from "../../src/partners/webhook/signature.ts";
import { webhook } from "../../src/partners/webhook/webhook.ts";

const NOW = new Date("2027-03-01T02:00:00Z");
const account: PartnerAccount = {
  ...{ name: "grid", url: "https://grid.example/hook", secret: "a secret of both sides", jurisdictionCode: "qinghe" },
  ...{ services: {}, replyUrl: "https://liaison.example" },
};
const message: HandoverMessage = {
  ...{ id: "0195d0c0-0000-7000-8000-000000000001", kind: "handed_over", number: "2027-000012", county: "qinghe" },
  ...{ category: "lighting", grid: "柳东-3", township: "柳河镇", place: "柳河镇柳东村三组", text: "路灯坏了" },
  ...{ priority: false, receivedOn: "2027-02-28", dueOn: "2027-03-12", middle: [119.4, 36.2], externalId: null },
  ...{ mayHaveArrived: false, madeAt: NOW, changed: null },
};

/** Answers one call, and keeps it. */
function answering(answer: () => Response | Promise<Response>) {
  const calls: { url: string; init: RequestInit }[] = [];
  const call = (async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return answer();
  }) as unknown as typeof fetch;
  return { calls, means: { fetch: call, timeoutMs: 5000, now: () => NOW } };
}

const callOf = (body: unknown, { secret = account.secret, at = NOW, id = "msg_1" } = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { headers: signedHeaders(secret, id, at, text), body: Buffer.from(text) };
};
const status = (data: Record<string, unknown>) => ({ type: "case.status", data: { number: "2027-000012", ...data } });

describe("a signature", () => {
  it("is that of Standard Webhooks, whose own example it gives again", () => {
    const body = Buffer.from('{"test": 2432232314}');
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const signature = signatureOf(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
    expect(signature).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });
});

describe("a hand-over by webhook", () => {
  it("is one signed call that says what may leave and nothing more", async () => {
    const { calls, means } = answering(() => Response.json({ externalId: "WG-1" }));
    expect(await webhook.send(account, message, means)).toEqual({
      ...{ ok: true, status: 200, externalId: "WG-1", token: null },
    });
    const [{ url, init }] = calls as [(typeof calls)[number]];
    expect([url, init.method, init.redirect]).toEqual(["https://grid.example/hook", "POST", "manual"]);
    expect(JSON.parse(String(init.body))).toEqual({
      type: "case.handed_over",
      timestamp: "2027-03-01T02:00:00.000Z",
      data: {
        ...{ number: "2027-000012", county: "qinghe", category: "lighting", grid: "柳东-3", township: "柳河镇" },
        ...{ place: "柳河镇柳东村三组", text: "路灯坏了", priority: false, receivedOn: "2027-02-28" },
        ...{ dueOn: "2027-03-12", photos: 0, reply: "https://liaison.example/webhooks/partners/grid" },
      },
    });
    expect(init.headers).toMatchObject({ "webhook-id": message.id, "webhook-timestamp": "1803866400" });
  });

  it.each([
    [() => new Response("", { status: 500 }), { status: 500, reason: "http-500" }],
    [() => new Response("", { status: 307, headers: { location: "https://x.example" } }), { reason: "redirect" }],
    [() => new Response("x".repeat(300_000)), { reason: "answer-too-large" }],
    [() => Promise.reject(new TypeError("fetch failed")), { status: null, reason: "not-reachable" }],
    [() => Promise.reject(new DOMException("too long", "TimeoutError")), { status: null, reason: "no-answer-in-time" }],
  ] as const)("has not arrived where the answer is another one: %#", async (answer, expected) => {
    expect(await webhook.send(account, message, answering(answer).means)).toMatchObject({ ok: false, ...expected });
  });

  it("that changed says what it is now, and what changed", async () => {
    const { calls, means } = answering(() => new Response(null, { status: 204 }));
    for (const kind of ["corrected", "taken_out"] as const)
      await webhook.send(account, { ...message, kind, externalId: "WG-1", changed: "是井盖" }, means);
    const bodies = calls.map(({ init }) => JSON.parse(String(init.body)));
    expect(bodies.map(({ type }) => type)).toEqual(["case.corrected", "case.matter_taken_out"]);
    for (const { data } of bodies)
      expect(data).toMatchObject({ externalId: "WG-1", changed: "是井盖", text: "路灯坏了" });
  });

  it("that was taken back says its number alone", async () => {
    const { calls, means } = answering(() => new Response(null, { status: 204 }));
    await webhook.send(account, { ...message, kind: "taken_back", externalId: "WG-1" }, means);
    const { type, data } = JSON.parse(String(calls[0]?.init.body));
    expect([type, Object.keys(data)]).toEqual(["case.taken_back", ["number", "county", "externalId", "reply"]]);
  });
});

describe("a call of a platform", () => {
  it.each([
    [status({ status: "done" }), { code: "done", text: "", at: null, isFinal: false, externalId: null }],
    [
      status({ status: "done", text: "好了", externalId: 7, at: "2027-03-01T10:00:00+08:00", final: true }),
      { code: "done", text: "好了", externalId: "7", at: NOW, isFinal: true },
    ],
  ])("says how far it is: %#", (body, news) => {
    const understood = webhook.understand(account, callOf(body), [NOW]);
    expect(understood).toMatchObject({ kind: "news", id: "msg_1", news: { number: "2027-000012", ...news } });
  });

  it.each([
    "no json",
    "[]",
    { type: "something.else", data: { number: "1", status: "done" } },
    status({}),
    status({ status: "done", at: "yesterday" }),
  ])("that is signed and cannot be read is named so: %j", (body) => {
    expect(webhook.understand(account, callOf(body), [NOW])).toEqual({ kind: "unreadable", id: "msg_1" });
  });

  it("counts for nothing where secret, time, id or body are other ones, by whichever clock", () => {
    const right = callOf(status({ status: "done" }));
    const later = (seconds: number) => [new Date(NOW.getTime() + seconds * 1000)];
    const kindOf = (call: typeof right, times: readonly Date[]) => webhook.understand(account, call, times).kind;
    expect(kindOf(right, later(300))).toBe("news");
    expect(kindOf(right, [...later(9000), NOW])).toBe("news");
    for (const times of [later(301), later(-301), []]) expect(kindOf(right, times)).toBe("unsigned");
    expect(kindOf(callOf(status({}), { secret: "another" }), [NOW])).toBe("unsigned");
    expect(kindOf({ ...right, body: Buffer.from("{}") }, [NOW])).toBe("unsigned");
    for (const header of Object.keys(right.headers)) {
      const { [header]: _, ...headers } = right.headers;
      expect(kindOf({ ...right, headers }, [NOW])).toBe("unsigned");
    }
  });

  it("with several signatures counts by one that is right, and nothing that anybody sends throws", () => {
    const right = callOf(status({ status: "done" }));
    const several = `v1,AAAA v1a,BBBB ${right.headers["webhook-signature"]}`;
    const headers = { ...right.headers, "webhook-signature": several };
    expect(webhook.understand(account, { ...right, headers }, [NOW]).kind).toBe("news");
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(right.headers)), fc.string()),
        fc.uint8Array(),
        (any, body) => {
          expect(webhook.understand(account, { headers: any, body }, [NOW]).kind).toBe("unsigned");
        },
      ),
    );
  });
});
