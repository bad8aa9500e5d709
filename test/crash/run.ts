import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../../db/database.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { canMount } from "./cluster.ts";
import { type Driver, startDriver } from "./driver.ts";
import { type Environment, openEnvironment } from "./environment.ts";
import { gather } from "./gather.ts";
import { type History, type Ledger, phoneKey, type Recovery } from "./history.ts";
import { mornings } from "./mornings.ts";
import { createNemesis, type Nemesis } from "./nemesis.ts";
import { deputyPhone, makePlan, type Plan, unitPhone } from "./plan.ts";
import { startRecord } from "./record.ts";
import { untilSettled, waitsForTomorrow } from "./settle.ts";
import { COUNTIES } from "./words.ts";

/** What one run is asked for. */
export type RunOptions = {
  readonly backend: "postgres" | "redis";
  readonly seed: number;
  readonly messages: number;
  readonly kills: number;
  /** Where the logs of the processes are kept; nowhere when left out. */
  readonly logs: string | undefined;
  readonly say: (sentence: string) => void;
  /** Is given what lets go of everything, for whoever must end the run early. */
  readonly opened: (close: () => Promise<void>) => void;
};

/** A run that is over: what the checker reads, and what stands in the report besides. */
export type RunResult = {
  readonly plan: Plan;
  readonly history: History;
  /** From the first message to the last fault. */
  readonly stormMs: number;
  readonly withheld: ReadonlyMap<string, number>;
  readonly fallen: ReadonlyMap<string, number>;
  /** Deeds whose occasion never came: what they would have answered did not arrive. */
  readonly undone: number;
  readonly slowToStop: readonly string[];
  readonly leftOut: readonly string[];
};

/** More callbacks than this are not out at once: phones wait, as networks make them. */
const MOST_OUT = 120;
const READY_LIMIT_MS = 60_000;
const CALM_LIMIT_MS = 60_000;

/** Plays one plan on one backend. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { backend, seed, messages, kills, say } = options;
  const environment = await openEnvironment({ ...options, onSmallDisk: canMount() });
  try {
    const mayFillDisk = environment.cluster.fillDisk !== null;
    const plan = makePlan({ seed, messages, kills, backend, mayFillDisk });
    const record = startRecord(environment.wechat, plan.deeds, environment.now);
    const driver = startDriver(environment.wechat, record, environment.turnWeb);
    const nemesis = createNemesis(environment);
    await environment.fleet.ready(READY_LIMIT_MS);
    environment.turnWeb();
    await bindDeputies(environment, plan, driver);
    say(
      `${plan.deeds.length} messages of ${new Set(plan.deeds.map(({ county, openid }) => phoneKey(county, openid))).size} people, ${plan.faults.length} faults`,
    );
    const stormMs = await storm(environment, plan, driver, nemesis, say);
    const recoveries = await calm(environment, driver, nemesis, say);
    // It fails longer than the storm, for its messages are few.
    environment.grid.relent();
    recoveries.push(...(await mornings(environment, driver, say)));
    const endsAt = environment.serviceNow().toISOString();
    const undone = driver.waiting();
    const slowToStop = await environment.stopService();
    await environment.grid.stop();
    const held = await gather(environment.cluster.url(), environment.counties.vault);
    const history: History = {
      people: peopleOf(plan),
      sent: record.sent(),
      arrivals: record.arrivals(),
      ...held,
      faults: nemesis.done(),
      poison: nemesis.poison(),
      recoveries,
      ledgers: await audit(environment),
      platformCalls: environment.grid.calls(),
      endsAt,
    };
    const { fallen } = environment.fleet;
    const leftOut = mayFillDisk ? [] : ["a full disk: nothing can be mounted here"];
    return { plan, history, stormMs, withheld: record.withheld(), fallen: fallen(), undone, slowToStop, leftOut };
  } finally {
    await environment.close();
  }
}

async function bindDeputies(environment: Environment, plan: Plan, driver: Driver): Promise<void> {
  for (const { county, code } of plan.deputies) {
    const invite = await environment.counties.invite(county, code);
    await environment.wechat.phone(county, deputyPhone(code)).say(`绑定 ${invite}`);
  }
  for (const { county, takers } of COUNTIES) {
    if (takers === undefined) continue;
    const { code } = takers.unit;
    const invite = await environment.counties.inviteUnit(county, code);
    await environment.wechat.phone(county, unitPhone(code)).say(`绑定 ${invite}`);
  }
  const settled = await untilSettled(environment, driver, "binding the deputies");
  if (settled.tookMs === null) throw new Error(`The deputies could not be bound: ${settled.waiting.join("; ")}`);
}

async function storm(
  environment: Environment,
  plan: Plan,
  driver: Driver,
  nemesis: Nemesis,
  say: (sentence: string) => void,
): Promise<number> {
  environment.grid.play(plan.seed);
  const from = environment.now();
  const faults = [...plan.faults];
  for (const [index, deed] of plan.deeds.entries()) {
    for (let next = faults[0]; next !== undefined && next.atDeed <= index; next = faults[0]) {
      faults.shift();
      nemesis.strike(next.fault);
    }
    if (deed.pauseMs > 0) await pause(deed.pauseMs);
    await driver.untilFewer(MOST_OUT);
    driver.give(deed);
    if (index > 0 && index % 1000 === 0) say(`${index} messages, ${Math.round((environment.now() - from) / 1000)} s`);
  }
  return environment.now() - from;
}

/**
 * Everything stands again; what was accepted is delivered, then what was still to be answered, then what the quota held,
 * then what people answer to that.
 */
async function calm(
  environment: Environment,
  driver: Driver,
  nemesis: Nemesis,
  say: (sentence: string) => void,
): Promise<Recovery[]> {
  const recoveries: Recovery[] = [];
  const settle = async (what: string) => {
    const recovery = await untilSettled(environment, driver, what);
    say(
      `${what}: ${recovery.tookMs === null ? "not settled" : `settled after ${(recovery.tookMs / 1000).toFixed(1)} s`}`,
    );
    recoveries.push(recovery);
  };
  driver.hold();
  await nemesis.relent();
  environment.turnWeb();
  await settle("the last fault");
  driver.letGo();
  await settle("what was still to be answered");
  if (await waitsForTomorrow(environment)) {
    driver.hold();
    environment.nextDay();
    await environment.fleet.ready(CALM_LIMIT_MS);
    environment.turnWeb();
    await settle("the night");
    driver.letGo();
    await settle("what was answered to the night's messages");
  }
  return recoveries;
}

function peopleOf(plan: Plan): History["people"] {
  const deputies = plan.deputies.map(({ county, code }) => ({ county, openid: deputyPhone(code), deputy: code }));
  const phones = new Map(
    plan.deeds.map(({ county, openid }) => [phoneKey(county, openid), { county, openid, deputy: null }]),
  );
  for (const { county, openid } of deputies) phones.delete(phoneKey(county, openid));
  return [...deputies, ...phones.values()];
}

/** The chain and every case recomputed from the events, as `liaison audit verify` does it. */
async function audit({ cluster, counties }: Environment): Promise<Ledger[]> {
  const database = await openDatabase({ url: cluster.url(), maxConnections: 2 });
  try {
    return await Promise.all(
      COUNTIES.map(async ({ county }): Promise<Ledger> => {
        const naming = { id: counties.ids.get(county) ?? "", code: county, name: county };
        const { findings } = await auditCounty(database, naming);
        return { county, broken: findings[0]?.text ?? null };
      }),
    );
  } finally {
    await database.close();
  }
}
