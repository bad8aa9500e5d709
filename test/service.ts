import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { openDatabase } from "../db/database.ts";
import { postgresStore } from "../db/shared-store.ts";
import { findWaiting } from "../src/casework/backlog/waiting.ts";
import { type CaseSummary, type CaseView, listCases, viewCase } from "../src/casework/cases/case-view.ts";
import { tick } from "../src/casework/clock/tick.ts";
import { createAtlasStore } from "../src/casework/county/atlas-store.ts";
import { deliver } from "../src/casework/delivery/deliver.ts";
import { passiveReply } from "../src/casework/delivery/passive-reply.ts";
import { importFiles } from "../src/casework/import/import-files.ts";
import { createInbox } from "../src/casework/inbox/accept.ts";
import { addAccount } from "../src/casework/office/channel-accounts.ts";
import { receive, receiveNext } from "../src/casework/receive/receive.ts";
import { createAccounts } from "../src/casework/runtime/accounts.ts";
import { mediaStore } from "../src/casework/runtime/media-store.ts";
import { openReader } from "../src/casework/runtime/open-reader.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import { openMailbox } from "../src/casework/web-chat/mailbox.ts";
import type { SimulatedPlatform } from "../src/demo/platforms/face/platform.ts";
import type { AccountKind } from "../src/demo/platforms/wechat/account.ts";
import type { Phone } from "../src/demo/platforms/wechat/phone.ts";
import { type SimulatedWechat, startWechat } from "../src/demo/platforms/wechat.ts";
import { createApp } from "../src/http/app.ts";
import { listen } from "../src/http/listen.ts";
import { openQueues } from "../workers/queues.ts";
import { startWorkers } from "../workers/start.ts";
import { type Beside, openBeside } from "./beside.ts";
import { endCalls, isBusy } from "./busy.ts";
import { BAISHI } from "./county/baishi.ts";
import { type FixtureCounty, writeFixture } from "./county/county.ts";
import { QINGHE } from "./county/qinghe.ts";
import { testDatabase } from "./database.ts";
import { impatientFetch } from "./impatient.ts";
import { drawInvite } from "./invites.ts";
import { openLive, type TestLive } from "./live.ts";
import { noticeTemplate } from "./notice-template.ts";
import { partnerCallsTo } from "./partner-calls.ts";
import { openPulling, type Pulling } from "./pulling.ts";
import { testRedis } from "./redis.ts";
import { secretsOf } from "./secrets.ts";
import { slowClock } from "./slow-clock.ts";
import { PUBLIC_URL, pagesOver } from "./web-chat-services.ts";

/** Of real time, so that nothing hangs for ever; the limits of the service and the platform are much shorter. */
const LIMIT_MS = 60_000;
const TEMPLATE_ID = "TEMPLATE-NOTICE-1";
/** The template to which `phone.consent` consents. */
export const SUBSCRIPTION_ID = "SUBSCRIBE-NOTICE-1";
const NOTICE_KEYS = "character_string1={number},thing2={summary},name3={deputy},date4={date}";

export type ServiceOptions = {
  readonly backend?: "postgres" | "redis";
  readonly kind?: AccountKind;
  readonly replies?: "direct" | "passive";
  readonly template?: boolean;
  readonly subscription?: boolean;
  readonly mode?: "plain" | "compat" | "safe";
  readonly format?: "xml" | "json";
  /** Where the service finds the platform's API: its own address when left out, else a way there that can break. */
  readonly apiBase?: (wechatUrl: string) => string | Promise<string>;
  /** A platform beside WeChat, or several, each with one account of its channel, `qinghe` too. */
  readonly beside?: Beside | readonly Beside[];
  /** What it shares with an edge; nothing is taken in from one when left out. */
  readonly edgeSecret?: string;
  /** When its clock begins; now when left out. */
  readonly begin?: number;
  /** Where the log goes; nowhere when left out. */
  readonly log?: Logger;
} & Pick<Runtime, "voter">;

/** The whole service over HTTP and the simulated WeChat, with both counties and one account each: `qinghe`, `baishi`. */
export type TestService = {
  readonly wechat: SimulatedWechat;
  /** The platform beside WeChat, the first of several; undefined where none was asked for. */
  readonly beside: SimulatedPlatform | undefined;
  readonly platforms: readonly SimulatedPlatform[];
  readonly runtime: Runtime;
  readonly url: string;
  /** Of the database's owner, to look at or change what no service may. */
  readonly ownerUrl: string;
  phone(person: string, county?: "qinghe" | "baishi"): Phone;
  /** Binds a deputy's phone through chat, and gives it back. */
  deputy(code: string, county?: "qinghe" | "baishi"): Promise<Phone>;
  invite(code: string, county?: "qinghe" | "baishi"): Promise<string>;
  cases(county?: "qinghe" | "baishi"): Promise<CaseSummary[]>;
  case(number: string, county?: "qinghe" | "baishi"): Promise<CaseView>;
  /** Puts the service's and the platform's clock forward, which hardly goes otherwise, however slow the machine is. */
  advance(ms: number): void;
  /** Resolves when no message waits to be heard and none that is due waits to leave. */
  settled(): Promise<void>;
  /** Ends the lease of every call that is out, as if its process had died long ago. */
  endLeases(): Promise<void>;
  /** What passes with time, now. */
  passTime(): Promise<void>;
  readonly pulling: Pulling;
  readonly live: TestLive;
  /** Delivers what is due by the service's clock without waiting for the next sweep; then all is settled. */
  deliverDue(): Promise<void>;
  jurisdiction(county: "qinghe" | "baishi"): string;
  close(): Promise<void>;
};

const COUNTIES: readonly FixtureCounty[] = [QINGHE, BAISHI];
export async function startService(options: ServiceOptions = {}): Promise<TestService> {
  const db = await testDatabase({ counties: COUNTIES.map((county) => county.code) });
  const { database, vault } = db;
  const folder = await mkdtemp(join(tmpdir(), "liaison-test-"));
  const redis = options.backend === "redis" ? await testRedis() : null;
  const { now, advance } = slowClock(options.begin);
  const log = options.log ?? pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const mode = options.mode ?? "safe";
  const secrets = COUNTIES.map(({ code }) => ({ ...secretsOf(code), ...(mode === "plain" ? { aesKey: null } : {}) }));
  const impatient = impatientFetch();
  const wechat = await startWechat({
    now,
    retryAfterMs: 50,
    answerWithinMs: LIMIT_MS,
    onHang: impatient.hangs,
    accounts: secrets.map((secret) => ({
      ...secret,
      webhookUrl: "http://127.0.0.1:9/",
      format: options.format ?? "xml",
      mode,
      kind: options.kind ?? "verified-service",
      templates: [noticeTemplate(TEMPLATE_ID)],
      subscriptionTemplates: [noticeTemplate(SUBSCRIPTION_ID)],
    })),
  });
  const beside = await openBeside(options.beside, now);
  const { channelOf, channels } = beside;
  const directory = await openDatabase({ login: database.login, maxConnections: 1 });
  const accounts = createAccounts({
    database: directory,
    vault,
    channels,
    apiBases: { WECHAT_API_BASE: (await options.apiBase?.(wechat.url)) ?? wechat.url, ...beside.apiBases },
    store: (jurisdictionId) => postgresStore(database, vault, jurisdictionId, now),
    mailbox: (account) => openMailbox({ database, vault, now }, account),
    publicUrl: PUBLIC_URL,
    now,
    timeoutMs: LIMIT_MS,
    fetch: impatient.fetch,
  });
  const runtime: Runtime = {
    database,
    vault,
    now,
    random: () => 0,
    ...{ timeZone: "Asia/Shanghai", publicUrl: PUBLIC_URL },
    accounts,
    atlases: createAtlasStore(),
    ...{ reader: openReader(), voter: options.voter },
    media: mediaStore(join(folder, "media")),
    log,
  };
  const ids = new Map<string, string>();
  for (const [index, county] of COUNTIES.entries()) {
    const jurisdictionId = await db.county(county.code);
    ids.set(county.code, jurisdictionId);
    await writeFixture(county, join(folder, county.code));
    const imported = await importFiles(runtime, jurisdictionId, [join(folder, county.code)], {
      coordinates: "wgs84",
      dryRun: false,
    });
    if (!imported.ok) throw new Error(imported.errors.join("\n"));
    const secret = secrets[index]!;
    const added = await addAccount(runtime, jurisdictionId, {
      channel: channelOf("wechat-official")!,
      name: county.code,
      options: {
        "app-id": secret.appId,
        "app-secret": secret.appSecret,
        token: secret.token,
        "aes-key": secret.aesKey ?? undefined,
        replies: options.replies,
        kind: options.kind === "mini-program" ? options.kind : undefined,
        template: options.template === true ? `${TEMPLATE_ID}:${NOTICE_KEYS}` : undefined,
        "subscribe-template": options.subscription === true ? `${SUBSCRIPTION_ID}:${NOTICE_KEYS}` : undefined,
      },
    });
    if (!added.ok) throw new Error(added.problems.join(" "));
  }
  const jurisdiction = (county: string) => {
    const id = ids.get(county);
    if (id === undefined) throw new Error(`no county ${county}`);
    return id;
  };
  const queues = await openQueues({ databaseUrl: database.login.url, redisUrl: redis?.url ?? null, now, log });
  const workers = await startWorkers({
    database,
    queues,
    now,
    log,
    receive: {
      next: (jurisdictionId, choice) => receiveNext(runtime, jurisdictionId, choice),
      alone: (person) => receive(runtime, person),
    },
    deliver: (key) => deliver(runtime, key),
    tick: (id) => tick(runtime, id),
    concurrency: 3,
  });
  const inbox = createInbox({ database, vault, now, announce: (wakeUp) => void queues.announceReceive([wakeUp]) });
  const pages = pagesOver(runtime, queues);
  const pulling = openPulling(runtime, queues, [...ids.values()], beside.besideChannels);
  const live = openLive(runtime, inbox, beside.besideChannels);
  const app = createApp({
    accounts,
    channelOf,
    inbox,
    passiveReply: (account, inbound) => passiveReply(runtime, account, inbound),
    now,
    maxAgeSeconds: 300,
    ...{ answerWithinMs: LIMIT_MS, edgeSecret: options.edgeSecret, log },
    checks: { database: async () => true, queue: () => queues.ready() },
    partners: partnerCallsTo(runtime, queues),
    ...pages,
    publicUrl: PUBLIC_URL,
  });
  const listening = await listen(app.fetch, "127.0.0.1", 0);
  for (const { code } of COUNTIES)
    wechat.setWebhook(code, `http://127.0.0.1:${listening.port}/webhooks/wechat-official/${code}`);
  await beside.addTo(runtime, jurisdiction("qinghe"), `http://127.0.0.1:${listening.port}`);

  const service: TestService = {
    wechat,
    ...{ beside: beside.platforms[0], platforms: beside.platforms },
    ...{ runtime, pulling, live },
    url: `http://127.0.0.1:${listening.port}`,
    ownerUrl: db.url,
    jurisdiction,
    phone: (person, county = "qinghe") => wechat.phone(county, `o_${person}`),
    invite: (code, county = "qinghe") => drawInvite(runtime, jurisdiction(county), code),
    async deputy(code, county = "qinghe") {
      const phone = wechat.phone(county, `o_deputy_${code}`);
      await phone.say(`绑定 ${await service.invite(code, county)}`);
      await wechat.waitFor(phone, (message) => message.direction === "in", LIMIT_MS);
      await service.settled();
      return phone;
    },
    cases: (county = "qinghe") => database.inCounty(jurisdiction(county), listCases),
    async case(number, county = "qinghe") {
      const found = await database.inCounty(jurisdiction(county), (tx) => viewCase(tx, number));
      if (!found.ok) throw new Error(`no case ${number}`);
      return found.view;
    },
    advance,
    async settled() {
      const until = Date.now() + LIMIT_MS;
      for (const [code, jurisdictionId] of ids) {
        while (await isBusy(runtime, jurisdictionId)) {
          if (Date.now() > until) throw new Error(`county ${code} does not come to rest`);
          await new Promise((resolve) => setTimeout(resolve, 15));
        }
      }
    },
    async endLeases() {
      for (const jurisdictionId of ids.values()) await endCalls(runtime, jurisdictionId);
    },
    async passTime() {
      for (const jurisdictionId of ids.values()) {
        const { conversations } = await tick(runtime, jurisdictionId);
        for (const conversationId of conversations) await deliver(runtime, { jurisdictionId, conversationId });
      }
    },
    async deliverDue() {
      const due = { now: now(), unprocessedSince: now() };
      for (const jurisdictionId of ids.values()) {
        const waiting = await findWaiting(database, jurisdictionId, due);
        for (const key of waiting.deliver) await deliver(runtime, key);
      }
      await service.settled();
    },
    async close() {
      const inOrder = [
        pages.webChat.watch,
        listening,
        pulling,
        live,
        inbox,
        workers,
        queues,
        wechat,
        beside,
        directory,
        db,
      ];
      for (const one of [...inOrder, ...(redis === null ? [] : [redis])]) await one.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return service;
}
