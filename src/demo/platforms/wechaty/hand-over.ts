import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Held, record, type World } from "./world.ts";

const TRIES = 3;
const RETRY_MS = 30;
const LIMIT_MS = 60_000;

/** Hands a message over, and again where it is not taken. @returns whether it was taken */
export async function handOver(world: World, held: Held, message: object): Promise<boolean> {
  const batch = JSON.stringify({ messages: [message] });
  held.batches.push(batch);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await pause(RETRY_MS);
    if (await tryBatch(world, held, batch)) return true;
  }
  return false;
}

/** Hands a batch over once more, as it was, signed anew. */
export async function tryBatch(world: World, held: Held, batch: string): Promise<boolean> {
  const seconds = Math.floor(world.now().getTime() / 1000);
  const proof = createHmac("sha256", held.secret).update(`${seconds}.${batch}`).digest("hex");
  const response = await fetch(held.webhookUrl, {
    method: "POST",
    body: batch,
    headers: { "content-type": "application/json", "liaison-signature": `t=${seconds},v1=${proof}` },
    redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(LIMIT_MS), world.closing.signal]),
  }).catch(() => null);
  const { messages } = JSON.parse(batch);
  record(world, {
    ...{ kind: "webhook", at: world.now(), account: held.account, person: messages[0].from, path: messages[0].kind },
    ...{ request: messages, status: response?.status ?? null, code: null },
  });
  return response?.ok === true;
}
