import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Browser } from "../http/console/browser.ts";
import { startChild } from "./child.ts";
import { writeConsoleCases } from "./console-cases/write.ts";
import type { BenchInstallation } from "./county.ts";
import type { Environment } from "./environment.ts";
import type { Effort, Line } from "./measure.ts";
import { installPractice } from "./practice.ts";
import { signedIn } from "./signed-in.ts";

const RECONNECTS = 10_000;
/** What is compiled and cached by then is no leak. */
const WARM = 1_000;
/** One person's pages beyond twenty end the oldest. */
const PAGES = 20;
const PEOPLE = 10;
const AT_ONCE = 10;
const MB = 2 ** 20;
const WAIT_MS = 60_000;
/** The connections of ended streams are closed by then. */
const SETTLED_MS = 8_000;

/**
 * Pages that come again and again without a farewell, half of which break the connection and half of which just stop reading: what the service
 * keeps of them after a collection. And 200 pages that listen: how long after a commit the last of them has heard of it.
 */
export async function consoleLiveBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const { installation } = await installPractice(environment, null, short ? 50 : undefined);
  await writeConsoleCases(installation, 500);
  const service = await startChild("service", { installation, apiBase: "http://127.0.0.1:9" }, ["--expose-gc"]);
  const base = String(service.ready.url);
  const open: Socket[] = [];
  try {
    const people: Browser[] = [];
    for (let person = 0; person < (short ? 1 : PEOPLE); person += 1) people.push(await signedIn(installation, base));
    const [first] = people;
    if (first === undefined) throw new Error("nobody listens");
    const come = async (times: number): Promise<void> => {
      const turns = Array.from({ length: AT_ONCE }, async (_, turn) => {
        for (let time = turn; time < times; time += AT_ONCE) {
          const socket = await listen(base, first);
          if (time % 2 === 0) socket.resetAndDestroy();
          else open.push(socket.pause());
        }
      });
      await Promise.all(turns);
      await pause(SETTLED_MS);
      for (const socket of open.splice(0)) socket.destroy();
    };
    await come(short ? 20 : WARM);
    const before = Number(await service.ask("heap"));
    await come(short ? 40 : RECONNECTS);
    const after = Number(await service.ask("heap"));
    const slowest = await heard(installation, base, people, open);
    return [
      {
        name: "console-live, memory more after reconnects",
        ours: { value: (after - before) / MB, unit: "MB", digits: 1 },
        ...{ reference: null, ratio: null, target: { atMost: 8, unit: "MB" }, samples: { before, after } },
      },
      {
        name: "console-live, a change until all pages heard it",
        ours: { value: slowest, unit: "ms" },
        ...{
          reference: null,
          ratio: null,
          target: { atMost: 2_000, unit: "ms" },
          samples: { pages: people.length * PAGES },
        },
      },
    ];
  } finally {
    for (const socket of open) socket.destroy();
    await service.stop();
  }
}

/** Opens a stream of hints, and resolves with its connection as soon as it has begun. */
function listen(base: string, who: Browser, hear?: (text: string) => void): Promise<Socket> {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1", () =>
      socket.write(
        `GET /api/v1/live?topics=cases HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\ncookie: liaison=${who.cookie()}\r\n\r\n`,
      ),
    );
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      const text = bytes.toString();
      if (text.startsWith("HTTP/1.1") && !text.startsWith("HTTP/1.1 200")) reject(new Error(text.slice(0, 80)));
      resolve(socket);
      hear?.(text);
    });
  });
}

/** The milliseconds from the commit of an event until every page has heard of its case. */
async function heard(
  { databaseUrl, jurisdictionId }: BenchInstallation,
  base: string,
  people: readonly Browser[],
  open: Socket[],
): Promise<number> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const [subject] = await owner<{ id: string; number: string }[]>`
      select id, number from cases where jurisdiction_id = ${jurisdictionId} and not sealed order by received_at limit 1`;
    if (subject === undefined) throw new Error("there is no case");
    const at: number[] = [];
    for (const who of people)
      for (let page = 0; page < PAGES; page += 1) {
        let isTold = false;
        const socket = await listen(base, who, (text) => {
          if (isTold || !text.includes(subject.number)) return;
          isTold = true;
          at.push(performance.now());
        });
        open.push(socket);
      }
    await owner`insert into case_events (jurisdiction_id, case_id, type, at, by, details)
      values (${jurisdictionId}, ${subject.id}, 'noted', now(), 'office:林晓', '{}')`;
    const committed = performance.now();
    while (at.length < people.length * PAGES && performance.now() - committed < WAIT_MS) await pause(10);
    if (at.length < people.length * PAGES) throw new Error(`only ${at.length} pages heard of it`);
    return Math.max(...at) - committed;
  } finally {
    await owner.end();
  }
}
