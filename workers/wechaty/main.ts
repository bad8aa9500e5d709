import { resolve } from "node:path";
import { startBridge } from "./bridge.ts";
import { causeOf, logToStderr as log } from "./log.ts";
import { type Bot, load } from "./puppet.ts";

/** The settings of the bridge, with what each is for. */
const SETTINGS = {
  WECHATY_PUPPET: "the package of the puppet that holds the account, installed in workers/wechaty",
  WECHATY_WEBHOOK: "the account's webhook at the service, as `liaison channel add wechaty` prints it",
  WECHATY_SECRET: "the secret of the account, as it was given to `liaison channel add wechaty --secret`",
} as const;
const PORT = 8788;
const SHORTEST_SECRET = 24;

/** The value of a setting. @throws where it is not there */
function setting(name: keyof typeof SETTINGS): string {
  const value = process.env[name] ?? "";
  if (value === "") throw new Error(`${name} is not set: ${SETTINGS[name]}.`);
  return value;
}

async function main(): Promise<void> {
  const secret = setting("WECHATY_SECRET");
  if (secret.length < SHORTEST_SECRET) throw new Error(`WECHATY_SECRET has fewer than ${SHORTEST_SECRET} signs.`);
  const [puppet, url] = [setting("WECHATY_PUPPET"), setting("WECHATY_WEBHOOK")];
  const { WechatyBuilder } = await load<{ WechatyBuilder: { build(options: object): Bot } }>("wechaty");
  const { FileBox } = await load<{ FileBox: { fromBase64(base64: string, name: string): unknown } }>("file-box");
  const folder = resolve(process.env.WECHATY_FOLDER ?? ".data/wechaty");
  const bot = WechatyBuilder.build({ name: resolve(folder, "login"), puppet });
  const bridge = await startBridge({
    ...{ bot, folder, log, service: { url, secret } },
    fileOf: (name, bytes) => FileBox.fromBase64(bytes.toString("base64"), name),
    port: Number(process.env.WECHATY_PORT ?? PORT),
    host: process.env.WECHATY_HOST ?? "127.0.0.1",
  });
  log("started", { waiting: bridge.waiting() });
  const end = async () => {
    await bridge.close();
    await bot.stop();
    process.exit(0);
  };
  process.once("SIGTERM", () => void end());
  process.once("SIGINT", () => void end());
  await bot.start();
}

// A puppet's own mistakes are in its timers and sockets: they are written down, and the bridge goes on.
process.on("unhandledRejection", (error) => log("unhandled", { cause: causeOf(error) }));

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
