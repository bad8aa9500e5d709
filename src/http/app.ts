import type { HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { type AnswerPageServices, answerPages } from "./answer-page/routes.ts";
import { api } from "./api/app.ts";
import type { ApiServices } from "./api/rulesets.ts";
import { isBrokenOff } from "./broken-off.ts";
import { consolePages } from "./console.ts";
import { edgeInbox } from "./edge-inbox.ts";
import type { BrowserServices } from "./from-browser.ts";
import { type Checks, health } from "./health.ts";
import { type LandingServices, landingPages } from "./landing/routes.ts";
import { type MetricsServices, metricsPage } from "./metrics.ts";
import { keptAnswerPage, keptConsole, keptWebChat } from "./pages/kept.ts";
import { type PartnerCallServices, partnerCalls } from "./partner-calls.ts";
import { type Board, queuePage } from "./queue-page.ts";
import { requestIdOf } from "./request-id.ts";
import { type WebChatServices, webChatPages } from "./web-chat/routes.ts";
import { type WebhookServices, webhooks } from "./webhooks.ts";

/** The services behind the web: accounts, inbox, passive replies, API, checks. */
export type AppServices = WebhookServices &
  WatchedServices & {
    readonly publicUrl: string;
    /** What takes the calls of partners in; they are answered as accounts that are not there, when left out. */
    readonly partners?: Omit<PartnerCallServices, "log">;
    /** What edge and service share; nothing is taken in from an edge without it. */
    readonly edgeSecret?: string | undefined;
    /** What stands behind the pages of the web chat; there are none without it. */
    readonly webChat?: Omit<WebChatServices, "inbox" | "log" | "publicUrl" | "tally">;
    /** What stands behind the pages on which deputies answer; there are none without it. */
    readonly answerPage?: Omit<AnswerPageServices, "log" | "publicUrl">;
    /** What stands behind the page that offers a county's accounts; there is none without it. */
    readonly landing?: Omit<LandingServices, "log">;
    /** Follows requests of platforms; nobody does, when left out. */
    readonly follow?: MiddlewareHandler;
    /** What the queue's page shows; there is none without it. */
    readonly board?: Board;
    /** What the API stands on; there is none without it. */
    readonly api?: Omit<ApiServices, "now"> & { readonly browsers?: BrowserServices };
  };

/** The services behind the pages of monitoring: figures, and the queue. */
export type WatchedServices = {
  readonly checks: Checks;
  /** Whether this process takes its leave, so that no more should be sent here; never, when left out. */
  readonly isStopping?: () => boolean;
  /** There are no metrics without it. */
  readonly watch?: MetricsServices;
  readonly log: Logger;
};

type App = Hono<{ Bindings: Partial<HttpBindings> }>;

/**
 * Creates the web front: webhooks, health, metrics, the queue's page, the API, and a page that says what exists.
 *
 * What fails unexpectedly is logged and answered with one plain sentence; the outside never sees why.
 */
export function createApp(services: AppServices): App {
  const app: App = new Hono();
  const { follow, watch, board, publicUrl } = services;
  if (follow !== undefined) for (const path of ["/webhooks/*", "/edge/*"]) app.use(path, follow);
  if (services.partners !== undefined) {
    app.route("/webhooks/partners", partnerCalls({ ...services.partners, log: services.log }));
  }
  app.route("/webhooks", webhooks(services));
  if (services.edgeSecret !== undefined) {
    app.route("/edge/inbox", edgeInbox({ ...services, secret: services.edgeSecret }));
  }
  app.use(requestId());
  if (watch !== undefined && board !== undefined) app.route("/", queuePage(watch.guard, board));
  // Before the policy of all other pages, which lets nothing run; after the queue's page, which stands below the same address.
  if (services.api !== undefined) app.route("/", consolePages(keptConsole, services.api.mapTiles ?? null));
  if (services.webChat !== undefined) {
    const { inbox, log, tally, webChat } = services;
    app.route("/", webChatPages({ ...webChat, inbox, log, publicUrl, ...(tally && { tally }) }, keptWebChat));
  }
  if (services.answerPage !== undefined) {
    app.route("/", answerPages({ ...services.answerPage, log: services.log, publicUrl }, keptAnswerPage));
  }
  if (services.landing !== undefined) {
    app.route("/", landingPages({ ...services.landing, log: services.log }, keptAnswerPage));
  }
  addWatched(app, services);
  if (services.api !== undefined)
    app.route(
      "/",
      api({ ...services.api, now: services.now, publicUrl, isClockMoved: services.unmoved !== undefined }),
    );
  app.get("/", (c) => c.html(frontPage(publicUrl)));
  return app;
}

/** Creates the web app of a process without a web front: health and metrics. */
export function createWatchedApp(services: WatchedServices): App {
  const app: App = new Hono();
  app.use(requestId());
  addWatched(app, services);
  return app;
}

function addWatched(app: App, services: WatchedServices): void {
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    }),
  );
  app.route("/", health(services.checks, services.isStopping ?? (() => false)));
  if (services.watch !== undefined) app.route("/", metricsPage(services.watch));
  app.notFound((c) => c.text("There is nothing here.", 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const request = requestIdOf(c);
    if (isBrokenOff(c)) {
      services.log.info({ method: c.req.method, path: c.req.routePath, request }, "a request broke off");
      return c.text("The body is not whole.", 400);
    }
    services.log.error({ err: error, method: c.req.method, path: c.req.routePath, request }, "a request failed");
    return c.text("Something failed here. It has been noted.", 500, { "x-request-id": request });
  });
}

function frontPage(publicUrl: string): string {
  const address = publicUrl.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Liaison 联络站</title>
<h1>Liaison 联络站</h1>
<p>This service carries what residents say to their People's Congress deputies, and the answers back.</p>
<ul>
<li><code>${address}/webhooks/&lt;channel type&gt;/&lt;account&gt;</code>: where a messaging platform delivers messages</li>
<li><code>${address}/webhooks/partners/&lt;name&gt;</code>: where another case system says how far it is</li>
<li><code>${address}/w/&lt;account&gt;</code>: where residents write without any account</li>
<li><code>${address}/c/&lt;county&gt;?s=&lt;scene&gt;</code>: where a poster's code leads, where there are several platforms</li>
<li><code>${address}/a/&lt;account&gt;</code>: where deputies answer by a one-time link</li>
<li><a href="/healthz">/healthz</a>: whether it is alive</li>
<li><a href="/readyz">/readyz</a>: whether its database and queue answer</li>
<li><a href="/api/docs">/api/docs</a>: what programs may ask for</li>
<li><a href="/console">/console</a>: where the office works</li>
</ul>
</html>
`;
}
