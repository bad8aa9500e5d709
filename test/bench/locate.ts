import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, median } from "./measure.ts";
import { installPractice, mattersOf } from "./practice.ts";

/** A county, and the country. */
const FEW = 1690;
const MANY = 1_000_000;

/**
 * What locating costs where there are a million grids: the whole cost of a routed message with so many, over the one with
 * a county's 1,690 (the measured cost of routing there, and the measured difference of the slower kind of lookup).
 */
export async function locateBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const count = short ? 2000 : 50_000;
  const flags = ["--expose-gc", "--max-old-space-size=4096"];
  const routedMicros = await routedCost(environment, short);
  const few = await startChild("locate", { grids: FEW }, flags);
  const many = await startChild("locate", { grids: short ? 20_000 : MANY }, flags);
  try {
    const measure = async (kind: "position" | "text") => {
      await Promise.all([few.ask(kind, count), many.ask(kind, count)]);
      return inPairs(
        short ? 1 : 5,
        async () => Number(await many.ask(kind, count)),
        async () => Number(await few.ask(kind, count)),
      );
    };
    const [position, text] = [await measure("position"), await measure("text")];
    const more = [position, text].map((pairs) => median(pairs.map((pair) => pair.ours - pair.reference)));
    const whole = routedMicros + Math.max(...more, 0);
    const retainedMb = Number(many.ready.retainedMb);
    return [
      {
        name: "locate, a routed message at 1,000,000 grids ÷ at 1,690",
        ours: { value: whole, unit: "µs" },
        reference: { value: routedMicros, unit: "µs" },
        ratio: whole / routedMicros,
        target: { atMost: 1.2 },
        samples: { positionMicros: position, textMicros: text, buildMs: many.ready.buildMs },
      },
      {
        name: "locate, memory of 1,000,000 grids",
        ours: { value: retainedMb, unit: "MB" },
        reference: null,
        ratio: null,
        target: { atMost: 400, unit: "MB" },
        samples: { retainedMb, rssMb: many.ready.rssMb },
      },
    ];
  } finally {
    await Promise.all([few.stop(), many.stop()]);
  }
}

/** Microseconds per message in one worker that hears a backlog of a county. */
async function routedCost(environment: Environment, short: boolean): Promise<number> {
  const { installation, county } = await installPractice(environment, null, short ? 100 : undefined);
  const worker = await startChild("routing", installation);
  try {
    const texts = mattersOf(county, short ? 50 : 1000).map(({ text }) => text);
    await worker.ask("route", texts);
    const { perSecond } = (await worker.ask(
      "route",
      texts.map((text) => `${text}。`),
    )) as { perSecond: number };
    return 1_000_000 / perSecond;
  } finally {
    await worker.stop();
  }
}
