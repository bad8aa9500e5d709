import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import { type CallerEnv, type Guard, identify } from "./auth.ts";

/** Where the page is; without a slash at its end. */
const QUEUE_PAGE = "/console/queues";

/** The content of the queue's page, from workers/queues.ts. */
export type Board = (options: { readonly isReadOnly: boolean }) => Promise<BaseAdapter[]>;

/** The page asks for a font from outside, which would tell others that it is open. */
const OUTSIDE = /<link[^>]+href="https?:[^>]*>/g;

/**
 * The queue's page: an operator sees jobs and may retry them, an auditor only looks.
 *
 * A browser asks for a password: the token is the password, the name does not matter. Whoever comes first waits for the
 * page to be loaded; a start does not.
 */
export function queuePage(guard: Guard, board: Board): Hono<CallerEnv> {
  const pages = new Map<boolean, Promise<Hono>>();
  const pageFor = (isReadOnly: boolean) => {
    const page = pages.get(isReadOnly) ?? openPage(board, isReadOnly);
    pages.set(isReadOnly, page);
    return page;
  };
  return new Hono<CallerEnv>()
    .get(`${QUEUE_PAGE}/`, (c) => c.redirect(QUEUE_PAGE, 308))
    .use(
      `${QUEUE_PAGE}/*`,
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", "data:"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          baseUri: ["'self'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      }),
      identify(guard, { roles: ["operator", "auditor"] }, { forBrowsers: true }),
      csrf(),
    )
    .all(`${QUEUE_PAGE}/*`, async (c) => {
      const page = await pageFor(c.get("caller").role !== "operator");
      const answer = await page.fetch(c.req.raw, c.env);
      if (!answer.headers.get("content-type")?.startsWith("text/html")) return answer;
      return c.html((await answer.text()).replaceAll(OUTSIDE, ""));
    });
}

async function openPage(board: Board, isReadOnly: boolean): Promise<Hono> {
  const { createBullBoard } = await import("@bull-board/api");
  const { HonoAdapter } = await import("@bull-board/hono");
  const { serveStatic } = await import("@hono/node-server/serve-static");
  const serverAdapter = new HonoAdapter(serveStatic).setBasePath(QUEUE_PAGE);
  createBullBoard({
    queues: await board({ isReadOnly }),
    serverAdapter,
    options: { uiConfig: { boardTitle: "Liaison" } },
  });
  return new Hono().route(QUEUE_PAGE, serverAdapter.registerPlugin());
}
