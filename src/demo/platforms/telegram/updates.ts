import { setTimeout as pause } from "node:timers/promises";
import { type Bot, record, type World } from "./world.ts";

const TRIES = 3;
const RETRY_MS = 30;
const LIMIT_MS = 60_000;

/** Posts an update to a bot's server, and again where it is not taken; an answer may carry a call. @returns whether it was taken */
export async function postUpdate(world: World, bot: Bot, person: string, update: object): Promise<boolean> {
  bot.updates.push(update);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await pause(RETRY_MS);
    if (await tryUpdate(world, bot, person, update)) return true;
  }
  return false;
}

/** Posts an update once more, as it was. */
export async function tryUpdate(world: World, bot: Bot, person: string | null, update: object): Promise<boolean> {
  const { url, secret } = bot.webhook;
  const response = await fetch(url, {
    method: "POST",
    body: JSON.stringify(update),
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
    redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(LIMIT_MS), world.closing.signal]),
  }).catch(() => null);
  const [kind = ""] = Object.keys(update).filter((name) => name !== "update_id");
  record(world, {
    ...{ kind: "webhook", at: world.now(), account: bot.account, person, path: kind, request: update },
    ...{ status: response?.status ?? null, code: null },
  });
  return response !== null && response.status >= 200 && response.status < 300;
}
