import { openEmbedded } from "../../db/embedded/embedded.ts";

/** Holds the embedded database of a folder like a service (or a command) until it is told to stop. */
const [folder = "", use = "service"] = process.argv.slice(2);
const stopped = new Promise((resolve) => process.once("SIGTERM", resolve));
try {
  const embedded = await openEmbedded({
    folder,
    asService: use === "service",
    say: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  process.stdout.write(`${embedded.url}\n`);
  const alive = setInterval(() => undefined, 60_000);
  await stopped;
  clearInterval(alive);
  await embedded.close();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
