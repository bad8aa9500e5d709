import { z } from "zod";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { changeOne, type ManyResult } from "../lists/change-many.ts";
import { ASKING } from "./asking.ts";

const ASKED = z.strictObject({
  as: ASKING,
  action: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("place"), grid: z.string() }),
    z.strictObject({ kind: z.literal("merge"), into: z.string() }),
    z.strictObject({ kind: z.literal("category"), code: z.string().nullable() }),
  ]),
  cases: z.array(z.strictObject({ number: z.string(), etag: z.string() })),
});

/** The errand in which the same is done to many cases, each with its own result; asked for by an operation of its own alone. */
export const BULK = errandKind({
  name: "bulk",
  roles: ["office", "station"],
  seenBy: [],
  shape: ASKED,
  refuse: async () => "Ask for it by POST /cases/bulk.",
  async run({ id, jurisdictionId, runtime, signal, progress }, { as, action, cases }) {
    const asker = { ...as, jurisdictionId, confirmedAt: null };
    const results: ManyResult[] = [];
    for (const one of cases) {
      signal.throwIfAborted();
      const result = await changeOne(runtime, asker, id, { action, one });
      if (result === null) throw new ErrandFailed("Whoever asked for it may not do it any more.");
      results.push(result);
      progress(results.length, cases.length);
    }
    return { answer: { results } };
  },
});
