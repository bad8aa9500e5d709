import { pino } from "pino";
import { expect, test } from "vitest";
import { createDeliveries } from "../../workers/deliver.ts";
import type { Queues } from "../../workers/queues.ts";

const log = pino({ level: "silent" });
const keyOf = (conversationId: string, jurisdictionId = "east") => ({ jurisdictionId, conversationId });

function deliveries(stillToSend: (county: string, ids: readonly string[]) => Promise<ReadonlySet<string>>) {
  const delivered: string[] = [];
  const made = createDeliveries({
    async deliver({ conversationId }) {
      delivered.push(conversationId);
      return { nextAt: null };
    },
    stillToSend,
    queues: { announceDeliver: async () => undefined } as unknown as Queues,
    log,
    limit: 4,
  });
  return { ...made, delivered };
}

test("of conversations that the queue names together, those that others have served are not looked at one by one", async () => {
  const asked: [string, readonly string[]][] = [];
  const { run, delivered } = deliveries(async (county, ids) => {
    asked.push([county, ids]);
    return new Set(ids.filter((id) => id.endsWith("waits")));
  });
  await Promise.all([keyOf("a"), keyOf("b waits"), keyOf("c", "west"), keyOf("d waits", "west"), keyOf("e")].map(run));
  expect(delivered.sort()).toEqual(["b waits", "d waits"]);
  expect(asked).toEqual([
    ["east", ["a", "b waits", "e"]],
    ["west", ["c", "d waits"]],
  ]);
});

test("one that is named alone is served without a question, for it was named just now", async () => {
  const { run, delivered } = deliveries(async () => {
    throw new Error("nothing is asked");
  });
  await run(keyOf("a"));
  expect(delivered).toEqual(["a"]);
});

test("a question without an answer fails all that asked it, so that the queue brings them again", async () => {
  const { run, delivered } = deliveries(async () => {
    throw new Error("the database is away");
  });
  const ended = await Promise.allSettled([keyOf("a"), keyOf("b")].map(run));
  expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(delivered).toEqual([]);
});

test("nothing is idle while a question is out", async () => {
  const { promise: answer, resolve } = Promise.withResolvers<ReadonlySet<string>>();
  const { run, idle, delivered } = deliveries(() => answer);
  const runs = [keyOf("a"), keyOf("b")].map(run);
  const isIdle = idle().then(() => [...delivered]);
  resolve(new Set(["a", "b"]));
  expect((await isIdle).sort()).toEqual(["a", "b"]);
  await Promise.all(runs);
});
