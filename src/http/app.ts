import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { type Checks, health } from "./health.ts";
import { type WebhookServices, webhooks } from "./webhooks.ts";

/** Everything that the web sees of the service. */
export type AppServices = WebhookServices & {
  readonly checks: Checks;
  /** Whether this process takes its leave, so that no more should be sent here; never, when left out. */
  readonly isStopping?: () => boolean;
  readonly publicUrl: string;
};

/**
 * The web front: webhooks, health, and a page that says what exists.
 *
 * What fails unexpectedly is logged and answered with one plain sentence; the outside never sees why.
 */
export function createApp(services: AppServices): Hono<{ Bindings: Partial<HttpBindings> }> {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>();
  app.route("/webhooks", webhooks(services));
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
  app.get("/", (c) => c.html(frontPage(services.publicUrl)));
  app.notFound((c) => c.text("There is nothing here.", 404));
  app.onError((error, c) => {
    services.log.error({ err: error, method: c.req.method, path: c.req.routePath }, "a request failed");
    return c.text("Something failed here. It has been noted.", 500);
  });
  return app;
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
<li><a href="/healthz">/healthz</a>: whether it is alive</li>
<li><a href="/readyz">/readyz</a>: whether its database and queue answer</li>
</ul>
</html>
`;
}
