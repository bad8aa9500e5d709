import { boundOf, FLOORS, type Floor } from "../../src/domain/measuring/floors.ts";
import type { Measured } from "../../src/domain/measuring/measure.ts";
import type { Line, Target } from "./measure.ts";

/** The floors as lines: the model beside the lists, each with the bound at 95 % that is nearer to missing the floor. */
export function floorsOf(set: string, model: Measured, lists: Measured): Line[] {
  return FLOORS.map(({ name, of, floor }) => {
    const [ours, theirs] = [of(model), of(lists)];
    return {
      name: `${set}: ${name}`,
      ours: { value: boundOf(ours, floor), ...UNITS[floor === "none" ? "count" : "share"] },
      reference: { value: boundOf(theirs, floor), ...UNITS[floor === "none" ? "count" : "share"] },
      ratio: null,
      target: targetOf(floor),
      samples: { model: ours, lists: theirs },
    };
  });
}

const UNITS = { count: { unit: "" }, share: { unit: "%", digits: 1 } } as const;

function targetOf(floor: Floor["floor"]): Target {
  return floor === "none" ? { atMost: 0 } : { ...floor, unit: "%" };
}
