import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { listCounties } from "../casework/county/counties.ts";
import { createClock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Server } from "../process/server.ts";
import { type Service, startService } from "../process/service.ts";
import { apiBasesOf, hasWebPage, openBesideAccounts, openChat, startBesidePlatforms } from "./beside-platforms.ts";
import { type BindingPlace, bindDeputies, bindRoles, type ToBind } from "./binding.ts";
import { connectPlatform, startPracticePlatform } from "./grid-platform.ts";
import { keepMemory } from "./memory-file.ts";
import { boundDeputies, deputyCodes, gridMap, pageDataOf, stationsOf, unitsOf } from "./page-data.ts";
import { fillPast } from "./past/fill.ts";
import { openidOf, RESIDENTS } from "./people.ts";
import type { Unit } from "./phones/wire.ts";
import { type PhonesOptions, startPhones } from "./phones-page.ts";
import { type SimulatedWechat, startWechat } from "./platforms/wechat.ts";
import { importPractice, openPracticeAccount, openPracticePage, simulatedAccount } from "./practice.ts";
import { addPracticeStaff, type Login } from "./practice-staff.ts";

/** A running demo: the whole service, a simulated WeChat, and the page with the phones. */
export type Demo = {
  readonly service: Service;
  readonly wechat: SimulatedWechat;
  /** The account's name at the simulated WeChat. */
  readonly account: string;
  readonly jurisdictionId: string;
  readonly serviceUrl: string;
  readonly phonesUrl: string;
  readonly consoleUrl: string;
  /** Where residents write without WeChat; empty where the demo has no such page. */
  readonly pageUrl: string;
  /** Where somebody plays the grid platform to which cases are handed over. */
  readonly platformUrl: string;
  /** One of each role. */
  readonly logins: readonly Login[];
  /** How many deputies there are, and how many can be written to already. */
  readonly deputies: { readonly all: number; readonly bound: number };
  /** Resolves when every deputy's phone is bound, or the demo is closed; with how many got no answer. */
  readonly allBound: Promise<number>;
  /** Resolves when the last months are there, with how many cases came now; 0 where none are wanted. */
  readonly allTold: Promise<number>;
  close(): Promise<void>;
};

/** The options of a demo. */
export type DemoOptions = {
  /** Where this process has begun to open it already. */
  readonly server?: Promise<Server>;
  readonly log: Logger;
  readonly say: (sentence: string) => void;
  /** How many grids the practice county has; Zhucheng's 1,690 when left out. */
  readonly size?: number;
  /** Whether the county is filled with the cases of its last months, in the background and once. */
  readonly withPast?: boolean;
  /** Told as deputies are bound. */
  readonly onBound?: (bound: number, all: number) => void;
};

const COUNTY = { code: "qinghe", name: "青禾县" } as const;
/** Bound before the demo calls itself ready: those for the samples' grids, and some of their neighbours. */
const BOUND_FIRST = 16;
const AT_FIRST = { atOnce: 8, pauseMs: 20 } as const;
const IN_BACKGROUND = { atOnce: 1, pauseMs: 30 } as const;
const ACCOUNT_LIMIT_MS = 5000;

/**
 * Starts a demo: the service on its data, a simulated WeChat with everybody's phone, and the page that shows them.
 *
 * The service is the real one: it meets the simulated WeChat only over HTTP, with signed and encrypted webhooks one way
 * and the platform's API the other.
 * @throws Error with a plain sentence that says what to do
 */
export async function startDemo(config: Config, options: DemoOptions): Promise<Demo> {
  const { server, log, say } = options;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.unshift(one);
    return one;
  };
  const close = async () => {
    for (const one of opened.splice(0)) await one.close();
  };
  try {
    const wechat = keep(await startWechat({ accounts: [], now: createClock(config.clockOffsetMs) }));
    const beside = await startBesidePlatforms(config.demoPlatforms, createClock(config.clockOffsetMs));
    for (const { platform } of beside) keep(platform);
    const apiBases = { ...config.apiBases, WECHAT_API_BASE: wechat.url, ...apiBasesOf(beside) };
    const withWechat = { ...config, apiBases };
    const service = keep(
      await startService(withWechat, { role: "start", server, log, say, firstCounty: COUNTY, isPractice: true }),
    );
    const serviceUrl = service.url ?? "";
    const { runtime } = service;
    const jurisdictionId = await practiceCounty(service, config);
    // Before the import, during which the service hears of its new account.
    const account = await openPracticeAccount(runtime, jurisdictionId);
    await importPractice(runtime, jurisdictionId, { folder: config.dataFolder, size: options.size, say });
    const pageUrl = hasWebPage(config.demoPlatforms)
      ? `${serviceUrl}${await openPracticePage(runtime, jurisdictionId)}`
      : "";
    await openBesideAccounts(runtime, jurisdictionId, beside, serviceUrl);
    const logins = await addPracticeStaff(runtime, jurisdictionId);
    wechat.openAccount(simulatedAccount(account, COUNTY.name, serviceUrl));
    keep(await keepMemory(wechat, account.name, join(config.dataFolder, "simulated-wechat.json"), say));
    await verified(wechat, account.name);

    const codes = await deputyCodes(runtime.database, jurisdictionId);
    for (const { openid } of RESIDENTS) wechat.phone(account.name, openid);
    for (const code of codes) wechat.phone(account.name, openidOf(code));
    const bound = await Promise.all([unitsOf, stationsOf].map((list) => list(runtime.database, jurisdictionId)));
    for (const { openid } of bound.flat()) wechat.phone(account.name, openid);
    const binding = await startBinding({ runtime, jurisdictionId, wechat, account: account.name }, codes, options);
    keep(binding);
    const phones = keep(
      await startBeside(config.port, {
        wechat,
        account: account.name,
        pageData: pageDataOf(runtime.database, jurisdictionId, {
          county: COUNTY.name,
          made: () => wechat.scenes(account.name),
        }),
        ...{ pageUrl, beside },
        openChat: (platform, openid) => openChat(runtime, jurisdictionId, platform, openid),
        grids: () => gridMap(runtime.database, jurisdictionId),
        keptAt: join(config.dataFolder, "phones-page.json"),
        isQuiet: (openid) => binding.quiet.has(openid),
      }),
    );
    const platform = keep(await startPracticePlatform(config.port === 0 ? 0 : config.port + 2));
    await connectPlatform(runtime, jurisdictionId, platform);
    const filling = options.withPast === true ? keep(fillPast(runtime, account, { chatOf: openidOf })) : null;
    const allTold = filling?.done ?? Promise.resolve(0);
    allTold.catch((error) => log.error({ err: error }, "the practice county could not be filled with its past"));
    const deputies = { all: codes.length, bound: binding.boundFirst };
    const { allBound } = binding;
    return {
      service,
      wechat,
      account: account.name,
      jurisdictionId,
      serviceUrl,
      phonesUrl: phones.url,
      consoleUrl: `${serviceUrl}/console`,
      pageUrl,
      platformUrl: platform.url,
      logins,
      deputies,
      allBound,
      allTold,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The practice county's id. A demo writes made-up people into its data, so it stays away from data of real counties. */
async function practiceCounty({ runtime }: Service, config: Config): Promise<string> {
  const counties = await listCounties(runtime.database);
  const practice = counties.find(({ code }) => code === COUNTY.code);
  if (practice !== undefined && counties.length === 1) return practice.id;
  const others = counties.flatMap(({ code }) => (code === COUNTY.code ? [] : [code])).join(", ");
  throw new Error(
    config.databaseUrl === null
      ? `The data in ${config.dataFolder} belong to the county ${others}, and a demo keeps apart: set LIAISON_DATA to another folder.`
      : `The database holds the county ${others}, and a demo keeps apart: set DATABASE_URL to an empty database, or unset it.`,
  );
}

/** Repeats the console's check of the address until the service knows its new account. */
async function verified(wechat: SimulatedWechat, account: string): Promise<void> {
  const until = performance.now() + ACCOUNT_LIMIT_MS;
  while (!(await wechat.verifyWebhook(account))) {
    if (performance.now() > until) throw new Error("The service does not answer the simulated WeChat: see the log.");
    await pause(50);
  }
}

type Binding = {
  readonly quiet: ReadonlySet<string>;
  readonly boundFirst: number;
  readonly allBound: Promise<number>;
  close(): Promise<void>;
};

/** Binds the deputies whom a newcomer meets first, then the others at a gentle pace while the page is in use. */
async function startBinding(
  place: Omit<BindingPlace, "quiet" | "stopping">,
  codes: readonly string[],
  options: DemoOptions,
): Promise<Binding> {
  const stop = new AbortController();
  const here: BindingPlace = { ...place, quiet: new Set(), stopping: stop.signal };
  const already = await boundDeputies(place.runtime.database, place.jurisdictionId);
  const unbound = codes.filter((code) => !already.has(code));
  let bound = codes.length - unbound.length;
  const count = () => {
    bound += 1;
    options.onBound?.(bound, codes.length);
  };
  const first = unbound.slice(0, Math.max(0, BOUND_FIRST - bound));
  const silentAtFirst = await bindDeputies(here, first, AT_FIRST, count);
  const boundFirst = bound;
  const { database } = place.runtime;
  const [firstUnit, ...otherUnits] = toBind("unit", await unitsOf(database, place.jurisdictionId));
  const [firstStation, ...otherStations] = toBind("station", await stationsOf(database, place.jurisdictionId));
  await bindRoles(
    here,
    [firstUnit, firstStation].flatMap((one) => one ?? []),
  );
  const allBound = bindRoles(here, [...otherUnits, ...otherStations])
    .then(() => bindDeputies(here, unbound.slice(first.length), IN_BACKGROUND, count))
    .then((silent) => silent + silentAtFirst);
  allBound.catch((error) => options.log.error({ err: error }, "the practice deputies could not all be bound"));
  return {
    quiet: here.quiet,
    boundFirst,
    allBound,
    async close() {
      stop.abort();
      await allBound;
    },
  };
}

function toBind(role: ToBind["role"], all: readonly Unit[]): ToBind[] {
  return all.filter(({ bound }) => !bound).map(({ code, openid }) => ({ role, ref: code, openid }));
}

/** The phones page on the port beside the service's, or on any free one where that is taken. */
async function startBeside(
  servicePort: number,
  options: Omit<PhonesOptions, "port">,
): Promise<{ url: string; close(): Promise<void> }> {
  if (servicePort === 0) return startPhones(options);
  try {
    return await startPhones({ ...options, port: servicePort + 1 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return startPhones(options);
  }
}
