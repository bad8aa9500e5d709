import type { Command } from "commander";
import type { CommandContext } from "../context.ts";

/** Adds what an office teaches its county's layer with: `candidates`, `label`, `learn`, `layers`, `publish-layer`, `take-back-layer`. */
export function addLearningCommands(understand: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(understand.command("candidates"))
    .description(
      "Lists messages that were understood wrongly, without names, numbers and places, for two people to label.",
    )
    .option("--sealed <email>", "also those that may accuse an official, for this user of the office")
    .option("--json", "as JSON")
    .action(({ json = false, sealed, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) =>
        (await import("./candidates.ts")).runCandidates(output, installation, jurisdictionId, { json, sealed }),
      ),
    );
  ofCounty(understand.command("label <id>"))
    .description("Says what a candidate was, and that nothing private is left in its words as they are shown.")
    .requiredOption("--act <act>", "what it was: matter, adds, thanks …")
    .option("--mark <mark>", "what else is true of it: names-own-matter, danger:gas …; may be given again", several, [])
    .option("--masking-fails", "something private is left: nothing is learned from it")
    .requiredOption("--by <name>", "who says so")
    .action((id, { act, mark, maskingFails = false, by, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) => {
        const label = { id, act, marks: mark, isMaskRight: !maskingFails, by };
        return (await import("./candidates.ts")).runLabel(output, installation, jurisdictionId, label);
      }),
    );
  ofCounty(understand.command("learn"))
    .description(
      "Makes a layer of what two people agree on, and measures it; it changes nothing until somebody publishes it.",
    )
    .requiredOption("--author <name>", "who makes it")
    .option("--json", "as JSON")
    .action(({ author, json = false, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) =>
        (await import("./layers.ts")).runLearn(output, installation, jurisdictionId, { author, json }),
      ),
    );
  addLayerCommands(understand, { output, ofCounty, withCounty });
}

function addLayerCommands(
  understand: Command,
  { output, ofCounty, withCounty }: Pick<CommandContext, "output" | "ofCounty" | "withCounty">,
): void {
  ofCounty(understand.command("layers"))
    .description("Lists the versions of the county's layer, newest first.")
    .option("--json", "as JSON, with what was measured")
    .action(({ json = false, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) =>
        (await import("./layers.ts")).runLayers(output, installation, jurisdictionId, { json }),
      ),
    );
  ofCounty(understand.command("publish-layer <number>"))
    .description("Takes a measured layer into use, from the next message on.")
    .requiredOption("--reviewer <name>", "who has reviewed it; not its author")
    .action((number, { reviewer, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) =>
        (await import("./layers.ts")).runPublish(output, installation, jurisdictionId, versionIn(number), reviewer),
      ),
    );
  ofCounty(understand.command("take-back-layer [number]"))
    .description("Goes back to a layer that was in use before, or to none, from the next message on.")
    .requiredOption("--by <name>", "who decides so")
    .action((number: string | undefined, { by, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) => {
        const version = number === undefined ? null : versionIn(number);
        return (await import("./layers.ts")).runTakeBack(output, installation, jurisdictionId, version, by);
      }),
    );
}

function several(one: string, before: readonly string[]): string[] {
  return [...before, one];
}

/** The number of a version; 0, which none has, for what is no number. */
function versionIn(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
}
