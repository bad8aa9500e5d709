// Keeps what Node compiles of the service before its first start: a first start is then as fast as any, and a first stop does
// not spend its seconds of grace on writing.
import "./compile-cache.js";
import { flushCompileCache } from "node:module";

const { findDrizzleAtOnce } = await import("./loading.ts");
findDrizzleAtOnce();
await Promise.all([
  import("./commands/program.ts"),
  import("./process/run-service.ts"),
  import("./process/service.ts"),
]);
await Promise.all([import("./demo/run.ts"), import("./commands/demo.ts")]);
flushCompileCache();
