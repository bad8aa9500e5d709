import type { Command } from "commander";
import type { Transaction } from "../../../db/database.ts";
import { checkVersion } from "../../casework/rules/check.ts";
import { draft, editDraft, publishAtOnce, review, submit, takeBack } from "../../casework/rules/lifecycle.ts";
import type { Stepped } from "../../casework/rules/steps.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { type CommandContext, readSetFile, sayFindings, sayPublishedWith, versionNumber } from "./file.ts";

type OfCounty = { readonly county?: string };
/** What a step stands on; `tell` is told the number of a version that was published by it. */
type Standing = Pick<Installation, "database" | "now"> & { readonly tell?: (number: number) => Promise<void> };
type Step = (tx: Transaction, jurisdictionId: string, now: Date) => Promise<Stepped>;

/**
 * Adds `liaison rules publish`, `draft`, `submit`, `review` and `take-back`: each prints the number of the version
 * alone.
 */
export function addRulesLife(rules: Command, output: Output, { folder, ofCounty, withCounty }: CommandContext): void {
  const runRead = (options: OfCounty, read: () => Promise<Step | null>, publishes: boolean) =>
    withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
      const step = await read();
      if (step === null) return 1;
      const tell = publishes ? tellFindings(output, { database, now, timeZone }, jurisdictionId) : undefined;
      return runStep(output, { database, now, tell }, jurisdictionId, step);
    });
  const run = (options: OfCounty, step: Step, publishes = false) => runRead(options, async () => step, publishes);
  const runWithFile = (options: OfCounty, file: string, step: (content: unknown) => Step, publishes = false) => {
    const read = async () => {
      const found = await readSetFile(output, folder, file);
      return found === null ? null : step(found.content);
    };
    return runRead(options, read, publishes);
  };

  ofCounty(rules.command("publish <file>"))
    .description("Publishes the rule set in a JSON file: drafts it, submits it and records its review.")
    .requiredOption("--author <name>", "who wrote it")
    .requiredOption("--reviewer <name>", "who reviewed it; somebody else")
    .action((file, { author, reviewer, ...options }) =>
      runWithFile(
        options,
        file,
        (content) => (tx, jurisdictionId, now) => publishAtOnce(tx, jurisdictionId, { content, author, reviewer, now }),
        true,
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
      run(
        options,
        (tx, jurisdictionId, now) =>
          review(tx, jurisdictionId, number, { reviewer, verdict: turnDown ? "turn-down" : "publish", note, now }),
        !turnDown,
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
  { database, now, tell }: Standing,
  jurisdictionId: string,
  step: Step,
): Promise<ExitStatus> {
  const stepped = await database.inCounty(jurisdictionId, (tx) => step(tx, jurisdictionId, now()));
  if (stepped.ok) {
    out(String(stepped.number));
    await tell?.(stepped.number);
    return 0;
  }
  sayFindings({ err }, stepped.findings);
  err(stepped.findings.length > 0 ? `${stepped.reason} Nothing was stored.` : stepped.reason);
  return stepped.because === "person" ? 2 : 1;
}

/** Says what a check finds in what was just published; a check that fails takes nothing back, so it fails no command. */
function tellFindings(output: Output, services: Parameters<typeof checkVersion>[0], jurisdictionId: string) {
  return async (number: number): Promise<void> => {
    try {
      sayPublishedWith(output, number, (await checkVersion(services, jurisdictionId, number))?.findings ?? []);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      output.err(`Rule set ${number} is published, but could not be checked: ${reason}.`);
    }
  };
}
