import type { Context } from "hono";
import type { Console } from "../pages/kept.ts";

/** The script and styles of a page, loaded when somebody first opens it. */
export type PageFiles = {
  /** The part of the head that names them. */
  head(): Promise<string>;
  /** Answers a request for one of them. */
  send(c: Context, name: string): Promise<Response>;
};

/** Opens the files of a page. @param load where they come from */
export function pageFiles(load: () => Promise<Console>): PageFiles {
  let loaded: Promise<Console> | null = null;
  const files = (): Promise<Console> => {
    loaded ??= load();
    // What could not be read may be readable the next time.
    loaded.catch(() => {
      loaded = null;
    });
    return loaded;
  };
  return {
    head: async () => (await files()).html,
    async send(c, name) {
      const file = (await files()).files.find((one) => one.name === name);
      if (file === undefined) return c.text("There is nothing here.", 404);
      const type = name.endsWith(".css") ? "text/css" : "text/javascript";
      return c.body(file.body, 200, {
        "content-type": `${type}; charset=utf-8`,
        "cache-control": "public, max-age=31536000, immutable",
      });
    },
  };
}
