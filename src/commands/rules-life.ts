import type { Command } from "commander";
import type { Transaction } from "../../db/database.ts";
import {
  draft,
  editDraft,
  publishAtOnce,
  review,
  type Stepped,
  submit,
  takeBack,
} from "../casework/rules/lifecycle.ts";
import type { Ground } from "./ground.ts";
import type { ExitStatus, Output } from "./output.ts";
import { type Giving, readSetFile, sayFindings, versionNumber } from "./rules-file.ts";

type OfCounty = { readonly county?: string };
type Step = (tx: Transaction, jurisdictionId: string, now: Date) => Promise<Stepped>;

/** `liaison rules publish`, `draft`, `submit`, `review` and `take-back`: each prints the number of the version alone. */
export function addRulesLife(rules: Command, output: Output, { folder, ofCounty, withCounty }: Giving): void {
  const run = (options: OfCounty, step: Step) =>
    withCounty(options, (ground, jurisdictionId) => runStep(output, ground, jurisdictionId, step));
  const runWithFile = (options: OfCounty, file: string, step: (content: unknown) => Step) =>
    withCounty(options, async (ground, jurisdictionId) => {
      const read = await readSetFile(output, folder, file);
      return read === null ? 1 : runStep(output, ground, jurisdictionId, step(read.content));
    });

  ofCounty(rules.command("publish <file>"))
    .description("Publishes the rule set in a JSON file: drafts it, submits it and records its review.")
    .requiredOption("--author <name>", "who wrote it")
    .requiredOption("--reviewer <name>", "who reviewed it; somebody else")
    .action((file, { author, reviewer, ...options }) =>
      runWithFile(
        options,
        file,
        (content) => (tx, jurisdictionId, now) => publishAtOnce(tx, jurisdictionId, { content, author, reviewer, now }),
      ),
    );
  ofCounty(rules.command("draft <file>"))
    .description("Stores the rule set in a JSON file as a draft.")
    .requiredOption("--author <name>", "who wrote it")
    .option("--replace <number>", "changes this draft instead of making a new one", versionNumber)
    .action((file, { author, replace, ...options }) =>
      runWithFile(options, file, (content) => (tx, jurisdictionId, now) => {
        const writing = { content, author, now };
        return replace === undefined
          ? draft(tx, jurisdictionId, writing)
          : editDraft(tx, jurisdictionId, replace, writing);
      }),
    );
  ofCounty(rules.command("submit"))
    .argument("<number>", "of a draft", versionNumber)
    .description("Gives a draft to its review; nobody can change it any more.")
    .requiredOption("--author <name>", "who submits it")
    .action((number, { author, ...options }) =>
      run(options, (tx, jurisdictionId, now) => submit(tx, jurisdictionId, number, { by: author, now })),
    );
  ofCounty(rules.command("review"))
    .argument("<number>", "of a version in review", versionNumber)
    .description("Publishes a version that was submitted, and retires the one before; or turns it down.")
    .requiredOption("--reviewer <name>", "who reviewed it; nobody who wrote it")
    .option("--turn-down", "does not publish it")
    .option("--note <text>", "kept with the version")
    .action((number, { reviewer, turnDown = false, note, ...options }) =>
      run(options, (tx, jurisdictionId, now) =>
        review(tx, jurisdictionId, number, { reviewer, verdict: turnDown ? "turn-down" : "publish", note, now }),
      ),
    );
  ofCounty(rules.command("take-back"))
    .argument("<number>", "of a version that was published before", versionNumber)
    .description("Makes a new version of an older one, in review at once, and prints its number.")
    .requiredOption("--author <name>", "who brings it back")
    .action((number, { author, ...options }) =>
      run(options, (tx, jurisdictionId, now) => takeBack(tx, jurisdictionId, number, { author, now })),
    );
}

async function runStep(
  { out, err }: Output,
  { database, now }: Pick<Ground, "database" | "now">,
  jurisdictionId: string,
  step: Step,
): Promise<ExitStatus> {
  const stepped = await database.inCounty(jurisdictionId, (tx) => step(tx, jurisdictionId, now()));
  if (stepped.ok) {
    out(String(stepped.number));
    return 0;
  }
  sayFindings({ err }, stepped.findings);
  err(stepped.findings.length > 0 ? `${stepped.reason} Nothing was stored.` : stepped.reason);
  return stepped.because === "person" ? 2 : 1;
}
