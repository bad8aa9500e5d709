import type { Figures } from "./figures.ts";

/** The figures as whoever asks for them gets them, at once or as the file of an errand: each names its definition. @param asOf when they were counted */
export function toldFigures({ groups, ...rest }: Figures, asOf: Date) {
  return {
    ...rest,
    asOf: asOf.toISOString(),
    groups: groups.map(({ key, name, figures }) => ({
      ...{ key, name },
      figures: figures.map((one) => ({ ...one, definition: one.code })),
    })),
  };
}
