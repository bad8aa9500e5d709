import { build } from "esbuild";
import { beforeAll, expect, it } from "vitest";

/** What Workers have of Node, as far as anything of ours uses it. */
const OF_NODE = ["node:crypto", "node:timers/promises", "node:buffer", "node:async_hooks"];
/** Enough for all channels; an isolate starts the faster the less there is to read. */
const MOST_BYTES = 600_000;

let files: string[];
let outside: string[];
let bytes: number;
beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: ["src/edge.ts"],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:workers"],
    minify: true,
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  files = Object.keys(metafile.inputs);
  outside = [...new Set(output?.imports.map(({ path }) => path))];
  bytes = output?.bytes ?? 0;
});

it("the edge holds the channels and what they share with the domain, and nothing that needs a machine", () => {
  const ours = files.filter((file) => !file.includes("node_modules/"));
  const edge =
    /^src\/(edge(\/.+)?\.ts|edge-protocol\.ts|channels\/.+|domain\/(messages|case|place|wording|text|calendar)\/.+)$/;
  expect(ours.filter((file) => !edge.test(file))).toEqual([]);
  expect(ours).toContain("src/channels/registry.ts");
  expect(outside.filter((name) => !OF_NODE.includes(name))).toEqual(["cloudflare:workers"]);
  const libraries = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  for (const library of ["postgres", "drizzle-orm", "ioredis", "hono", "pino", "zod", "bullmq"]) {
    expect(libraries).not.toContain(library);
  }
  expect(bytes).toBeLessThan(MOST_BYTES);
});
