import { createRequire } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type ConsoleBundle, IN_MEMORY, ROOT, type Weight } from "./bundle.ts";

/** What an old phone on a slow network takes: all of a page, and then the map where somebody wants one. */
const MOST_BYTES = 60 * 1024;

const MAKERS = [fileURLToPath(import.meta.url), createRequire(import.meta.url).resolve("esbuild/package.json")];

/** A page for phones: its script and styles, and below which address they are served. */
type SmallPage = { readonly name: string; readonly script: string; readonly style: string; readonly address: string };

/** Bundles the script and the styles of the web chat's page; the map is a file of its own, which is loaded when it is opened. */
export function bundleWebChat(): Promise<ConsoleBundle> {
  const [script, style] = ["src/web-page/main.ts", "src/web-page/styles/chat.css"];
  return bundleSmallPage({ name: "web chat", script, style, address: "/w/assets" });
}

/** Bundles the script and the styles of the page on which deputies answer. */
export function bundleAnswerPage(): Promise<ConsoleBundle> {
  const [script, style] = ["src/web-page/answer/main.ts", "src/web-page/styles/answer.css"];
  return bundleSmallPage({ name: "answer page", script, style, address: "/a/assets" });
}

/**
 * Bundles a page for phones in memory.
 *
 * @returns `html` is the part of the head that names its script and styles
 * @throws Error when the sources do not build
 */
async function bundleSmallPage({ name: page, script: main, style: sheet, address }: SmallPage): Promise<ConsoleBundle> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    ...IN_MEMORY,
    entryPoints: [
      { in: main, out: "page" },
      { in: sheet, out: "style" },
    ],
    outdir: address,
    target: "es2018",
    // Leaflet's pictures of controls and pins are not used.
    loader: { ".png": "dataurl" },
  });
  const files = outputFiles.map(({ path, text }) => ({ name: path.slice(path.lastIndexOf("/") + 1), body: text }));
  const fileOf = (beginning: string, ending: string) =>
    files.find(({ name }) => name.startsWith(beginning) && name.endsWith(ending))?.name ?? "";
  const [script, style] = [fileOf("page-", ".js"), fileOf("style-", ".css")];
  const weigh = (part: string, names: readonly string[]): Weight => ({
    page: `${page}: ${part}`,
    bytes: files.reduce((sum, { name, body }) => sum + (names.includes(name) ? gzipSync(body).length : 0), 0),
    most: MOST_BYTES,
  });
  const others = files.flatMap(({ name }) => (name === script || name === style ? [] : [name]));
  return {
    html: `<link rel="stylesheet" href="${address}/${style}">\n<script type="module" src="${address}/${script}"></script>`,
    files,
    sources: [...MAKERS.map((path) => relative(ROOT, path)), ...Object.keys(metafile.inputs)].sort(),
    weights: [weigh("the page", [script, style]), ...(others.length === 0 ? [] : [weigh("the map", others)])],
  };
}
