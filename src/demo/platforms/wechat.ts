import { createAdaptorServer } from "@hono/node-server";
import { underLoopbackNames } from "./loopback-names.ts";
import type { SimulatedAccount } from "./wechat/account.ts";
import { createApi } from "./wechat/api.ts";
import { shakeHands } from "./wechat/callback.ts";
import type { Fault } from "./wechat/faults.ts";
import { EMPTY_LEDGER } from "./wechat/ledger.ts";
import type { PlatformEvent, PlatformLogEntry } from "./wechat/log.ts";
import { recall, remember } from "./wechat/memory.ts";
import { type Phone, pickUpPhone } from "./wechat/phone.ts";
import { sceneOfUrl, ticketFor } from "./wechat/qr.ts";
import type { PhoneMessage, StoredMedia } from "./wechat/screen.ts";
import { accountOf, createWorld, openAccount, storedMedia } from "./wechat/world.ts";

/** The options of a simulated WeChat. */
export type WechatOptions = {
  /** 0 or nothing for any free one. */
  readonly port?: number;
  readonly accounts: readonly SimulatedAccount[];
  readonly now?: () => Date;
  /** Called when a fault begins to hold a call to this path, which writes to this openid or to nobody. */
  readonly onHang?: (path: string, to: string | null) => void;
  /** Called for each exchange, besides `log()`. */
  readonly log?: (entry: PlatformLogEntry) => void;
  /** How long the account's server may take for a callback; WeChat's own is 5000. */
  readonly answerWithinMs?: number;
  /** The pause between two tries of a callback; WeChat does not document its own. */
  readonly retryAfterMs?: number;
};

/** A simulated messaging platform that behaves like WeChat towards a service and towards people with phones. */
export type SimulatedWechat = {
  /** The API's address, without a slash at the end: what stands for https://api.weixin.qq.com. */
  readonly url: string;
  openAccount(account: SimulatedAccount): void;
  /** Tells the platform where an account's server is, as its owner does in the console. */
  setWebhook(accountName: string, webhookUrl: string): void;
  /** The console's check of the address. */
  verifyWebhook(accountName: string): Promise<boolean>;
  phone(accountName: string, openid: string): Phone;
  /** Everybody whom the account ever met. */
  phones(accountName: string): readonly Phone[];
  account(accountName: string): SimulatedAccount;
  /** The ticket of a permanent code for the scene, for showqrcode: the poster at the station's door. */
  qrTicket(accountName: string, scene: string): string;
  /** The scenes of which the account had codes made, the newest first. */
  scenes(accountName: string): readonly string[];
  /** The scene of a code by what the code says; null when the account made no such code. */
  sceneOf(accountName: string, qrContent: string): string | null;
  media(accountName: string, mediaId: string): StoredMedia | null;
  /** Answers a request as the server would, without the network. */
  fetch(request: Request): Response | Promise<Response>;
  /** Every exchange over HTTP since the start, oldest first. */
  log(): readonly PlatformLogEntry[];
  tokenCalls(accountName: string): number;
  /** What the platform knows of an account's people, as text that `recall` takes after a restart. */
  remember(accountName: string): string;
  /** @returns false when the text is not understood; nothing is changed then */
  recall(accountName: string, text: string): boolean;
  /** @returns a function that ends the listening */
  listen(listener: (event: PlatformEvent) => void): () => void;
  /** The first message, already there or still to come, that the predicate accepts. @throws Error after `timeoutMs` */
  waitFor(phone: Phone, predicate: (message: PhoneMessage) => boolean, timeoutMs: number): Promise<PhoneMessage>;
  fail(fault: Fault): void;
  clearFaults(): void;
  expireTokens(): void;
  /** Ends a person's window at every account, as 48 hours of silence would. */
  closeWindow(openid: string): void;
  /** Puts the platform's clock forward. */
  advanceClock(byMs: number): void;
  close(): Promise<void>;
};

/**
 * Starts a simulated WeChat on 127.0.0.1.
 *
 * It shares no code with the channel that it talks to, so that an error there does not cancel itself out here.
 * @throws Error when the port is taken
 */
export async function startWechat(options: WechatOptions): Promise<SimulatedWechat> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const limits = { answerWithinMs: options.answerWithinMs ?? 5000, retryAfterMs: options.retryAfterMs ?? 1000 };
  const world = createWorld(() => new Date(clock().getTime() + offsetMs), limits, options.onHang);
  for (const account of options.accounts) openAccount(world, account);
  const { log } = options;
  if (log !== undefined) world.listeners.add((event) => event.type === "log" && log(event.entry));

  const api = createApi(world);
  const server = createAdaptorServer({ fetch: underLoopbackNames(api.fetch) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    openAccount: (account) => openAccount(world, account),
    setWebhook: (name, webhookUrl) => {
      const state = accountOf(world, name);
      state.account = { ...state.account, webhookUrl };
    },
    verifyWebhook: (name) => shakeHands(world, accountOf(world, name)),
    phone: (name, openid) => pickUpPhone(world, name, openid),
    phones: (name) => [...accountOf(world, name).people.keys()].map((openid) => pickUpPhone(world, name, openid)),
    account: (name) => accountOf(world, name).account,
    qrTicket: (name, scene) => ticketFor(accountOf(world, name), scene),
    scenes: (name) => [...new Set(accountOf(world, name).tickets.values())].reverse(),
    sceneOf: (name, qrContent) => sceneOfUrl(accountOf(world, name), qrContent),
    media: (name, mediaId) => storedMedia(world, accountOf(world, name), mediaId),
    fetch: (request) => api.fetch(request),
    log: () => world.log,
    tokenCalls: (name) => accountOf(world, name).tokens.calls(),
    remember: (name) => remember(world, name),
    recall: (name, text) => recall(world, name, text),
    listen: (listener) => {
      world.listeners.add(listener);
      return () => world.listeners.delete(listener);
    },
    waitFor: (phone, predicate, timeoutMs) =>
      new Promise((resolve, reject) => {
        const found = phone.messages().find(predicate);
        if (found !== undefined) return resolve(found);
        const settle = (): void => {
          clearTimeout(timer);
          world.listeners.delete(listener);
        };
        const listener = (event: PlatformEvent): void => {
          if (event.type !== "message" || event.account !== phone.account || event.openid !== phone.openid) return;
          if (!predicate(event.message)) return;
          settle();
          resolve(event.message);
        };
        const timer = setTimeout(() => {
          settle();
          const screen = phone.messages().map((line) => `${line.direction} ${JSON.stringify(line.content)}`);
          reject(new Error(`Nothing of the kind within ${timeoutMs} ms on ${phone.openid}:\n${screen.join("\n")}`));
        }, timeoutMs);
        world.listeners.add(listener);
      }),
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    expireTokens: () => {
      for (const state of world.accounts.values()) state.tokens.expireAll();
    },
    closeWindow: (openid) => {
      for (const state of world.accounts.values()) {
        const person = state.people.get(openid);
        if (person !== undefined) person.ledger = EMPTY_LEDGER;
      }
    },
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    close: () =>
      new Promise((resolve) => {
        world.closing.abort();
        if ("closeAllConnections" in server) server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
