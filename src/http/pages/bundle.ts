import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { BuildOptions, Plugin } from "esbuild";

/** A file of the console, named after what is in it. */
export type ConsoleFile = { readonly name: string; readonly body: string };

/** The weight of what a browser loads for a page, in bytes as they travel. */
export type Weight = { readonly page: string; readonly bytes: number; readonly most: number };

/** The console's files, the document that names the first of them, and what they were made of. */
export type ConsoleBundle = {
  readonly html: string;
  readonly files: readonly ConsoleFile[];
  /** All files of which they were made, as paths from the root: as long as these are the same, so would they be. */
  readonly sources: readonly string[];
  /** The first page, then what each page adds to it. */
  readonly weights: readonly Weight[];
};

const KB = 1024;
const MOST_FIRST = 240 * KB;
const MOST_FURTHER = 60 * KB;

/** The root of the project, with which all paths of a bundle begin. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

const MAKERS = [fileURLToPath(import.meta.url), createRequire(import.meta.url).resolve("esbuild/package.json")];

/** The options of esbuild for every page: files in memory, named after what is in them, with what they were made of. */
export const IN_MEMORY = {
  absWorkingDir: ROOT,
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  minify: true,
  write: false,
  format: "esm",
  charset: "utf8",
  legalComments: "none",
  logLevel: "silent",
} as const satisfies BuildOptions;

/**
 * Bundles the console in memory.
 *
 * @throws Error when the sources do not build
 */
export async function bundleConsole(): Promise<ConsoleBundle> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    ...IN_MEMORY,
    entryPoints: [
      { in: "src/console/main.tsx", out: "console" },
      { in: "src/console/styles/console.css", out: "style" },
    ],
    outdir: "/console/assets",
    target: "es2022",
    jsx: "automatic",
    plugins: [inOnePiece],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  const files = outputFiles.map(({ path, text }) => ({ name: nameOf(path), body: text }));
  const outputs: Outputs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [nameOf(path), output]),
  );
  const first = (beginning: string): string => files.find(({ name }) => name.startsWith(beginning))?.name ?? "";
  const [script, style] = [first("console-"), first("style-")];
  return {
    html: documentOf(script, style, withImports(script, outputs)),
    files,
    sources: [...MAKERS.map((path) => relative(ROOT, path)), ...Object.keys(metafile.inputs)].sort(),
    weights: weigh(files, outputs, { script, style }),
  };
}

/** What every page stands on; what pages share besides is small, and comes with it. */
const FIRST = join(ROOT, "src/console/first.tsx");
const SHARED = "src/console/parts/**/*.{ts,tsx}";

/**
 * Lets every page import the first one, whose code is there by then: esbuild puts what the same pages can reach into one file, and would
 * else make some thirty files of it, each of which costs an old computer's browser time.
 */
const inOnePiece: Plugin = {
  name: "in-one-piece",
  setup(build) {
    const pages = new Set<string>();
    const importing = (paths: readonly string[]) => paths.map((path) => `import ${JSON.stringify(path)};`).join("");
    build.onResolve({ filter: /^\./ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === inOnePiece) return null;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: inOnePiece });
      pages.add(found.path);
      return found;
    });
    build.onLoad({ filter: /\/src\/console\/.*\.tsx?$/ }, async ({ path }) => {
      if (!pages.has(path) && path !== FIRST) return null;
      const shared = globSync(SHARED, { cwd: ROOT }).map((one) => join(ROOT, one));
      const more = importing(path === FIRST ? shared.sort() : [FIRST]);
      return { contents: `${await readFile(path, "utf8")}\n${more}`, loader: "tsx" };
    });
  },
};

type Outputs = Readonly<
  Record<string, { readonly entryPoint?: string; readonly imports: readonly { path: string; kind: string }[] }>
>;

/** A file and all that it cannot begin without. */
function withImports(name: string, outputs: Outputs, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { path, kind } of outputs[name]?.imports ?? [])
    if (kind === "import-statement") withImports(path.slice(path.lastIndexOf("/") + 1), outputs, seen);
  return seen;
}

function weigh(
  files: readonly ConsoleFile[],
  outputs: Outputs,
  { script, style }: { readonly script: string; readonly style: string },
): Weight[] {
  const bytes = new Map(files.map(({ name, body }) => [name, gzipSync(body).length]));
  const sum = (names: Iterable<string>): number => [...names].reduce((all, name) => all + (bytes.get(name) ?? 0), 0);
  const first = withImports(script, outputs);
  const pages = Object.entries(outputs).flatMap(([name, { entryPoint }]) =>
    entryPoint === undefined || name === script || name === style ? [] : [{ name, entryPoint }],
  );
  return [
    { page: "the first page", bytes: sum([...first, style]), most: MOST_FIRST },
    ...pages.map(({ name, entryPoint }) => ({
      page: entryPoint.replace("src/console/", ""),
      bytes: sum([...withImports(name, outputs)].filter((one) => !first.has(one))),
      most: MOST_FURTHER,
    })),
  ];
}

function documentOf(script: string, style: string, imports: ReadonlySet<string>): string {
  const further = [...imports].filter((name) => name !== script);
  const preloads = further.map((name) => `<link rel="modulepreload" href="/console/assets/${name}">`);
  return `<!doctype html>
<html lang="zh-CN" data-mantine-color-scheme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<title>联络站</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/assets/${style}">
${preloads.join("\n")}
<script type="module" src="/console/assets/${script}"></script>
</head>
<body><div id="console"></div><noscript>本页需要启用 JavaScript。 This page needs JavaScript.</noscript></body>
</html>
`;
}
