import { bundleConsole } from "./bundle.ts";
import { keepConsole, keepWebChat } from "./kept.ts";
import { bundleWebChat } from "./web-chat-bundle.ts";

const [bundle, chat] = [await bundleConsole(), await bundleWebChat()];
await keepConsole(bundle);
await keepWebChat(chat);
const weights = [...bundle.weights, ...chat.weights];
for (const { page, bytes, most } of weights) {
  const [size, limit] = [bytes, most].map((one) => `${Math.round(one / 1024)} KB`);
  process.stdout.write(`${page}: ${size} of ${limit}${bytes > most ? ", too much" : ""}\n`);
}
if (weights.some(({ bytes, most }) => bytes > most)) {
  process.stderr.write("A page is heavier than an old computer or phone takes: see the pages above.\n");
  process.exitCode = 1;
}
