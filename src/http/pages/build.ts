import { bundleConsole } from "./bundle.ts";
import { keepAnswerPage, keepConsole, keepWebChat } from "./kept.ts";
import { bundleAnswerPage, bundleWebChat } from "./small-page-bundle.ts";

const [bundle, chat, answer] = [await bundleConsole(), await bundleWebChat(), await bundleAnswerPage()];
await keepConsole(bundle);
await keepWebChat(chat);
await keepAnswerPage(answer);
const weights = [...bundle.weights, ...chat.weights, ...answer.weights];
for (const { page, bytes, most } of weights) {
  const [size, limit] = [bytes, most].map((one) => `${Math.round(one / 1024)} KB`);
  process.stdout.write(`${page}: ${size} of ${limit}${bytes > most ? ", too much" : ""}\n`);
}
if (weights.some(({ bytes, most }) => bytes > most)) {
  process.stderr.write("A page is heavier than an old computer or phone takes: see the pages above.\n");
  process.exitCode = 1;
}
