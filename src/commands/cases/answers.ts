import { resolve } from "node:path";
import type { Command } from "commander";
import { readAnswerFile } from "../../casework/import/answer-file.ts";
import { importAnswers, type ListedAnswer, listAnswers } from "../../casework/settings/answer-library.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import type { CommandContext } from "../context.ts";

/** Adds `liaison answers`, which lists the library of answers given at once, and `answers import`. */
export function addAnswers(answers: Command, { folder, output, ofCounty, withCounty }: CommandContext): void {
  const { out } = output;
  ofCounty(answers)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const today = dayIn(now(), timeZone);
        const listed = await database.inCounty(jurisdictionId, (tx) => listAnswers(tx, now()));
        if (json)
          out(
            JSON.stringify(
              listed.map((one) => told(one, today)),
              null,
              2,
            ),
          );
        else for (const one of listed) out(line(one, today));
        return 0;
      }),
    );
  const imports = answers
    .command("import <file>")
    .description(
      "Puts answers of a CSV or Excel file into force, with the columns code, title, triggers (;), body, category, validFrom, validUntil; prints how many are new or changed.",
    )
    .requiredOption("--author <name>", "who wrote them")
    .requiredOption("--reviewer <name>", "who reviewed them; somebody else")
    .action((file) => {
      const { author, reviewer, ...options } = imports.optsWithGlobals();
      return withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const { rows, errors } = await readAnswerFile(resolve(folder, file));
        if (errors.length > 0) return refuse(output, errors);
        const wanted = { rows, author, reviewer, now: now(), today: dayIn(now(), timeZone) };
        const done = await database.inCounty(jurisdictionId, (tx) => importAnswers(tx, jurisdictionId, wanted));
        if (!done.ok) return refuse(output, done.problems);
        out(String(done.changed));
        return 0;
      });
    });
}

function refuse({ err }: Output, problems: readonly string[]): ExitStatus {
  for (const problem of problems) err(problem);
  return 1;
}

/** Whether an answer is given, and if not, why. */
function stateOn({ state, outSince, validFrom, validUntil }: ListedAnswer, today: string): string {
  if (state !== "in-force") return state;
  if (outSince !== null) return "out-of-service";
  if (validFrom > today) return "coming";
  return validUntil < today ? "over" : "in-force";
}

function told(one: ListedAnswer, today: string) {
  const { code, title, triggers, body, category, validFrom, validUntil, author, reviewer, hits, refusals } = one;
  const state = stateOn(one, today);
  return { code, title, triggers, body, category, validFrom, validUntil, author, reviewer, hits, refusals, state };
}

function line(one: ListedAnswer, today: string): string {
  const { code, title, validFrom, validUntil, author, reviewer, hits, refusals } = one;
  const people = reviewer === null ? `by ${author}` : `by ${author}, reviewed by ${reviewer}`;
  const used = `${hits} given, ${refusals} refused`;
  return [code, title, stateOn(one, today), `${validFrom} to ${validUntil}`, people, used].join("  ");
}
