import { bundleConsole } from "./bundle.ts";
import { keepConsole } from "./kept.ts";

const bundle = await bundleConsole();
await keepConsole(bundle);
for (const { page, bytes, most } of bundle.weights) {
  const [size, limit] = [bytes, most].map((one) => `${Math.round(one / 1024)} KB`);
  process.stdout.write(`${page}: ${size} of ${limit}${bytes > most ? ", too much" : ""}\n`);
}
if (bundle.weights.some(({ bytes, most }) => bytes > most)) {
  process.stderr.write("The console is heavier than an old office PC takes: see the pages above.\n");
  process.exitCode = 1;
}
