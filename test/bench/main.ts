import { parseArgs } from "node:util";
import { openRunFolder } from "../setup/run-folder.ts";
import { benchmarks } from "./benchmarks.ts";
import { openEnvironment } from "./environment.ts";
import { printed, writeResults } from "./report.ts";

/**
 * `npm run bench -- [--short] [--out FILE] [NAME…]`: one line per ratio of quality.md, and every measurement in a file.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: "boolean", default: false }, out: { type: "string", default: "bench/results.json" } },
});
const unknown = positionals.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there is ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}
const wanted = Object.entries(benchmarks).filter(([name]) => positionals.length === 0 || positionals.includes(name));
// A run that is killed leaves no database behind.
const folder = await openRunFolder();
const environment = openEnvironment();
const lines = [];
try {
  console.log("name  ours  reference  ratio  target  verdict");
  for (const [, measure] of wanted) {
    for (const line of await measure(environment, { short: values.short })) {
      console.log(printed(line));
      lines.push(line);
    }
  }
  await writeResults(values.out, lines, values.short);
} finally {
  await environment.close();
  for (const left of await folder.close()) console.error(`Left behind, and cleaned up: ${left}`);
}
