import { gzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import type { Console } from "./pages/kept.ts";
import { pagePolicy } from "./public-pages/page-policy.ts";

type Served = {
  readonly contentType: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};
const DAY_SECONDS = 86_400;

/**
 * The console's page and files. Whatever address below `/console` a person opens, they get the same document: the page reads the
 * address. Files are named after what is in them and stay for good; the document is asked for anew.
 *
 * @param load where the files come from; asked for once, when somebody first opens the console
 * @param mapTiles the template of the map's tiles, whose host alone may then give pictures beside this one; null for none
 */
export function consolePages(load: () => Promise<Console>, mapTiles: string | null = null): Hono {
  let loaded: Promise<Pages> | null = null;
  const pages = (): Promise<Pages> => {
    loaded ??= load().then(servedOf);
    // What could not be read may be readable the next time.
    loaded.catch(() => {
      loaded = null;
    });
    return loaded;
  };
  const app = new Hono().basePath("/console");
  app.use("/*", pagePolicy({ tiles: mapTiles, fonts: true }));
  app.get("/assets/:name", async (c) => {
    const file = (await pages()).files.get(c.req.param("name"));
    if (file === undefined) return c.text("There is nothing here.", 404, { "cache-control": "no-store" });
    return answer(c, file, `public, max-age=${365 * DAY_SECONDS}, immutable`);
  });
  app.get("/*", async (c) => answer(c, (await pages()).document, "no-cache"));
  return app;
}

type Pages = { readonly document: Served; readonly files: ReadonlyMap<string, Served> };

function servedOf({ html, files }: Console): Pages {
  const served = (body: string, contentType: string): Served => ({
    contentType,
    plain: new TextEncoder().encode(body),
    zipped: Uint8Array.from(gzipSync(body, { level: 9 })),
  });
  const typeOf = (name: string): string =>
    CONTENT_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return {
    document: served(html, "text/html; charset=utf-8"),
    files: new Map(files.map(({ name, body }) => [name, served(body, typeOf(name))])),
  };
}

function answer(c: Context, { contentType, plain, zipped }: Served, cacheControl: string): Response {
  const takesZipped = (c.req.header("accept-encoding") ?? "").includes("gzip");
  const headers = { "content-type": contentType, "cache-control": cacheControl, vary: "accept-encoding" };
  return takesZipped ? c.body(zipped, 200, { ...headers, "content-encoding": "gzip" }) : c.body(plain, 200, headers);
}
