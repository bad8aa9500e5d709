import { describe, expect, it } from "vitest";
import { web } from "../../../src/channels/web/channel.ts";
import { inboundOf } from "../../../src/channels/web/said.ts";
import type { Outbound } from "../../../src/domain/messages/message.ts";
import { hasRedis } from "../../redis.ts";
import { webPlatform } from "../../web-platform.ts";
import { openWebChat } from "../../web-visitor.ts";
import { openCases } from "../conformance/cases.ts";
import { accountWith, type Driver, NOW, RULES, senderAt } from "../conformance/driver.ts";
import { serviceCases } from "../conformance/through-service.ts";

/*
 * The page has no webhook and makes no calls: what comes in and what goes out is by its own forms and its own mailbox, so of the suite's
 * parts that of repeats and order applies, by real HTTP to the page's routes; and what both other parts ask is asked here of what there is.
 */
const driver: Driver = {
  channel: web,
  async startPlatform() {
    throw new Error("the page is the service's own");
  },
  async inService(service) {
    await openWebChat(service);
    return webPlatform(service);
  },
  options: {},
  wrongOptions: [{ options: { phone: "ring us" }, names: "--phone" }],
  request: () => null,
  spoiled: {},
  isTimed: false,
  hostile: [],
  calls: {},
  errors: [],
  sendPath: "",
  wrongSecret: {},
  // Nobody can block a page.
  cannotBlock: true,
  without: [
    ...["R3", "R4", "R5", "R6", "R7", "R9", "R10", "R11", "R12"],
    ...["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
};

for (const backend of hasRedis ? (["postgres", "redis"] as const) : (["postgres"] as const)) {
  describe(`web: through the service, queue in ${backend}`, () => {
    const cases = openCases();
    serviceCases(cases, driver, backend);
    cases.end(driver.without);
  });
}

describe("web: what comes in", () => {
  const said = {
    ...{ sender: "visitor", key: "page-1", sentAt: NOW, scene: "g:G1", text: "路灯坏了", photos: ["a", "b"] },
    place: { position: { latitude: 34.2, longitude: 108.9 }, label: "地点" },
  };

  it("I4 the webhook's address takes nothing", () => {
    const request = {
      method: "POST",
      query: new URLSearchParams(),
      header: () => null,
      body: new Uint8Array(),
    } as const;
    expect(web.receive(accountWith(web, {}), request, RULES)).toMatchObject({
      kind: "refused",
      reply: { status: 404 },
    });
  });
  it("I9, I11, I15 all that was said at once keeps its order, each with a key of its own, the same when it comes again", () => {
    const [first, again] = [inboundOf(said), inboundOf({ ...said, sentAt: new Date(NOW.getTime() + 3_600_000) })];
    expect(first.map(({ content }) => content.kind)).toEqual(["scan", "text", "media", "media", "location"]);
    expect(first.map(({ dedupeKey }) => dedupeKey)).toEqual(again.map(({ dedupeKey }) => dedupeKey));
    expect(new Set(first.map(({ dedupeKey }) => dedupeKey)).size).toBe(5);
    for (const one of first) {
      expect(one).toMatchObject({ sender: "visitor", room: null, replyTo: null, isContact: true, window: null });
      expect(one.dedupeKey).toMatch(/^[\w-]{1,200}$/);
    }
  });
  it("I0 a wrong option is named", () => {
    const configured = web.configure({ phone: "ring us" });
    expect(configured.ok ? "" : configured.problems.join()).toContain("--phone");
  });
});

describe("web: what goes out", () => {
  const message: Outbound = { kind: "text", text: "已收到", key: "suite0000000000000000_1" };
  const to = { kind: "person", id: "visitor" } as const;
  const over = (put: (key: string) => Promise<string | null>) =>
    senderAt(web, accountWith(web, {}), "http://127.0.0.1:9", {
      mailbox: { put: (_to, key) => put(key), upload: async () => null },
    });

  it("O4, O8, O14 a post is the delivery; one that nobody saw put is uncertain, and what is not ours does not leave", async () => {
    const keys: string[] = [];
    const taken = over(async (key) => {
      keys.push(key);
      return "post-1";
    });
    expect(await taken.send("direct", to, message)).toEqual({ outcome: "delivered", platformId: "post-1" });
    expect(await taken.send("direct", to, message, () => false)).toMatchObject({ outcome: "retry" });
    expect(keys).toEqual([message.key]);
    const broken = over(async () => Promise.reject(new Error("the connection is gone")));
    expect(await broken.send("direct", to, message)).toMatchObject({ outcome: "uncertain" });
  });
  it("O5 an erased visitor is nobody, and a page needs no notices", async () => {
    const fields = { number: "2026-000012", summary: "路灯", deputy: "王建国", date: "2026-12-01" };
    const gone = over(async () => null);
    expect(await gone.send("direct", to, message)).toMatchObject({ outcome: "refused", blocks: "person" });
    const notice: Outbound = { kind: "notice", fields, key: message.key };
    expect(await gone.send("template", to, notice)).toMatchObject({ outcome: "refused", blocks: "rung" });
  });
  it("O3 a text of any length is one post", () => {
    const long = "第一句说的是路灯坏了。".repeat(500);
    expect(over(async () => null).split(long)).toEqual([long]);
  });
});
