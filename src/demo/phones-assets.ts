import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** One file of the page, ready to be served. */
type Asset = { readonly path: string; readonly contentType: string; readonly body: string };

/** The page's files: the script, the style sheet, and the document that names both. */
export type PhonesAssets = {
  readonly html: string;
  readonly files: readonly Asset[];
  /** All files of which they were made, as paths from this folder: as long as these are the same, so would they be. */
  readonly sources: readonly string[];
};

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What makes them: this file, and the bundler in its version. */
const MAKERS = [fileURLToPath(import.meta.url), createRequire(import.meta.url).resolve("esbuild/package.json")];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/**
 * Bundles the phones page in memory; takes a fraction of a second, see `keptPhones`.
 *
 * @throws Error when the sources do not build
 */
export async function bundlePhones(): Promise<PhonesAssets> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: here("."),
    metafile: true,
    entryPoints: [
      { in: here("phones/main.tsx"), out: "phones" },
      { in: here("phones/styles/phones.css"), out: "style" },
    ],
    outdir: "/assets",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    legalComments: "none",
    logLevel: "silent",
    loader: { ".png": "dataurl" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const files = outputFiles.map(({ path, contents, text }) => {
    const extension = path.slice(path.lastIndexOf("."));
    const digest = createHash("sha256").update(contents).digest("hex").slice(0, 12);
    return {
      path: `/assets/phones-${digest}${extension}`,
      contentType: CONTENT_TYPES[extension] ?? "application/octet-stream",
      body: text,
    };
  });
  const pathOf = (extension: string): string => files.find(({ path }) => path.endsWith(extension))?.path ?? "";
  const html = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>联络站 · 演练</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${pathOf(".css")}">
<script type="module" src="${pathOf(".js")}"></script>
</head>
<body><div id="phones"></div><noscript>本页需要启用 JavaScript。</noscript></body>
</html>
`;
  const sources = [...MAKERS.map((path) => relative(here("."), path)), ...Object.keys(metafile.inputs)];
  return { html, files, sources };
}
