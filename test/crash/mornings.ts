import { setTimeout as pause } from "node:timers/promises";
import chineseDays from "chinese-days";
import postgres from "postgres";
import type { Driver } from "./driver.ts";
import type { Environment } from "./environment.ts";
import type { Recovery } from "./history.ts";
import { untilSettled } from "./settle.ts";

/** Long enough for what is not urgent to be late by a working day, and then some. */
const WORKING_DAYS = 8;
const ZONE_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const NINE_MS = 9 * 3_600_000;
const READY_LIMIT_MS = 60_000;
/** The service looks at the clock every five seconds; what it does then has ended when nothing more is written for so long. */
const QUIET_MS = 11_000;
const LOOK_MS = 500;
const LIMIT_MS = 120_000;
/** A worker is killed at these moments of each morning, while it reminds. */
const KILLS_MS = [300, 900, 2_000, 5_500];

/** Lets working days pass, each at nine in the morning, with workers that are killed while they remind. */
export async function mornings(
  environment: Environment,
  driver: Driver,
  say: (sentence: string) => void,
): Promise<Recovery[]> {
  const recoveries: Recovery[] = [];
  for (let day = 0; day < WORKING_DAYS; day += 1) {
    driver.hold();
    environment.passTo(nextMorning(environment.serviceNow()));
    await environment.fleet.ready(READY_LIMIT_MS);
    for (const [index, after] of KILLS_MS.entries()) {
      await pause(after - (KILLS_MS[index - 1] ?? 0));
      environment.fleet.kill("worker", index % 2);
    }
    await environment.fleet.ready(READY_LIMIT_MS);
    environment.turnWeb();
    await untilReminded(environment);
    const what = `the morning of ${dayOf(environment.serviceNow())}`;
    const recovery = await untilSettled(environment, driver, what);
    say(`${what}: ${recovery.tookMs === null ? "not settled" : "settled"}`);
    recoveries.push(recovery);
    driver.letGo();
  }
  return recoveries;
}

/** Nine o'clock of the next working day. */
function nextMorning(now: Date): Date {
  let at = Date.parse(`${dayOf(now)}T00:00:00+08:00`) + NINE_MS;
  do at += DAY_MS;
  while (!chineseDays.isWorkday(dayOf(new Date(at))));
  return new Date(at);
}

/** Waits until nothing more is written of reminders, missed clocks and steps upwards. */
async function untilReminded({ cluster }: Environment): Promise<void> {
  const sql = postgres(cluster.url(), { max: 1, onnotice: () => undefined });
  try {
    const until = performance.now() + LIMIT_MS;
    let [count, since] = [await written(sql), performance.now()];
    while (performance.now() - since < QUIET_MS && performance.now() < until) {
      await pause(LOOK_MS);
      const now = await written(sql);
      if (now !== count) [count, since] = [now, performance.now()];
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function written(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: string }[]>`
    select (select count(*) from digests) + (select count(*) from case_events where type in ('clock_missed', 'escalated'))
      + (select count(*) from phone_tasks) as count`;
  return Number(row?.count ?? 0);
}

function dayOf(at: Date): string {
  return new Date(at.getTime() + ZONE_MS).toISOString().slice(0, 10);
}
