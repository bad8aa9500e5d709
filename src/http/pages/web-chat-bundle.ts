import { createRequire } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type ConsoleBundle, IN_MEMORY, ROOT, type Weight } from "./bundle.ts";

/** What an old phone on a slow network takes: all of the page, and then the map where somebody wants one. */
const MOST_BYTES = 60 * 1024;

const MAKERS = [fileURLToPath(import.meta.url), createRequire(import.meta.url).resolve("esbuild/package.json")];

/**
 * Bundles the script and the styles of the web chat's page in memory; the map is a file of its own, which is loaded when it is opened.
 *
 * @returns `html` is the part of the head that names them
 * @throws Error when the sources do not build
 */
export async function bundleWebChat(): Promise<ConsoleBundle> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    ...IN_MEMORY,
    entryPoints: [
      { in: "src/web-page/main.ts", out: "chat" },
      { in: "src/web-page/styles/chat.css", out: "style" },
    ],
    outdir: "/w/assets",
    target: "es2018",
    // Leaflet's pictures of controls and pins are not used.
    loader: { ".png": "dataurl" },
  });
  const files = outputFiles.map(({ path, text }) => ({ name: path.slice(path.lastIndexOf("/") + 1), body: text }));
  const fileOf = (beginning: string, ending: string) =>
    files.find(({ name }) => name.startsWith(beginning) && name.endsWith(ending))?.name ?? "";
  const [script, style] = [fileOf("chat-", ".js"), fileOf("style-", ".css")];
  const weigh = (page: string, names: readonly string[]): Weight => ({
    page: `web chat: ${page}`,
    bytes: files.reduce((sum, { name, body }) => sum + (names.includes(name) ? gzipSync(body).length : 0), 0),
    most: MOST_BYTES,
  });
  const others = files.flatMap(({ name }) => (name === script || name === style ? [] : [name]));
  return {
    html: `<link rel="stylesheet" href="/w/assets/${style}">\n<script type="module" src="/w/assets/${script}"></script>`,
    files,
    sources: [...MAKERS.map((path) => relative(ROOT, path)), ...Object.keys(metafile.inputs)].sort(),
    weights: [weigh("the page", [script, style]), weigh("the map", others)],
  };
}
