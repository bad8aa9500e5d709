import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrived } from "../arrived.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";
import { type WatchedService, watchedService } from "./watched.ts";

type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
  readonly links?: readonly { readonly traceId: string }[];
};
type Received = { readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: Span[] }[] }[] };

const LIMIT = { timeout: 60_000, interval: 50 };
const WORDS = "锦绣家园北门的路灯不亮,我叫张三丰,电话13800000000";

const BACKENDS = [{ backend: "Postgres" }, ...(hasRedis ? [{ backend: "Redis" }] : [])];

/** The spans above one, from itself to the root. */
function above(spans: readonly Span[], span: Span): Span[] {
  const parent = spans.find((one) => one.spanId === span.parentSpanId);
  return parent === undefined ? [span] : [span, ...above(spans, parent)];
}

describe.each(BACKENDS)("a trace, with the queue in $backend,", ({ backend }) => {
  let receiver: Server;
  let redis: TestRedis | null = null;
  let watched: WatchedService;
  let received = "";
  const spans: Span[] = [];
  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      const body = (await json(request)) as Received;
      received += JSON.stringify(body);
      spans.push(...body.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans)));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    redis = backend === "Redis" ? await testRedis() : null;
    const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    watched = await watchedService({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
    });
  });
  afterAll(async () => {
    await watched.close();
    await redis?.close();
    receiver.close();
  });

  const upwards = (span: Span) => above(spans, span);

  it("follows one resident's message from the webhook through the job to the platform's call", async () => {
    const resident = watched.wechat.phone("oa", "o_resident_1");
    await resident.say(WORDS);
    await expect.poll(() => arrived(resident).length, LIMIT).toBeGreaterThan(0);

    await expect
      .poll(() => spans.filter(({ name }) => name === "send wechat-official").length, LIMIT)
      .toBeGreaterThan(0);
    const call = spans.find(({ name }) => name === "send wechat-official")!;
    await expect.poll(() => upwards(call).at(-1)?.name, LIMIT).toBe("POST /webhooks/:channel/:account");
    expect(upwards(call).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["send wechat-official", "deliver", "receive", "POST /webhooks/:channel/:account"]),
    );
    expect(new Set(upwards(call).map(({ traceId }) => traceId)).size).toBe(1);
  });

  it("stays one trace for each of many people whose messages share a commit and a job", async () => {
    const before = spans.length;
    const residents = Array.from({ length: 12 }, (_, index) => watched.wechat.phone("oa", `o_crowd_${index}`));
    await Promise.all(residents.map((resident) => resident.say("东关小学门口积水,孩子过不去")));
    for (const resident of residents) await expect.poll(() => arrived(resident).length, LIMIT).toBeGreaterThan(0);
    const later = () => spans.slice(before);
    const roots = () => later().filter(({ name }) => name.startsWith("POST"));
    const received = () => later().filter(({ name }) => name === "receive");
    await expect.poll(() => [roots().length, received().length >= 12], LIMIT).toEqual([12, true]);
    const traces = new Set(roots().map(({ traceId }) => traceId));
    expect(traces.size).toBe(12);
    for (const traceId of traces) {
      await expect
        .poll(() => later().some((s) => s.traceId === traceId && s.name === "send wechat-official"), LIMIT)
        .toBe(true);
    }
  });

  it("holds no name, number, platform id or word of anybody", () => {
    expect(spans.length).toBeGreaterThan(20);
    expect(received).not.toMatch(/o_resident|o_crowd|张三丰|13800000000|路灯|signature|openid|[一-鿿]/);
  });
});
