import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { hasRedis } from "../redis.ts";
import { openRunFolder } from "../setup/run-folder.ts";
import { check } from "./checker.ts";
import { figuresOf, storiesOf } from "./report.ts";
import { run } from "./run.ts";

/**
 * `npm run crash -- [--messages N] [--kills N] [--seed N] [--backend postgres|redis|both] [--report FILE] [--logs FOLDER]`
 *
 * Plays a plan against real processes while everything under them breaks, and checks the promises of quality.md on what
 * the platform saw and the database holds. Exit status 1 when one is broken.
 */
const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "500" },
    kills: { type: "string", default: "10" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    backend: { type: "string", default: "both" },
    report: { type: "string" },
    logs: { type: "string" },
  },
});
const [messages, kills, seed] = [values.messages, values.kills, values.seed].map(Number);
const isKnown = ["postgres", "redis", "both"].includes(values.backend);
if (![messages, kills, seed].every((number) => Number.isSafeInteger(number) && Number(number) >= 0) || !isKnown) {
  process.stderr.write("--messages, --kills and --seed take whole numbers, --backend postgres, redis or both.\n");
  process.exit(2);
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const lines: string[] = [];
const tell = (line: string): void => {
  lines.push(line);
  say(line);
};
say(`seed ${seed}: ${messages} messages, ${kills} kills`);
const wanted = (["postgres", "redis"] as const).filter((name) => values.backend === name || values.backend === "both");
// A run that is killed leaves no database behind.
const folder = await openRunFolder();
const closers: (() => Promise<void>)[] = [];
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void Promise.allSettled(closers.map((close) => close())).finally(() => process.exit(1));
  });
}
let broken = 0;
for (const backend of wanted) {
  if (backend === "redis" && !hasRedis) {
    tell("Left out: the run on Redis, for redis-server is not on the PATH.");
    continue;
  }
  const logs = values.logs === undefined ? undefined : `${values.logs}/${backend}`;
  const asked = {
    backend,
    seed: seed ?? 0,
    messages: messages ?? 0,
    kills: kills ?? 0,
    logs,
    opened: (close: () => Promise<void>) => void closers.push(close),
  };
  const result = await run({ ...asked, say: (line) => say(`${backend}: ${line}`) });
  tell(`backend ${backend}, seed ${seed}, ${messages} messages, ${kills} kills`);
  for (const line of figuresOf(result)) tell(`  ${line}`);
  const violations = check(result.history);
  broken += violations.length;
  if (violations.length === 0) tell("  every promise held");
  else for (const line of storiesOf(result.history, violations)) tell(`  ${line}`);
}
if (values.report !== undefined) await writeFile(values.report, `${lines.join("\n")}\n`);
for (const left of await folder.close()) say(`Left behind, and cleaned up: ${left}`);
// A socket whose other end was killed can keep Node turning in the clean-up of its handles for ever.
process.exit(broken === 0 ? 0 : 1);
