import { afterEach, beforeEach, expect, test } from "vitest";
import { receive, receiveNext } from "../../src/casework/receive/receive.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";
import { createRoute } from "../../workers/route.ts";
import { type Office, openOffice, waitingOf } from "../casework/office.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** Workers of which the first to read what somebody said waits for `go` before it goes on. */
function workers() {
  const read = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const announced: string[] = [];
  const { atlases } = office.runtime;
  let isFirst = true;
  const runtime: Runtime = {
    ...office.runtime,
    atlases: {
      ...atlases,
      async of(...about) {
        if (isFirst) {
          isFirst = false;
          read.resolve();
          await go.promise;
        }
        return atlases.of(...about);
      },
    },
  };
  const route = createRoute({
    receive: {
      next: (jurisdictionId, choice) => receiveNext(runtime, jurisdictionId, choice),
      alone: (person) => receive(runtime, person),
    },
    deliveries: { wake: () => undefined, run: async () => undefined, idle: async () => undefined },
    queues: {
      async announceReceive(wakeUps) {
        announced.push(...wakeUps.map(({ jurisdictionId }) => jurisdictionId));
      },
    },
  });
  return {
    wakeUp: () => route({ jurisdictionId: office.county.id }),
    read: read.promise,
    go: go.resolve,
    announced,
  };
}

test("what somebody says while their earlier words are being received is received too, though its own wake-up finds nobody", async () => {
  const { wakeUp, read, go, announced } = workers();
  await office.accept("ann", "柳东村一组路灯坏了没人修");
  const first = wakeUp();
  await read;
  await office.accept("ann", "已经三天了，晚上看不见路");
  await wakeUp();
  expect(await waitingOf(office, "ann")).toHaveLength(2);
  go();
  await first;
  // It lets other counties go first when it took long.
  while (announced.shift() !== undefined) await wakeUp();
  expect(await waitingOf(office, "ann")).toEqual([]);
});

test("whoever writes while others are being received is not waited for by them", async () => {
  const { wakeUp, read, go } = workers();
  await office.accept("ann", "柳东村一组路灯坏了没人修");
  const first = wakeUp();
  await read;
  await office.accept("bob", "锦绣家园小区电梯停了");
  await wakeUp();
  expect(await waitingOf(office, "bob")).toEqual([]);
  expect(await waitingOf(office, "ann")).toHaveLength(1);
  go();
  await first;
  expect(await waitingOf(office, "ann")).toEqual([]);
});

test("few people share the first transactions of a process, more while they are quick, half as many after one that was long", async () => {
  const limits: number[] = [];
  let tookMs = 1;
  let atMs = 0;
  const route = createRoute({
    receive: {
      async next(_county, { limit }) {
        limits.push(limit);
        atMs += tookMs;
        const isMore = limits.length % 6 !== 0;
        return { conversations: [], outcomes: isMore ? ["case"] : [], apart: [], isMore, urgent: false };
      },
      alone: async () => ({ conversations: [], outcomes: [] }),
    },
    deliveries: { wake: () => undefined, run: async () => undefined, idle: async () => undefined },
    queues: { announceReceive: async () => undefined },
    elapsedMs: () => atMs,
  });
  await route({ jurisdictionId: office.county.id });
  expect(limits).toEqual([4, 8, 16, 32, 32, 32]);
  tookMs = 2_000;
  for (let count = 0; count < 6; count += 1) await route({ jurisdictionId: office.county.id });
  expect(limits.slice(6)).toEqual([32, 16, 8, 4, 2, 1]);
  await route({ jurisdictionId: office.county.id });
  expect(limits.at(-1)).toBe(1);
});
