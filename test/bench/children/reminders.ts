import { pino } from "pino";
import { v7 as newId } from "uuid";
import { digests, outbox } from "../../../db/schema/outbox.ts";
import { sealContent } from "../../../src/casework/outbox/content.ts";
import { sendDigests } from "../../../src/casework/remind/digest.ts";
import { openInstallation } from "../../../src/process/installation.ts";
import { openRuntime } from "../../../src/process/runtime.ts";
import type { BenchInstallation } from "../county.ts";
import { configOf } from "../installation.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** A worker process that reminds every deputy who has something due; and the limit: as many rows of the outbox, written without any thought. */
const setUp = setup<BenchInstallation>();
const config = configOf(setUp);
const log = pino({ level: "silent" });
const installation = await openInstallation(config, { asService: false, maxConnections: 14, say: () => undefined });
const { runtime, close } = await openRuntime(installation, config, log);
const { jurisdictionId } = setUp;
const TIME = { holidays: {}, timeZone: "Asia/Shanghai" };
/** As many signs as a reminder of ten cases has. */
const TEXT = "1号 柳河镇柳东村三组：「村口到小学的路灯坏了六盏，晚上看不见」（答复过期2个工作日）\n".repeat(10);

serveBenchmark({
  on: { remind, write },
  async close() {
    await close();
    await installation.close();
  },
});

/** Reminds everybody as on a morning before which nobody was reminded. */
async function remind(): Promise<{ tookMs: number; told: number }> {
  await runtime.database.inCounty(jurisdictionId, (tx) => tx.delete(digests));
  const begin = performance.now();
  const told = await sendDigests(runtime, jurisdictionId, TIME);
  return { tookMs: performance.now() - begin, told: new Set(told).size };
}

async function write(count: number): Promise<{ tookMs: number }> {
  const begin = performance.now();
  for (let done = 0; done < count; done += 1) {
    await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const content = sealContent({ runtime, jurisdictionId }, { text: TEXT });
      await tx.insert(outbox).values({
        ...{ id: newId(), jurisdictionId, conversationId: null, deputyId: null, kind: "deputy-digest", content },
        ...{ isAnswer: true, notBefore: new Date(), state: "superseded", createdAt: new Date(), repeatsLeft: 0 },
      });
    });
  }
  return { tookMs: performance.now() - begin };
}
