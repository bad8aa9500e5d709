import { createInbox } from "../src/casework/inbox/accept.ts";
import { pullDue } from "../src/casework/inbox/pull.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import type { Channel } from "../src/channels/channel.ts";
import { startPulling } from "../workers/pull.ts";
import type { Queues } from "../workers/queues.ts";

/** How a service pulls from the platform beside its own: by itself unless that is held, and when it is told to. */
export type Pulling = {
  /** Pulls what is due, as often as it is called at once. */
  now(): Promise<void>;
  hold(isHeld: boolean): void;
  close(): Promise<void>;
};

/** Opens it; nothing is pulled by itself where no platform only says that something lies ready. */
export function openPulling(
  runtime: Runtime,
  queues: Queues,
  counties: readonly string[],
  channels: readonly Channel[],
): Pulling {
  const isNeeded = channels.some(({ pull }) => pull !== undefined);
  let isHeld = false;
  const { database, vault, now, log } = runtime;
  const inbox = createInbox({ database, vault, now, announce: (wakeUp) => void queues.announceReceive([wakeUp]) });
  const pull = (id: string) => pullDue({ ...runtime, inbox }, id);
  const looked = async () => (isHeld ? [] : counties);
  const looking = isNeeded ? startPulling({ counties: looked, pull, log, pauseMs: 50 }) : null;
  return {
    async now() {
      await Promise.all(counties.map(pull));
    },
    hold(held) {
      isHeld = held;
    },
    async close() {
      await looking?.close();
      await inbox.close();
    },
  };
}
