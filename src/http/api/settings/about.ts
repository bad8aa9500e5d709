import { readFile } from "node:fs/promises";
import type { Hono } from "hono";
import { z } from "zod";
import type { CallerEnv } from "../../auth.ts";
import { ABOUT } from "../../contract/settings/about.ts";
import { type OperationServices, operationRoutes } from "../operations.ts";

const ROOT = new URL("../../../../", import.meta.url);

const ours = z.object({
  version: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
});
const theirs = z.object({ version: z.string(), license: z.string().default("?") });

type About = z.infer<(typeof ABOUT)["GET /about"]["answer"]>;
let known: Promise<About> | null = null;

/** The route that says what this version is made of, as the files beside it say. */
export function aboutRoutes(services: OperationServices): Hono<CallerEnv> {
  return operationRoutes(services, ABOUT, {
    "GET /about": async () => {
      known ??= readAbout();
      return { body: await known };
    },
  });
}

async function readAbout(): Promise<About> {
  const { version, license, dependencies } = ours.parse(
    JSON.parse(await readFile(new URL("package.json", ROOT), "utf8")),
  );
  const parts = await Promise.all(Object.keys(dependencies).sort().map(partOf));
  return { version, licence: license, text: await textOf("LICENSE"), parts: parts.filter((part) => part !== null) };
}

/** A part as its own description says it; null for one that is not installed here. */
async function partOf(name: string): Promise<About["parts"][number] | null> {
  const text = await textOf(`node_modules/${name}/package.json`);
  const read = text === "" ? null : theirs.safeParse(JSON.parse(text));
  return read?.success ? { name, version: read.data.version, licence: read.data.license } : null;
}

/** The text of a file of this installation; empty where it did not come along. */
async function textOf(path: string): Promise<string> {
  return readFile(new URL(path, ROOT), "utf8").catch(() => "");
}
