import { resolve } from "node:path";
import type { Command } from "commander";
import { pino } from "pino";
import { readIntakeFile } from "../../casework/intake/intake-file.ts";
import { takeDownSheet } from "../../casework/intake/take-down-sheet.ts";
import { dayIn, timeIn } from "../../domain/calendar/deadline.ts";
import { openRuntime } from "../../process/runtime.ts";
import type { CommandContext } from "../context.ts";

/** Adds `liaison intake FILE`, which takes down what people said at a desk, by telephone or on paper. */
export function addIntake(intake: Command, { folder, output, ofCounty, withCounty }: CommandContext): void {
  const { out, err } = output;
  ofCounty(intake)
    .argument(
      "<file>",
      "CSV or Excel, with the columns time, how, place, text, phone, answer (时间 方式 地点 内容 电话 怎么告知)",
    )
    .requiredOption("--by <name>", "who typed it")
    .option("--occasion <occasion>", "the occasion at which it was said; none is kept yet")
    .option("--dry-run", "only check")
    .action((file, { by, occasion, dryRun: isTried = false, ...options }) =>
      withCounty(options, async (installation, jurisdictionId, config) => {
        if (by.trim() === "") {
          err("--by: say who typed it");
          return 2;
        }
        if (occasion !== undefined) {
          err("--occasion: there are no occasions yet; leave it out.");
          return 2;
        }
        const { runtime, close } = await openRuntime(installation, config, pino({ level: "silent" }));
        try {
          const { timeZone } = runtime;
          const now = { day: dayIn(runtime.now(), timeZone), time: timeIn(runtime.now(), timeZone) };
          const read = await readIntakeFile(resolve(folder, file), now);
          // What can be read is tried too, so that everything that is wrong is said at once.
          const tried = await takeDownSheet(runtime, jurisdictionId, read.rows, { by, isTried: true });
          const errors = [...read.errors, ...(tried.ok ? [] : tried.errors)];
          for (const error of errors) err(error);
          if (errors.length > 0) return 1;
          const done = isTried ? tried : await takeDownSheet(runtime, jurisdictionId, read.rows, { by, isTried });
          if (!done.ok) throw new Error(done.errors.join("\n"));
          for (const { at, number, isNew } of done.taken)
            out([at, isTried && isNew ? "new" : number, ...(isNew ? [] : ["taken down before"])].join("  "));
          return 0;
        } finally {
          await close();
        }
      }),
    );
}
