import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { openDatabase } from "../../db/database.ts";
import { startErrands } from "../../workers/errands.ts";
import { startLive } from "../../workers/live.ts";
import { startPartners } from "../../workers/partners.ts";
import { startPulling } from "../../workers/pull.ts";
import { openQueues } from "../../workers/queues.ts";
import { startWorkers } from "../../workers/start.ts";
import { verifyDue } from "../casework/audit/nightly.ts";
import { tick } from "../casework/clock/tick.ts";
import { warnOfCalendars } from "../casework/county/calendar-warnings.ts";
import { listCounties, type Naming } from "../casework/county/counties.ts";
import { deliver } from "../casework/delivery/deliver.ts";
import { passiveReply } from "../casework/delivery/passive-reply.ts";
import { ERRAND_KINDS } from "../casework/errand-kinds/registry.ts";
import { createInbox, type WakeUp } from "../casework/inbox/accept.ts";
import { accountsThatStayConnected } from "../casework/inbox/connected.ts";
import { countiesThatPull, pullDue } from "../casework/inbox/pull.ts";
import { createLive } from "../casework/live/live.ts";
import { receivePartnerCall } from "../casework/partner-exchange/callback.ts";
import { exchangeWithPartners } from "../casework/partner-exchange/exchange-due.ts";
import { receive, receiveNext } from "../casework/receive/receive.ts";
import { opensAccounts, weakAccounts } from "../casework/runtime/accounts.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { countyOfHost } from "../casework/sign-in/county-of-host.ts";
import { isLoopback } from "../casework/sign-in/limits.ts";
import { createSignIn } from "../casework/sign-in/services.ts";
import { createPostWatch } from "../casework/web-chat/watch.ts";
import { channelOf, channels } from "../channels/registry.ts";
import { addressOf, type Config } from "../config.ts";
import { createApp, createWatchedApp } from "../http/app.ts";
import { clientAddress } from "../http/client-address.ts";
import { sessionLookup } from "../http/from-browser.ts";
import { listen } from "../http/listen.ts";
import { watchSends } from "../observe/sends.ts";
import { watchVoter } from "../observe/votes.ts";
import { withTimeout } from "../with-timeout.ts";
import { explain, openInstallation } from "./installation.ts";
import { metricsServices, openWatch } from "./observability.ts";
import { tellPlatform } from "./register-account.ts";
import { openRuntime } from "./runtime.ts";
import { WRONG_KEY } from "./secret.ts";
import type { Server } from "./server.ts";

/** The role of a process; `start` is both of the others. */
export type Role = "start" | "serve" | "work";

/** A running service. */
export type Service = {
  readonly runtime: Runtime;
  readonly databaseUrl: string;
  /** Where it listens; null where it only works. */
  readonly url: string | null;
  /**
   * Says that it is not ready, serves on until balancers have seen that, takes nothing new, ends what is under way or
   * leaves it to others, and lets go of everything. Called again, it gives the same promise.
   */
  close(): Promise<void>;
};

const CONNECTIONS = 14;
/** Leaves connections for webhooks, deliveries and the sweep. */
const RECEIVED_AT_ONCE = 8;
/** One run reads while it writes what it found; two are done at once. */
const ERRAND_CONNECTIONS = 4;
/** As long as the command line waits. */
const ERRAND_STATEMENT_LIMIT_MS = 10 * 60_000;
const READY_LIMIT_MS = 2000;
/** So long `/readyz` says no while requests are still answered. */
const LEAVE_MS = 1000;

/**
 * Starts the service, or one of its two halves.
 * @param options.server where this process has begun to open it already
 * @param options.say is given sentences that the operator should read
 * @param options.firstCounty what an empty database gets; `default` when left out
 * @param options.isPractice whether nobody is asked for a second factor, as long as the address is of this machine alone
 * @throws Error with a plain sentence that says what to do
 */
export async function startService(
  config: Config,
  options: {
    readonly role: Role;
    readonly server?: Promise<Server>;
    readonly log: Logger;
    readonly say: (sentence: string) => void;
    readonly firstCounty?: Naming;
    readonly isPractice?: boolean;
  },
): Promise<Service> {
  const { role, server, log, say, firstCounty } = options;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.unshift(one);
    return one;
  };
  let closing: Promise<void> | null = null;
  const closeAll = async () => {
    for (const one of opened.splice(0)) await one.close();
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };
  const isStopping = () => closing !== null;
  let { databaseUrl } = config;
  try {
    const installation = keep(
      await openInstallation(config, {
        asService: role === "start",
        server,
        maxConnections: CONNECTIONS,
        say,
        firstCounty,
      }),
    );
    databaseUrl = installation.databaseUrl;
    if (!(await opensAccounts(installation.database, installation.vault))) throw new Error(WRONG_KEY);
    if (!installation.isLimited) {
      log.warn(
        "the service logs in as the owner of the database and only takes a role with fewer rights: see the runbook's page about roles",
      );
    }
    if (role !== "work") {
      for (const weak of await weakAccounts(installation.database, installation.vault, channelOf)) {
        log.warn(weak, "an account is set up weakly");
      }
    }
    const watch = keep(await openWatch(config, log));
    const { tally } = watch.metrics;
    const { tracing } = watch;
    const { runtime: bare } = keep(await openRuntime(installation, config, log));
    const accounts = watchSends(bare.accounts, { tally, tracing });
    const voter = bare.voter && watchVoter(bare.voter, tally);
    const runtime = {
      ...bare,
      accounts,
      voter,
      countVote: tally.vote,
      countWrongCodes: tally.wrongCodes,
      countExchange: tally.exchange,
    };
    const { database, now } = installation;
    const queues = keep(await openQueues({ databaseUrl, redisUrl: config.redisUrl, now, log, tracing }));
    if (role !== "serve") {
      keep(
        await startWorkers({
          database,
          queues,
          now,
          log,
          receive: {
            next: (jurisdictionId, choice) => receiveNext(runtime, jurisdictionId, choice),
            alone: (person) => receive(runtime, person),
          },
          deliver: (key) => deliver(runtime, key, isStopping),
          tick: (jurisdictionId) => tick(runtime, jurisdictionId),
          verify: (signal) =>
            verifyDue({ database, vault: runtime.vault, now, timeZone: config.timeZone, log, signal }),
          remind: () => warnOfCalendars({ database, now, timeZone: config.timeZone, log }),
          concurrency: RECEIVED_AT_ONCE,
          tally,
          tracing,
        }),
      );
    }
    const deliverTo = (jurisdictionId: string, conversations: readonly string[]) =>
      void queues.announceDeliver(conversations.map((conversationId) => ({ jurisdictionId, conversationId })));
    if (role !== "serve") {
      const exchange = (jurisdictionId: string, isLeaving: () => boolean) =>
        exchangeWithPartners(runtime, jurisdictionId, isLeaving);
      keep(startPartners({ database, exchange, deliver: deliverTo, log }));
    }
    const announce = (wakeUp: WakeUp) => void queues.announceReceive([wakeUp]);
    const inbox = keep(createInbox({ database, vault: runtime.vault, now, announce, trace: tracing?.current }));
    if (role !== "serve") {
      const services = { ...runtime, inbox, count: tally.pulled };
      const counties = () => countiesThatPull(database, channels);
      keep(startPulling({ counties, pull: (id, isLeaving) => pullDue(services, id, isLeaving), log }));
      const list = () => accountsThatStayConnected(database, channels);
      keep(startLive({ database, accounts, list, inbox, log, count: tally.connected }));
    }
    const clientOf = clientAddress(config.trustedProxies);
    const { publicUrl } = config;
    const asksSecondFactor = options.isPractice !== true || !isLoopback(publicUrl);
    const signIn = createSignIn({ database, vault: runtime.vault, publicUrl, asksSecondFactor });
    const browsers = { signIn, countyOf: countyOfHost(database), addressOf: clientOf };
    if (role !== "serve") {
      const openLong = () =>
        openDatabase({
          login: database.login,
          maxConnections: ERRAND_CONNECTIONS,
          statementLimitMs: ERRAND_STATEMENT_LIMIT_MS,
        });
      keep(startErrands({ runtime, kinds: ERRAND_KINDS, openLong, log }));
    }
    const metrics = metricsServices(watch, {
      database,
      queues,
      now,
      log,
      dataFolder: config.dataFolder,
      edge: config.edge,
      timeZone: config.timeZone,
      addressOf: clientOf,
      sessions: role === "work" ? undefined : sessionLookup(browsers),
    });
    const watched = {
      checks: { database: () => answers(listCounties(database)), queue: () => queues.ready() },
      isStopping,
      watch: metrics,
      log,
    };
    const serve = async (fetch: Parameters<typeof listen>[0], port: number) => {
      const listening = keep(await listen(fetch, config.host, port));
      return addressOf(config.host, listening.port);
    };
    if (role === "work") {
      const { metricsPort } = config;
      const url = metricsPort === null ? null : await serve(createWatchedApp(watched).fetch, metricsPort);
      return { runtime, databaseUrl, url, close };
    }
    const posts = createPostWatch({ database, log });
    const live = createLive({ database, vault: runtime.vault, now, log, kinds: ERRAND_KINDS });
    const app = createApp({
      accounts: runtime.accounts,
      channelOf,
      inbox,
      passiveReply: (account, inbound) => passiveReply(runtime, account, inbound),
      now,
      unmoved: config.clockOffsetMs === 0 ? undefined : () => new Date(),
      maxAgeSeconds: config.webhookMaxAgeSeconds,
      ...watched,
      tally,
      edgeSecret: config.edge?.secret,
      partners: { receive: (name, callback) => receivePartnerCall(runtime, name, callback), deliver: deliverTo },
      webChat: { runtime, watch: posts, addressOf: clientOf, mapTiles: config.mapTiles },
      landing: { runtime },
      answerPage: { runtime, addressOf: clientOf, deliver: deliverTo },
      follow: tracing?.middleware,
      board: queues.board,
      api: {
        guard: metrics.guard,
        database,
        vault: runtime.vault,
        timeZone: config.timeZone,
        mapTiles: config.mapTiles,
        browsers,
        live,
        casework: {
          runtime,
          receive: (jurisdictionId) => void queues.announceReceive([{ jurisdictionId }]),
          deliver: (jurisdictionId, conversations) => deliverTo(jurisdictionId, [...conversations]),
          register: (channel, account, address) => {
            const services = { ...installation, apiBases: config.apiBases, publicUrl };
            void tellPlatform(services, channel, account, address, log);
          },
        },
      },
      publicUrl,
    });
    const url = await serve(app.fetch, config.port);
    // Streams end first: whoever listens asks another process then, and the rest need not wait for them.
    keep(live);
    keep(posts);
    keep({ close: () => pause(LEAVE_MS) });
    return { runtime, databaseUrl, url, close };
  } catch (error) {
    await close();
    throw databaseUrl === null ? error : explain(error, databaseUrl);
  }
}

async function answers(question: Promise<unknown>): Promise<boolean> {
  try {
    await withTimeout(READY_LIMIT_MS, question);
    return true;
  } catch {
    return false;
  }
}
