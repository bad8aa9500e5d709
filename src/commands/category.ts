import { resolve } from "node:path";
import type { Command } from "commander";
import type { Database } from "../../db/database.ts";
import { importCatalogue } from "../casework/import/catalogue.ts";
import { correctCategory, learnCategories } from "../casework/office/category-corrections.ts";
import { catalogueOf, latestLearning } from "../casework/rules/category-model.ts";
import { NO_CATEGORY } from "../domain/categories/model.ts";
import { sayListNote } from "../domain/wording/mistakes/list-notes.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";
import { actMeant } from "./understand/act-meant.ts";

/** Adds `liaison category list`, `correct`, `learn` and `import`. */
export function addCategoryCommands(category: Command, { output, folder, ofCounty, withCounty }: CommandContext): void {
  ofCounty(category.command("list"))
    .description("Lists the catalogue, and how well what was learned last did.")
    .option("--json", "as JSON, with all words and examples")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) =>
        runCategoryList(output, database, jurisdictionId, { json }),
      ),
    );
  ofCounty(category.command("correct <number> <category>"))
    .description(`Files a case under another category, or under ${NO_CATEGORY}; later messages are judged by it too.`)
    .requiredOption("--by <name>", "who says so")
    .addOption(actMeant())
    .action((number, code, { by, was, ...options }) =>
      withCounty(options, (installation, jurisdictionId) =>
        runCategoryCorrect(output, installation, jurisdictionId, {
          number,
          category: code === NO_CATEGORY ? null : code,
          by,
          was,
        }),
      ),
    );
  ofCounty(category.command("learn"))
    .description("Learns from the corrections; it takes effect only if those held back come out no worse.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId) =>
        runCategoryLearn(output, installation, jurisdictionId, { json }),
      ),
    );
  ofCounty(category.command("import <file>"))
    .description("Replaces the catalogue by a table: code, name, words and examples, several of these parted by ;")
    .action((file, options) =>
      withCounty(options, (installation, jurisdictionId) =>
        runCategoryImport(output, installation, jurisdictionId, resolve(folder, file)),
      ),
    );
}

/** `liaison category list`: the catalogue, and the last learning with its shares of right answers. */
async function runCategoryList(
  { out }: Output,
  database: Database,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const { topics, learnedVersion, last } = await database.inCounty(jurisdictionId, async (tx) => ({
    ...(await catalogueOf(tx)),
    last: await latestLearning(tx),
  }));
  if (options.json) {
    const catalogue = topics.map(({ code, name, words, examples }) => ({ code, name, words, examples }));
    out(JSON.stringify({ learnedVersion, lastLearning: last, categories: catalogue }, null, 2));
    return 0;
  }
  for (const { code, name, words, examples } of topics) {
    out(`${code}  ${name}  ${words.length} words  ${examples.length} examples`);
  }
  out(learnedVersion === 0 ? "Nothing learned is in use." : `In use: what was learned as version ${learnedVersion}.`);
  if (last !== null) out(`Learned last: ${told(last)}`);
  return 0;
}

/** `liaison category correct NUMBER CATEGORY`: prints the case, and its category before and now. */
async function runCategoryCorrect(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  correction: Parameters<typeof correctCategory>[2],
): Promise<ExitStatus> {
  const corrected = await correctCategory(installation, jurisdictionId, correction);
  if (!corrected.ok) {
    err(corrected.reason);
    return 1;
  }
  out(`${corrected.number}  ${corrected.from ?? NO_CATEGORY}  ${corrected.to ?? NO_CATEGORY}`);
  return 0;
}

/** `liaison category learn`: what came of it, taken into use or not. */
async function runCategoryLearn(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const learned = await learnCategories(installation, jurisdictionId);
  if (!learned.ok) {
    err(learned.reason);
    return 1;
  }
  const { ok: _ok, ...measured } = learned;
  out(options.json ? JSON.stringify(measured, null, 2) : told(measured));
  return 0;
}

/** `liaison category import FILE`: how many categories the county has now. */
async function runCategoryImport(
  { out, err }: Output,
  installation: Pick<Installation, "database">,
  jurisdictionId: string,
  path: string,
): Promise<ExitStatus> {
  const imported = await importCatalogue(installation, jurisdictionId, path);
  if (imported.ok) {
    for (const note of imported.notes) err(sayListNote(note));
    out(`${imported.categories} categories`);
    return 0;
  }
  for (const error of imported.errors) err(error);
  err(`Nothing was imported: ${imported.errors.length} ${imported.errors.length === 1 ? "error" : "errors"}.`);
  return 1;
}

type Measured = {
  readonly version: number;
  readonly learnedFrom: number;
  readonly measuredOn: number;
  readonly accuracyBefore: number;
  readonly accuracyAfter: number;
  readonly takesEffect: boolean;
};

function told({ version, learnedFrom, measuredOn, accuracyBefore, accuracyAfter, takesEffect }: Measured): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    `version ${version}`,
    `from ${learnedFrom} corrections`,
    `measured on ${measuredOn} held back`,
    `right before ${percent(accuracyBefore)}, after ${percent(accuracyAfter)}`,
    takesEffect ? "takes effect" : "does not take effect",
  ].join("  ");
}
