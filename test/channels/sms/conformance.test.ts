import { describe, expect, test } from "vitest";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { sms } from "../../../src/channels/sms/channel.ts";
import { signatureOf } from "../../../src/channels/sms/signature.ts";
import { startSms } from "../../../src/demo/platforms/sms.ts";
import { openCases } from "../conformance/cases.ts";
import { accountWith, type Driver, NOW, RULES } from "../conformance/driver.ts";
import { outboundCases } from "../conformance/outbound.ts";

const OPTIONS = { url: "https://sms.example.gov.cn/v1", secret: "secret-of-the-gateway-16" };
const PATH = "/messages";
const account = accountWith(sms, OPTIONS);

/** A report as the gateway signs it: the suite's parts about words, chats and order have nothing here, for nobody writes. */
function request(
  body: string,
  change: { readonly at?: Date; readonly secret?: string; readonly signature?: string } = {},
): WebhookRequest {
  const bytes = Buffer.from(body);
  const signature = change.signature ?? signatureOf(change.secret ?? OPTIONS.secret, bytes, change.at ?? NOW);
  const header = (name: string) => (name === "liaison-signature" ? signature : null);
  return { method: "POST", query: new URLSearchParams(), header, body: bytes };
}
const REPORT = JSON.stringify([{ id: "a1", ok: false, reason: "空号" }]);

describe("sms: what comes in", () => {
  test("reports are handed over each, in their order, with a key that a repetition has too", () => {
    const body = JSON.stringify(
      [
        { id: "a1", ok: true },
        { id: "a2", ok: false, reason: "空号" },
      ],
      null,
      2,
    );
    const result = sms.receive(account, request(body), RULES);
    expect(result).toMatchObject({
      ...{ kind: "received", acknowledgement: { status: 204 } },
      messages: [
        { sender: "", isContact: false, content: { kind: "delivery-report", platformId: "a1", ok: true, reason: "" } },
        { content: { kind: "delivery-report", platformId: "a2", ok: false, reason: "空号" } },
      ],
    });
    const later = new Date(NOW.getTime() + 3_600_000);
    const again = sms.receive(account, request(body, { at: later }), { now: later, maxAgeSeconds: 300 });
    const keys = [result, again].map((one) =>
      one.kind === "received" ? one.messages.map(({ dedupeKey }) => dedupeKey) : [],
    );
    expect(keys[0]).toEqual(keys[1]);
    expect(new Set(keys[0]).size).toBe(2);
  });

  test.each([
    ["of another secret", request(REPORT, { secret: "another-secret-of-16-signs" })],
    ["without a signature", request(REPORT, { signature: "" })],
    ["with a short one", request(REPORT, { signature: "t=1,v1=ab" })],
    ["of another body", { ...request(REPORT), body: Buffer.from(`${REPORT} `) }],
    ["too old", request(REPORT, { at: new Date(NOW.getTime() - 400_000) })],
    ["too new", request(REPORT, { at: new Date(NOW.getTime() + 400_000) })],
    ["that is no post", { ...request(REPORT), method: "GET" as const }],
  ])("a request %s is refused, with one and the same answer", (_what, spoiled) => {
    expect(sms.receive(account, spoiled, RULES)).toMatchObject({
      kind: "refused",
      reply: { status: 403, body: "refused" },
    });
  });

  test.each(["no list", '{"id":"a"}', '[{"id":7,"ok":true}]', `${"[".repeat(100)}${"]".repeat(100)}`])(
    "what is genuine and cannot be read is kept: %s",
    (body) => {
      expect(sms.receive(account, request(body), RULES)).toMatchObject({
        messages: [{ content: { kind: "quarantined", raw: body } }],
      });
    },
  );

  test("wrong options are named", () => {
    for (const [name, value] of [
      ["url", "sms.example"],
      ["secret", "short"],
    ] as const) {
      const configured = sms.configure({ ...OPTIONS, [name]: value });
      expect(configured.ok ? "" : configured.problems.join()).toContain(`--${name}`);
    }
  });
});

const refusal = (code: number, blocks: "person" | "content" | "account") => ({
  fault: { path: PATH, times: 1, kind: "error", code } as const,
  expect: { outcome: "refused", blocks } as const,
});
const call = (number: number, text: string, link = "") => ({
  ...{ phone: "1001", template: "answer-waits", params: { text, link } },
  key: `suite0000000000000000_${number}`,
});

const driver: Driver = {
  channel: sms,
  startPlatform: (now) => startSms({ now }),
  options: OPTIONS,
  wrongOptions: [],
  request: () => null,
  ...{ spoiled: {}, isTimed: true, hostile: [] },
  calls: {
    text: call(1, "已收到，编号12"),
    choices: call(2, "是哪里？\n1. 柳东村\n2. 柳西村\n回数字就行"),
    card: call(3, "编号12：路灯坏了"),
  },
  errors: [
    refusal(422, "person"),
    refusal(400, "content"),
    refusal(401, "account"),
    refusal(404, "account"),
    { fault: { path: PATH, times: 1, kind: "error", code: 503 }, expect: { outcome: "retry", scope: "account" } },
    { fault: { path: PATH, times: 1, kind: "error", code: 409 }, expect: { outcome: "delivered" } },
  ],
  sendPath: PATH,
  wrongSecret: { secret: "not-the-secret-of-the-gateway" },
  notBlocked: { path: PATH, times: 1, kind: "error", code: 403 },
  without: ["O6", "O12"],
};

describe("sms: what goes out", () => {
  const cases = openCases();
  outboundCases(cases, driver);
  cases.end(driver.without);
});
