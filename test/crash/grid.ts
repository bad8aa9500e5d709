import { setTimeout as pause } from "node:timers/promises";
import { seeded } from "../../src/demo/county/random.ts";
import type { GridFault } from "../../src/demo/platforms/grid/world.ts";
import { startGridPlatform } from "../../src/demo/platforms/grid.ts";
import type { PlatformCall } from "./history.ts";

/** A case system of others under which deputies' hand-overs go on: it is down at times, and what it says comes late, twice and in any order. */
export type Grid = {
  readonly hookUrl: string;
  readonly secret: string;
  /** Begins to work on what it gets, and to fail. */
  play(seed: number): void;
  /** Fails no more, and goes on working. */
  relent(): void;
  /** Says nothing more; resolves when the last call has ended. */
  stop(): Promise<void>;
  calls(): PlatformCall[];
  close(): Promise<void>;
};

const SECRET = "a secret of both sides in a crash run";
const LOOK_MS = 400;
const FAULTS: readonly [GridFault, ...GridFault[]] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "cut-after" },
  { kind: "hang" },
  { kind: "redirect", to: "http://127.0.0.1:9/" },
];
/** What it says of a matter, in this order; the last two come too late or again. */
const SAYS = ["accepted", "working", "done", "done", "working"] as const;

export async function startGrid(): Promise<Grid> {
  const platform = await startGridPlatform({ secret: SECRET, apiKey: "none" });
  const said = new Map<string, number>();
  let isStopped = false;
  let fails = false;
  let playing: Promise<void> = Promise.resolve();

  const work = async (seed: number): Promise<void> => {
    const random = seeded(seed);
    while (!isStopped) {
      await pause(LOOK_MS);
      if (fails) {
        if (random.number() < 0.35) platform.fail(random.pick(FAULTS));
        else platform.mend();
      }
      for (const { externalId } of platform.matters()) {
        const step = said.get(externalId) ?? 0;
        const status = SAYS[step];
        if (isStopped || status === undefined || random.number() < 0.5) continue;
        const times = random.number() < 0.3 ? 2 : 1;
        const isFinal = status === "done" && step > 2;
        const answers = await platform
          .say(externalId, status, { text: `现场${step}`, times, isFinal })
          .catch((): number[] => []);
        if (answers.includes(202)) said.set(externalId, step + 1);
      }
    }
  };
  return {
    hookUrl: platform.hookUrl,
    secret: SECRET,
    play(seed) {
      fails = true;
      playing = work(seed);
    },
    relent() {
      fails = false;
      platform.mend();
    },
    async stop() {
      isStopped = true;
      await playing;
    },
    calls() {
      const taken = new Set(platform.matters().map(({ id }) => id));
      return platform.captured().map(({ headers, body, status }) => {
        const id = headers["webhook-id"] ?? "";
        const { type, data } = JSON.parse(body) as { type: string; data: { number: string } };
        return { id, type, number: data.number, body, status, isTaken: taken.has(id) };
      });
    },
    close: () => platform.close(),
  };
}
