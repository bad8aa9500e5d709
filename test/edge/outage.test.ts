import { afterAll, beforeAll, expect, it } from "vitest";
import { type Origin, startOrigin } from "./origin.ts";
import { ACCOUNTS, message, numberOf, send } from "./wechat.ts";
import { startEdge, type TestEdge } from "./worker.ts";

const MESSAGES = 61;
/** The pauses of the first tries, then a minute each. */
const PAUSES_S = [5, 10, 20, 40];
/** So much faster than real time. */
const SCALE = 0.0005;

let origin: Origin;
let edge: TestEdge;
beforeAll(async () => {
  origin = await startOrigin();
  edge = await startEdge({ ORIGIN: origin.url, ACCOUNTS: JSON.stringify(ACCOUNTS), RETRY_SCALE: String(SCALE) });
});
afterAll(async () => {
  await edge.close();
  await origin.close();
});

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
const numbers = () => origin.taken.map(numberOf);

it("an hour without the service loses nothing, tells nothing twice, and keeps the order", async () => {
  let awayS = 0;
  let tries = 0;
  origin.answers(() => {
    if (awayS >= 3600) return 204;
    awayS += PAUSES_S[tries++] ?? 60;
    return tries % 2 === 0 ? 503 : "cut";
  });
  for (const id of upTo(MESSAGES)) expect((await send(edge.url, "safe", message(id))).status).toBe(200);
  await expect.poll(() => numbers().length).toBe(MESSAGES);
  expect(numbers()).toEqual(upTo(MESSAGES));
  expect(awayS).toBeGreaterThanOrEqual(3600);
  expect(tries).toBeLessThan(70);
});

it("what waits outlasts the edge's own restart", async () => {
  const before = origin.taken.length;
  origin.answers(503);
  for (const id of upTo(MESSAGES, 100)) await send(edge.url, "safe", message(id));
  await edge.stop();
  await edge.restart();
  await send(edge.url, "safe", message(100 + MESSAGES));
  origin.answers(204);
  await expect.poll(() => origin.taken.length).toBe(before + MESSAGES + 1);
  expect(numbers().slice(before)).toEqual(upTo(MESSAGES + 1, 100));
});
