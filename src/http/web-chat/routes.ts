import { type Context, Hono } from "hono";
import type { Console } from "../pages/kept.ts";
import { pagePolicy } from "../public-pages/page-policy.ts";
import { requestIdOf } from "../request-id.ts";
import { type Env, type PageServices, pageRequests } from "./page-request.ts";
import { createHearing } from "./say.ts";
import { streamPosts } from "./stream.ts";

/** The services behind the web chat's pages. */
export type WebChatServices = PageServices;

const HOUR_S = 3600;

/**
 * The pages of the web chat, `/w/<account>`: residents without any account write and read there. Everything works without a script but
 * places, small photos, and answers that come by themselves.
 *
 * @param load where the page's script and styles come from; asked for once, when somebody first opens a page
 */
export function webChatPages(services: WebChatServices, load: () => Promise<Console>): Hono<Env> {
  const app = new Hono<Env>().basePath("/w");
  const requests = pageRequests(services, load);
  const hear = createHearing(services, requests);
  // Before the policy of pages: a picture has a stricter one of its own.
  app.get("/:account/photo/:name", requests.find, (c) => requests.showPicture(c, c.req.param("name")));
  app.use("/*", pagePolicy({ tiles: services.mapTiles }));
  app.get("/assets/:name{.+\\.(?:js|css)}", (c) => requests.files.send(c, c.req.param("name")));
  app.use("/:account/*", requests.find);
  app.get("/:account", (c) => requests.show(c));
  app.get("/:account/mine", (c) => requests.show(c));
  app.get("/:account/fresh", (c) => requests.showFresh(c));
  app.get("/:account/live", (c) => streamPosts(c, services));
  app.get("/:account/grids", async (c) => {
    const shapes = await requests.shapes(c);
    return c.body(new Uint8Array(shapes), 200, {
      ...{ "content-type": "application/json", "content-encoding": "gzip" },
      "cache-control": `public, max-age=${HOUR_S}`,
    });
  });
  app.post("/:account/say", requests.isOurs, hear);
  app.post("/:account/open", requests.isOurs, (c) => requests.open(c));
  app.post("/:account/link", requests.isOurs, (c) => requests.link(c));
  app.post("/:account/kept", requests.isOurs, (c) => requests.keep(c));
  app.onError((error, c: Context) => {
    services.log.error({ err: error, path: c.req.routePath, request: requestIdOf(c) }, "a page of the web chat failed");
    return c.text("Something failed here. It has been noted. 出了点问题，请过一会儿再试。", 500);
  });
  return app;
}
