import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { type Command, InvalidArgumentError } from "commander";
import { readFrozen, writeFrozen } from "../../casework/runtime/frozen-rows.ts";
import { readerOf, readWeights, WEIGHTS_FILE } from "../../casework/runtime/open-reader.ts";
import { understandResident } from "../../domain/dialog/understand-resident.ts";
import { measure, reportLines } from "../../domain/measuring/measure.ts";
import { fitModel } from "../../domain/understanding/training/fit.ts";
import { encodeWeights } from "../../domain/understanding/weights-file.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import type { CommandContext } from "../context.ts";
import { type Corpus, readCorpus } from "./corpus-folder.ts";
import { addLearningCommands } from "./learning.ts";

/** The corpus that the service ships with. */
const CORPUS = fileURLToPath(new URL("../../../test/understanding/corpus", import.meta.url));

/**
 * Adds `liaison understand TEXT`, which explains; `train`, `freeze`, `check`, `report`; what an office sees of it: `unread`,
 * `open`, `corrections`; and what it teaches.
 */
export function addUnderstandCommands(understand: Command, context: CommandContext): void {
  understand
    .command("text <text>", { isDefault: true })
    .description("Shows as what a resident's words would be taken, and why; the word text may be left out.")
    .option("--verdict-open", "as if they were asked whether a closed case is solved")
    .option("--open <count>", "as if so many of their cases were open", count, 0)
    .option("--json", "as JSON")
    .action((text, { verdictOpen = false, open, json = false }) =>
      context.withConfig(async () => {
        const { runExplain } = await import("./explain.ts");
        const said = text === "-" ? (await context.readInput()).trimEnd() : text;
        return runExplain(context.output, said, { verdictOpen, open, json });
      }),
    );
  addModelCommands(understand, context);
  addOfficeCommands(understand, context);
  addLearningCommands(understand, context);
}

function addModelCommands(understand: Command, { output, folder, withConfig }: CommandContext): void {
  understand
    .command("train [corpus]")
    .description("Trains the model of residents' words on a folder of labelled sentences and writes its weights.")
    .option("--out <file>", "where to; the file that the service ships with unless said otherwise")
    .action((corpus = CORPUS, { out }) =>
      withConfig(() => runTrain(output, resolve(folder, corpus), weightsAt(folder, out))),
    );
  understand
    .command("train-matters")
    .description("Trains the network that tells several matters of a message apart; training does so too.")
    .action(() => withConfig(async () => runTrainMatters(output, await readCorpus(CORPUS))));
  understand
    .command("freeze [corpus]")
    .description("Writes the sentences on which a county's own layer is measured; training does so too.")
    .action((corpus = CORPUS) => withConfig(() => runFreeze(output, resolve(folder, corpus))));
  understand
    .command("check [corpus]")
    .description("Fails where the weights were not trained on this corpus, or the frozen sentences are not of it.")
    .option("--weights <file>", "the file that the service ships with unless said otherwise")
    .action((corpus = CORPUS, { weights }) =>
      withConfig(() => runCheck(output, resolve(folder, corpus), weightsAt(folder, weights))),
    );
  understand
    .command("report [corpus]")
    .description("Tells how well the weights do on the authors whom nothing was learned from.")
    .option("--weights <file>", "the file that the service ships with unless said otherwise")
    .action((corpus = CORPUS, { weights }) =>
      withConfig(() => runReport(output, resolve(folder, corpus), weightsAt(folder, weights))),
    );
}

function addOfficeCommands(understand: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(understand.command("unread"))
    .description("Lists what was answered without a case, masked, newest first; * marks what somebody should look at.")
    .option("--days <count>", "how far back", dayCount, 7)
    .option("--json", "as JSON, with what decided")
    .action(({ json = false, days, ...options }) =>
      withCounty(options, async (installation, jurisdictionId, config) =>
        (await import("./unread.ts")).runUnread(output, installation, config, jurisdictionId, { json, days }),
      ),
    );
  ofCounty(understand.command("open <id>"))
    .description("Makes a case of a message that became none; its resident gets the ordinary receipt.")
    .requiredOption("--by <name>", "who decides so")
    .action((id, { by, ...options }) =>
      withCounty(options, async (installation, jurisdictionId, config) =>
        (await import("./unread.ts")).runOpenUnread(output, installation, config, jurisdictionId, { id, by }),
      ),
    );
  ofCounty(understand.command("corrections"))
    .description("Counts how often what was decided was something else, as residents and the office say.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) =>
        (await import("./unread.ts")).runCorrections(output, installation, jurisdictionId, { json }),
      ),
    );
}

function count(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError("It must be a whole number up to 999.");
  return Number(text);
}

function dayCount(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("It must be a whole number of days from 1 to 999.");
  return Number(text);
}

function weightsAt(folder: string, file: string | undefined): URL | string {
  return file === undefined ? WEIGHTS_FILE : resolve(folder, file);
}

async function runTrain({ out }: Output, corpus: string, file: URL | string): Promise<ExitStatus> {
  const { rows, hash } = await readCorpus(corpus);
  const { weights, thresholds } = fitModel(rows, hash);
  const bytes = brotliCompressSync(encodeWeights(weights, { corpus: hash, thresholds }), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
  await writeFile(file, bytes);
  if (file === WEIGHTS_FILE) {
    writeFrozen(rows, hash);
    await runTrainMatters({ out }, { rows, hash });
  }
  out(`${rows.length} rows, ${weights.hashes.length} features, ${Math.round(bytes.length / 1024)} KB`);
  return 0;
}

async function runTrainMatters({ out }: Pick<Output, "out">, corpus: Corpus): Promise<ExitStatus> {
  const { trainMatters } = await import("./matters.ts");
  out(await trainMatters(corpus));
  return 0;
}

async function runCheck({ out, err }: Output, corpus: string, file: URL | string): Promise<ExitStatus> {
  const [{ hash }, { header }] = [await readCorpus(corpus), readWeights(file)];
  if (header.corpus !== hash) {
    err("The weights were trained on another corpus: run `liaison understand train`.");
    return 1;
  }
  if (file === WEIGHTS_FILE && readFrozen().corpus !== hash) {
    err("The frozen sentences are of another corpus: run `liaison understand freeze`.");
    return 1;
  }
  const { faultOfMatters } = await import("./matters.ts");
  const fault = file === WEIGHTS_FILE ? await faultOfMatters({ rows: [], hash }) : null;
  if (fault !== null) {
    err(fault);
    return 1;
  }
  out("The weights were trained on this corpus.");
  return 0;
}

async function runFreeze({ out }: Output, corpus: string): Promise<ExitStatus> {
  const { rows, hash } = await readCorpus(corpus);
  out(`${writeFrozen(rows, hash)} frozen sentences`);
  return 0;
}

async function runReport({ out }: Output, corpus: string, file: URL | string): Promise<ExitStatus> {
  const { rows, hash } = await readCorpus(corpus);
  const reader = readerOf(readWeights(file));
  for (const split of ["dev", "test"] as const) {
    const found = measure(
      rows.filter((row) => row.split === split),
      (text, situation) => understandResident(text, situation, reader),
    );
    for (const line of reportLines(split, found)) out(line);
  }
  const { reportMatters } = await import("./matters.ts");
  if (file === WEIGHTS_FILE) for (const line of await reportMatters({ rows, hash })) out(line);
  return 0;
}
