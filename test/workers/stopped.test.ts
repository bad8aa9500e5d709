import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { outboxPurpose } from "../../src/casework/outbox/content.ts";
import { peerPurpose } from "../../src/casework/turn/conversation.ts";
import { channelOf } from "../../src/channels/registry.ts";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { arrived } from "../arrived.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { madeUpAccount, openSendingRuntime, type SendingFrom } from "./sending-runtime.ts";

/** Longer than a lease. */
const LIMIT = { timeout: 45_000, interval: 100 };

let db: TestDatabase;
let wechat: SimulatedWechat;
let from: SendingFrom;
let here: Awaited<ReturnType<typeof openSendingRuntime>>;
beforeAll(async () => {
  db = await testDatabase({ counties: ["east"] });
  const account = madeUpAccount();
  wechat = await startWechat({
    now: () => new Date(),
    accounts: [
      { ...account, webhookUrl: "http://127.0.0.1:9/", format: "xml", mode: "safe", kind: "verified-service" },
    ],
  });
  from = { url: db.url, secret: db.secret.toString("base64"), apiBase: wechat.url };
  here = await openSendingRuntime(from);
  const options = {
    "app-id": account.appId,
    "app-secret": account.appSecret,
    token: account.token,
    "aes-key": account.aesKey,
  };
  const channel = channelOf("wechat-official")!;
  await addAccount(here.runtime, await db.county("east"), { channel, name: account.name, options });
});
afterAll(async () => {
  await here.close();
  await wechat.close();
  await db.close();
});

const TEXT = Array.from({ length: 220 }, (_, sentence) => `第${1000 + sentence}句说路灯的事。`).join("");

/** A person who may be written to, and for whom a text of several pieces waits. */
async function withLongText(
  openid: string,
): Promise<{ jurisdictionId: string; conversationId: string; accountId: string }> {
  const { runtime } = here;
  const jurisdictionId = await db.county("east");
  const account = (await runtime.accounts.find("wechat-official", "oa"))!;
  const [conversationId, createdAt] = [newId(), runtime.now()];
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    await tx.insert(conversations).values({
      id: conversationId,
      jurisdictionId,
      accountId: account.id,
      peer: openid,
      peerSealed: runtime.vault.seal(openid, peerPurpose(jurisdictionId)),
      windowLeft: 5,
      windowUntil: new Date(createdAt.getTime() + 3_600_000),
      createdAt,
    });
    await tx.insert(outbox).values({
      id: newId(),
      jurisdictionId,
      conversationId,
      kind: "reply",
      isAnswer: true,
      content: runtime.vault.seal(JSON.stringify({ text: TEXT }), outboxPurpose(jurisdictionId)),
      state: "waiting",
      notBefore: createdAt,
      createdAt,
    });
  });
  return { jurisdictionId, conversationId, accountId: account.id };
}

test("a worker that was stopped for longer than its lease sends nothing more of a long text that another went on with", {
  timeout: 90_000,
}, async () => {
  const phone = wechat.phone("oa", "o_long");
  await phone.say("您好").catch(() => undefined);
  const key = await withLongText(phone.openid);
  const { sender } = (await here.runtime.accounts.byId(key.jurisdictionId, key.accountId))!;
  const whole = sender.split(TEXT);
  expect(whole).toHaveLength(4);
  const pieces = () => arrived(phone).flatMap((text) => (whole.includes(text) ? whole.indexOf(text) + 1 : []));
  const row = async () => {
    const rows = await here.runtime.database.inCounty(key.jurisdictionId, (tx) =>
      tx.select().from(outbox).where(eq(outbox.conversationId, key.conversationId)),
    );
    return rows[0]!;
  };
  const stopped = spawn(
    process.execPath,
    [join(import.meta.dirname, "../setup/stopped-worker.ts"), JSON.stringify({ from, key })],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const ended = once(stopped, "exit");
  try {
    await vi.waitFor(async () => expect(await row()).toMatchObject({ state: "sending", piecesSent: 1 }), LIMIT);
    await vi.waitFor(async () => {
      await deliver(here.runtime, key);
      expect((await row()).state).toBe("uncertain");
    }, LIMIT);
    expect(pieces()).toEqual([1, 3, 4]);
    stopped.kill("SIGCONT");
    expect(await ended).toEqual([0, null]);
  } finally {
    stopped.kill("SIGKILL");
  }
  expect(pieces()).toEqual([1, 3, 4]);
  expect(await row()).toMatchObject({ state: "uncertain", reason: expect.stringContaining("ended before") });
  const tries = await here.runtime.database.inCounty(key.jurisdictionId, (tx) => tx.select().from(attempts));
  expect(tries.map(({ outcome }) => outcome).sort()).toEqual(["delivered", "delivered", "delivered", "retry"]);
});
