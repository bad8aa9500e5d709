import { z } from "zod";

const some = z.array(z.string().min(1).max(64)).min(1).max(200);

/** The part of all cases over which an errand counts figures, by codes; the period says when. */
export const FIGURES_FILTER = z
  .strictObject({
    ...{ station: some.optional(), township: some.optional(), grid: some.optional(), deputy: some.optional() },
    ...{
      unit: some.optional(),
      channel: some.optional(),
      category: z.array(z.string().nullable()).min(1).optional(),
    },
  })
  .default({});
