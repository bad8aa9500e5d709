import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { type App, type AppEvent, record, type World } from "./world.ts";

/** The repeats of an event that was not taken, each so long after the try before it. */
const REPEATS_AFTER_MS = [15_000, 5 * 60_000, 3_600_000, 6 * 3_600_000];
const LOOK_MS = 20;

/** The answer of a server to one request; null where none came in time. */
type Answer = { readonly status: number; readonly body: unknown } | null;

type Waiting = { readonly app: App; readonly event: AppEvent; readonly repeat: number; readonly dueAtMs: number };

/** The way from the platform to the servers of its apps. */
export type Callbacks = {
  /** Tells an event, and again later where it is not taken. @returns whether it was taken at once */
  push(app: App, event: Omit<AppEvent, "id">): Promise<boolean>;
  /** Tells what must be answered at once and is never repeated. */
  ask(app: App, event: Omit<AppEvent, "id">): Promise<Answer>;
  /** Tells some events once more, as they were. */
  repeat(app: App, events: readonly AppEvent[]): Promise<void>;
  close(): void;
};

/** Opens the way to the servers: events are sealed and signed, and repeated by the platform's clock for some hours. */
export function openCallbacks(world: World): Callbacks {
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | null = null;

  const look = (): void => {
    for (const one of waiting) {
      if (one.dueAtMs > world.now().getTime()) continue;
      waiting.delete(one);
      void tryOnce(world, one.app, one.event).then((answer) => {
        if (!isTaken(answer)) wait(one.app, one.event, one.repeat + 1);
      });
    }
    if (waiting.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  const wait = (app: App, event: AppEvent, repeat: number): void => {
    const afterMs = REPEATS_AFTER_MS[repeat];
    if (afterMs === undefined || world.closing.signal.aborted) return;
    waiting.add({ app, event, repeat, dueAtMs: world.now().getTime() + afterMs });
    timer ??= setInterval(look, LOOK_MS).unref();
  };

  return {
    async push(app, told) {
      const event = { ...told, id: world.nextId("ev") };
      app.events.push(event);
      const isGood = isTaken(await tryOnce(world, app, event));
      if (!isGood) wait(app, event, 0);
      return isGood;
    },
    ask: (app, told) => tryOnce(world, app, { ...told, id: world.nextId("ev") }),
    async repeat(app, events) {
      for (const event of events) await tryOnce(world, app, event);
    },
    close() {
      if (timer !== null) clearInterval(timer);
      waiting.clear();
    },
  };
}

function isTaken(answer: Answer): boolean {
  return answer?.status === 200;
}

async function tryOnce(world: World, app: App, event: AppEvent): Promise<Answer> {
  const at = world.now();
  const header = {
    ...{ event_id: event.id, token: app.verificationToken, create_time: String(at.getTime()) },
    ...{ event_type: event.type, tenant_key: "tenant", app_id: app.appId },
  };
  const body = JSON.stringify({
    encrypt: seal(app.encryptKey, JSON.stringify({ schema: "2.0", header, event: event.body })),
  });
  const [timestamp, nonce] = [String(Math.floor(at.getTime() / 1000)), randomBytes(8).toString("hex")];
  const signature = createHash("sha256")
    .update(timestamp + nonce + app.encryptKey + body)
    .digest("hex");
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": nonce,
    "x-lark-signature": signature,
  };
  const answer = await postTo(world, app.webhookUrl, body, headers);
  record(world, {
    ...{ kind: "webhook", at, account: app.account, person: event.person, path: event.type, request: event.body },
    ...{ status: answer?.status ?? null, code: null },
  });
  return answer;
}

async function postTo(world: World, url: string, body: string, headers: Record<string, string>): Promise<Answer> {
  try {
    const limit = AbortSignal.any([AbortSignal.timeout(world.answerWithinMs), world.closing.signal]);
    const response = await fetch(url, { method: "POST", body, headers, redirect: "error", signal: limit });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text.startsWith("{") ? text : "null") };
  } catch {
    return null;
  }
}

/** The platform's seal: AES-256-CBC under the digest of the key, its first block before it. */
function seal(encryptKey: string, text: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}
