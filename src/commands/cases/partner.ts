import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { type ListedPartner, listPartners } from "../../casework/partner-exchange/list.ts";
import { pausePartner, sendAgain, writePartner } from "../../casework/partner-exchange/manage.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { seenByOthers } from "../channel-options.ts";
import type { CommandContext } from "../context.ts";
import { onlyLine, secretReader } from "../secret-input.ts";

const SECRET = "with which both sides sign, or the API key of GeoReport";

/** Adds `liaison partner add`, `list`, `pause`, `resume` and `send-again`. */
export function addPartnerCommands(partner: Command, context: CommandContext): void {
  const { output, folder, readInput, areArgumentsSeen, ofCounty, withCounty } = context;
  const { out, err } = output;
  ofCounty(partner.command("add <name>"))
    .description(
      "Connects another case system, or changes what is known of one; prints the address that it must be told. Deputies hand over to it by its name.",
    )
    .requiredOption("--type <type>", "webhook or georeport")
    .requiredOption("--url <url>", "where hand-overs go; https, or http within the county's partner networks")
    .option("--secret-file <file>", `${SECRET}, as a file holds it; - is standard input`)
    .option("--secret <value>", "the same on the command line, where others on this machine can read it")
    .option("--title <title>", "how people know it, such as 网格治理平台; the name when left out")
    .option("--short <names>", "what people call it for short, with ; between them")
    .option("--unit <code>", "the unit whose system it is, where that is in the list already")
    .option("--jurisdiction <code>", "the jurisdiction_id of GeoReport; the county's code when left out")
    .option("--services <file>", 'JSON: their codes of services by our categories, "*" for the others')
    .option("--status-map <file>", "JSON: accepted, working, done, refused or returned by their codes of states")
    .action(async (name, { county, ...given }) => {
      const read = await gather(given, { folder, readInput });
      await withCounty({ county }, async ({ database, vault, now }, jurisdictionId, { publicUrl }) => {
        if (!read.ok) return problems(output, read.problems);
        const changed = { jurisdictionId, by: null, at: now() };
        const { title, short, unit, jurisdiction: jurisdictionCode, type, url } = given;
        const wanted = {
          ...{ name, type, url, unit, title, jurisdictionCode, secret: read.secret },
          ...{ services: read.services, statusMap: read.statusMap },
          aliases: short?.split(/[;；]/).flatMap((one: string) => one.trim() || []),
        };
        const written = await database.inCounty(jurisdictionId, (tx) => writePartner(tx, vault, changed, wanted));
        if (!written.ok) return problems(output, written.problems);
        for (const warning of written.warnings) err(warning);
        if (areArgumentsSeen && given.secret !== undefined) err(seenByOthers(["secret"]));
        out(`${publicUrl}/webhooks/partners/${name}`);
        return 0;
      });
    });
  ofCounty(partner.command("list"))
    .description("Lists the other case systems, how they answer, and what waits for them; without their secrets.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async ({ database }, jurisdictionId) => {
        const listed = await database.inCounty(jurisdictionId, listPartners);
        if (json) out(JSON.stringify(listed, null, 2));
        else for (const one of listed) out(line(one));
        return 0;
      }),
    );
  for (const [verb, isPaused] of [
    ["pause", true],
    ["resume", false],
  ] as const) {
    ofCounty(partner.command(`${verb} <name>`))
      .description(
        isPaused
          ? "Sends nothing more to it until it is resumed; what it says still counts."
          : "Goes on sending to it.",
      )
      .action((name, options) =>
        withCounty(options, async ({ database, now }, jurisdictionId) => {
          const changed = { jurisdictionId, by: null, at: now() };
          const found = await database.inCounty(jurisdictionId, (tx) => pausePartner(tx, changed, name, isPaused));
          if (found !== null) return 0;
          err(`There is no partner ${name}; "liaison partner list" lists them.`);
          return 1;
        }),
      );
  }
  ofCounty(partner.command("send-again <id>"))
    .description("Sends once more what was given up after all its tries; the console names the ids.")
    .action((id, options) =>
      withCounty(options, async ({ database, now }, jurisdictionId) => {
        const isUuid = z.uuid().safeParse(id).success;
        if (isUuid && (await database.inCounty(jurisdictionId, (tx) => sendAgain(tx, id, now())))) return 0;
        err("There is no such message that was given up.");
        return 1;
      }),
    );
}

type Given = Readonly<Record<string, string | undefined>>;
type Mapped = Readonly<Record<string, string>>;
type Gathered =
  | {
      readonly ok: true;
      readonly secret: string | undefined;
      readonly services: Mapped | undefined;
      readonly statusMap: Mapped | undefined;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Gathers the secret and the files that the command was given. */
async function gather(
  { secret, secretFile, services, statusMap }: Given,
  { folder, readInput }: Pick<CommandContext, "folder" | "readInput">,
): Promise<Gathered> {
  const found: string[] = [];
  let kept = secret;
  if (secretFile !== undefined) {
    const read = await secretReader(folder, readInput).read(secretFile);
    const only = read.ok ? onlyLine(read.text) : null;
    if (secret !== undefined) found.push("--secret is given in two ways: keep one.");
    else if (!read.ok) found.push(`--secret-file names ${read.reason}.`);
    else if (only === null) found.push(`--secret-file names ${secretFile}, which holds more than one line.`);
    else kept = only;
  }
  const map = async (option: string, file: string | undefined): Promise<Mapped | undefined> => {
    if (file === undefined) return undefined;
    const text = await readFile(resolve(folder, file), "utf8").catch(() => null);
    const read = z.record(z.string().min(1).max(100), z.string().min(1).max(100)).safeParse(text && jsonIn(text));
    if (!read.success) found.push(`--${option} names ${file}, which is no JSON object of texts.`);
    return read.success ? read.data : undefined;
  };
  const maps = { services: await map("services", services), statusMap: await map("status-map", statusMap) };
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, secret: kept, ...maps };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problems({ err }: Output, found: readonly string[]): ExitStatus {
  for (const problem of found) err(problem);
  return 2;
}

function line({ name, type, url, unitName, pausedAt, restsUntil, waiting, sent, failed }: ListedPartner): string {
  const state = pausedAt !== null ? "paused" : restsUntil !== null ? `does not answer, until ${restsUntil}` : "in use";
  return [name, type, url, unitName, state, `${waiting} waiting`, `${sent} sent`, `${failed} given up`].join("  ");
}
