import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { serveBenchmark, setup } from "./parent.ts";

/** A process that loads what `liaison demo` loads, with the same cache of compiled code, and starts its database, and nothing else. */
const { folder } = setup<{ readonly folder: string }>();
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/liaison", import.meta.url)));
const { findDrizzleAtOnce } = await import("../../../src/loading.ts");
findDrizzleAtOnce();
await import("../../../src/commands/program.ts");
await import("../../../src/config.ts");
await import("../../../src/commands/demo.ts");
await import("../../../src/demo/run.ts");
const { openEmbedded } = await import("../../../db/embedded/embedded.ts");
const server = await openEmbedded({ folder, asService: true, say: () => undefined });

serveBenchmark({ close: () => server.close() });
