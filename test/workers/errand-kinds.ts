import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { ErrandFailed, type ErrandKind, errandKind } from "../../src/casework/errands/kind.ts";

const EVERYBODY = ["office", "reviewer", "station", "auditor", "operator"] as const;

/** Counts to what was asked for, each number as a row, unless it is told how to end otherwise. */
const counting = (name: string): ErrandKind =>
  errandKind({
    name,
    roles: EVERYBODY,
    seenBy: [],
    shape: z.strictObject({ to: z.int(), end: z.enum(["well", "never", "plainly", "badly", "file"]) }),
    async run({ id, jurisdictionId, runtime, signal, progress }, { to, end }) {
      const { database } = runtime;
      const clear = sql`delete from dry_run_differences where errand_id = ${id}::uuid`;
      await database.inCounty(jurisdictionId, (tx) => tx.execute(clear));
      for (let count = 1; count <= to; count += 1) {
        signal.throwIfAborted();
        await database.inCounty(jurisdictionId, (tx) =>
          tx.execute(sql`
            insert into dry_run_differences (jurisdiction_id, errand_id, case_number, from_code, to_code, rule, kind)
            values (${jurisdictionId}::uuid, ${id}::uuid, ${String(count)}, 'A', 'B', 'r', 'past')`),
        );
        progress(count, to);
      }
      if (end === "never") await pause(600_000, undefined, { signal });
      if (end === "plainly") throw new ErrandFailed("There is no paper.");
      if (end === "badly") throw new Error("the words of 王小明");
      const file = { name: "数.txt", contentType: "text/plain", content: Buffer.from("一二三") };
      return { answer: { counted: to }, ...(end === "file" ? { file } : {}) };
    },
  });

/** Two kinds of errands for the tests of whoever does them. */
export const COUNTING: readonly ErrandKind[] = [counting("count"), counting("tally")];
