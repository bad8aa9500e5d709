import { afterEach, expect, it } from "vitest";
import type { Connection, Hand } from "../../../src/channels/channel.ts";
import { dingtalk } from "../../../src/channels/dingtalk/channel.ts";
import { startDingtalk } from "../../../src/demo/platforms/dingtalk.ts";
import { accountWith, NOW, senderAt } from "../conformance/driver.ts";

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const memory = { get: async () => null, set: async () => undefined, deleteIfEqual: async () => undefined };

/** A platform with one account. */
async function platformWithAccount() {
  const platform = await startDingtalk({ patienceMs: 60_000 });
  opened.push(platform);
  const options = await platform.openAccount("one", "");
  const services = { apiBase: platform.url, publicUrl: "", store: memory, now: () => NOW, timeoutMs: 30_000 };
  const connect = async (hand: Hand, more: Readonly<Record<string, string>> = {}): Promise<Connection> => {
    const connection = await dingtalk.live!(accountWith(dingtalk, { ...options, ...more }), services, hand);
    opened.push(connection);
    return connection;
  };
  return { platform, options, connect };
}

it("what people say is handed over in its order, and acknowledged when it is stored, not before", async () => {
  const { platform, connect } = await platformWithAccount();
  const heard: unknown[] = [];
  const stored = Promise.withResolvers<void>();
  await connect(async (messages) => {
    if (heard.length === 0) await stored.promise;
    heard.push(...messages.map(({ content }) => content));
  });
  const phone = platform.phone("one", "staff1");
  const saying = ["一", "二", "三"].map((text) => phone.say(text));
  expect(heard).toEqual([]);
  stored.resolve();
  expect(await Promise.all(saying)).toEqual([1, 2, 3].map(() => ({ accepted: true })));
  expect(heard).toEqual(["一", "二", "三"].map((text) => ({ kind: "text", text })));
});

it("a connection that is closed says so, and what ends it has a reason; close waits for what is being stored", async () => {
  const { platform, connect } = await platformWithAccount();
  const first = await connect(async () => undefined);
  platform.disturb("one", "cut");
  expect(await first.closed).toContain("lost");
  const stored = Promise.withResolvers<void>();
  const handed = Promise.withResolvers<void>();
  const second = await connect(() => {
    handed.resolve();
    return stored.promise;
  });
  const saying = platform.phone("one", "staff1").say("在吗");
  await handed.promise;
  setTimeout(stored.resolve, 50);
  await second.close();
  expect(await second.closed).toBe("closed");
  expect(await saying).toEqual({ accepted: true });
});

it("a wrong secret, a gateway elsewhere and one that is away are told without any secret", async () => {
  const { platform, options, connect } = await platformWithAccount();
  const failing = async (more: Readonly<Record<string, string>> = {}) => {
    const error = await connect(async () => undefined, more).catch((reason: unknown) => reason);
    const { message } = error as Error;
    for (const secret of [options["client-secret"]!, "secretOfSomebodyElse1234567890", "ticket"]) {
      if (secret !== "ticket") expect(message).not.toContain(secret);
      expect(message).not.toContain(platform.url);
    }
    return message;
  };
  expect(await failing({ "client-secret": "secretOfSomebodyElse1234567890" })).toContain("invalidClientIdOrSecret");
  const path = "/v1.0/gateway/connections/open";
  platform.fail({ path, times: 1, kind: "error", code: 200, says: { endpoint: "wss://example.org/x", ticket: "t" } });
  expect(await failing()).toContain("no address of the platform's");
  platform.fail({
    path,
    times: 1,
    kind: "error",
    code: 200,
    says: { endpoint: `${platform.url.replace("http", "ws")}/connect`, ticket: "t" },
  });
  expect(await failing()).toMatch(/could not be connected|closed at once/);
  platform.fail({ path, times: 1, kind: "http-500" });
  expect(await failing()).toContain("HTTP 500");
});

it("a file is fetched by the address that the platform gives, and a picture is uploaded", async () => {
  const { platform, options, connect } = await platformWithAccount();
  await connect(async () => undefined);
  const phone = platform.phone("one", "staff1");
  await phone.photo(Buffer.from("JPEG"));
  const mediaId = phone.lines().at(-1)!.picture!;
  const sender = senderAt(dingtalk, accountWith(dingtalk, options), platform.url);
  expect(await sender.fetchMedia({ mediaId, form: "image" })).toMatchObject({ ok: true, contentType: "image/jpeg" });
  expect(await sender.fetchMedia({ mediaId: "none", form: "image" })).toMatchObject({ ok: false, retryable: false });
  const path = "/v1.0/robot/messageFiles/download";
  for (const downloadUrl of ["http://127.0.0.1:1/a", "https://example.org/a", "file:///etc/passwd", ""]) {
    platform.fail({ path, times: 1, kind: "error", code: 200, says: { downloadUrl } });
    expect(await sender.fetchMedia({ mediaId, form: "image" })).toMatchObject({ ok: false, retryable: false });
  }
  const file = { kind: "media", form: "file", bytes: Buffer.from("PDF"), contentType: "application/pdf" } as const;
  const to = { kind: "person", id: "staff1" } as const;
  const sent = await sender.send("direct", to, { ...file, fileName: "清单.pdf", caption: "见附件", key: "k1" });
  expect(sent.outcome).toBe("delivered");
  expect(
    phone
      .lines()
      .slice(-2)
      .map(({ text }) => text),
  ).toEqual(["清单.pdf", "见附件"]);
  expect(
    await sender.send("direct", { kind: "room", id: "cid1" }, { kind: "text", text: "早", key: "k2" }),
  ).toMatchObject({
    outcome: "refused",
    blocks: "person",
  });
});
