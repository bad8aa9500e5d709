import type { Command } from "commander";
import type { Option } from "../channels/channel.ts";
import { platforms } from "../channels/registry.ts";
import { namedSecrets, onlyLine, type SecretReader } from "./secret-input.ts";

/** The options of all channels, each name once; a channel says itself which of them it needs. */
const OPTIONS: ReadonlyMap<string, Option> = new Map(
  platforms
    .toReversed()
    .flatMap(({ options }) => options)
    .map((option) => [option.name, option]),
);

/** The options of `channel add`, with all three ways to give a secret. */
export function addChannelOptions(command: Command): Command {
  command.requiredOption("--account <name>", "the account's name in addresses and commands");
  command.option("--secrets-from <file>", "where all secrets stand, a line each: app-secret=…; - is standard input");
  const told = new Set<string>();
  for (const { type, options } of platforms) {
    command.optionsGroup(`Options of ${type}:`);
    for (const one of options.filter(({ name }) => !told.has(name))) {
      told.add(one.name);
      addOption(command, one);
    }
  }
  return command;
}

/** Adds one option; a secret can also be given by `--<name>-file`. */
function addOption(command: Command, { name, meaning, isSecret }: Option): void {
  if (!isSecret) {
    command.option(`--${name} <value>`, meaning);
    return;
  }
  command.option(`--${name}-file <file>`, `${meaning}, as a file holds it; - is standard input`);
  command.option(`--${name} <value>`, `the same on the command line, where others on this machine can read it`);
}

/** The options of a channel by name, each from wherever it was given; or plain sentences that quote no secret. */
export type ChannelOptions =
  | {
      readonly ok: true;
      readonly options: Readonly<Record<string, string>>;
      readonly warnings: readonly string[];
      /** The secrets that stood on the command line. */
      readonly seen: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Gathers what `channel add` was given. @param given as commander has it: `appSecretFile` for `--app-secret-file` */
export async function gatherOptions(
  given: Readonly<Record<string, string>>,
  reader: SecretReader,
): Promise<ChannelOptions> {
  const { "secrets-from": secretsFrom, ...direct } = dashed(given);
  const problems: string[] = [];
  const warnings: string[] = [];
  const options = new Map<string, string>();
  const put = (name: string, value: string) => {
    if (options.has(name)) problems.push(`--${name} is given in two ways: keep one.`);
    else options.set(name, value);
  };
  const read = async (option: string, path: string): Promise<string | null> => {
    const found = await reader.read(path);
    if (found.ok && found.warning !== null) warnings.push(`${found.warning}.`);
    if (found.ok) return found.text;
    problems.push(`--${option} names ${found.reason}.`);
    return null;
  };
  for (const [option, value] of Object.entries(direct)) {
    const name = secretOfFile(option);
    if (name === null) {
      put(option, value);
      continue;
    }
    const text = await read(option, value);
    const secret = text === null ? null : onlyLine(text);
    if (secret !== null) put(name, secret);
    else if (text !== null) problems.push(`--${option} names ${value}, which holds more than one line.`);
  }
  const text = secretsFrom === undefined ? null : await read("secrets-from", secretsFrom);
  const named = text === null ? null : namedSecrets(text);
  if (named?.ok === false) problems.push(`--secrets-from names ${secretsFrom}, ${named.reason}.`);
  for (const [name, value] of named?.ok === true ? named.secrets : []) {
    if (OPTIONS.has(name)) put(name, value);
    else problems.push(`--secrets-from names ${secretsFrom}, which gives a ${name}: there is no such option.`);
  }
  if (problems.length > 0) return { ok: false, problems };
  const seen = Object.keys(direct).filter(isSecret);
  return { ok: true, options: Object.fromEntries(options), warnings, seen };
}

/** The warning of secrets that stood on the command line. */
export function seenByOthers(seen: readonly string[]): string {
  const names = seen.map((name) => `--${name}`).join(", ");
  return `What stands on the command line others on this machine can read, and the shell keeps: ${names}. Give it by --${seen[0]}-file FILE or --secrets-from FILE, - for standard input.`;
}

function secretOfFile(option: string): string | null {
  const name = option.replace(/-file$/, "");
  return name !== option && isSecret(name) ? name : null;
}

function isSecret(name: string): boolean {
  return OPTIONS.get(name)?.isSecret === true;
}

/** Commander's `appId` is the channels' `app-id`. */
function dashed(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`), value]),
  );
}
