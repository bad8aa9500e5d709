import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { openAPIRouteHandler } from "hono-openapi";
import { isTransient } from "../../../db/transient-error.ts";
import type { CallerEnv } from "../auth.ts";
import { problem } from "../problem.ts";
import { requestIdOf } from "../request-id.ts";
import { docsPage } from "./docs.ts";
import { type ApiServices, rulesetRoutes } from "./rulesets.ts";
import { trialRoutes } from "./trials.ts";

/**
 * The routes under `/api`, for programs with a token; `/api/openapi.json` and `/api/docs` describe them to anybody.
 *
 * Every refusal and every failure is a problem document (RFC 9457).
 * @param services.publicUrl how the world sees this service
 */
export function api(services: ApiServices & { readonly publicUrl: string }): Hono<CallerEnv> {
  const { guard, publicUrl } = services;
  const app = new Hono<CallerEnv>().basePath("/api");
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 400) {
      return problem(c, { status: 400, title: "Bad Request", detail: "The body is no JSON." });
    }
    const request = requestIdOf(c);
    guard.log.error({ err: error, method: c.req.method, path: c.req.routePath, request }, "a request failed");
    const headers = { "x-request-id": request };
    if (isTransient(error)) {
      const detail = "The database does not answer; nothing was stored.";
      return problem(c, { status: 503, title: "Service Unavailable", detail }, { ...headers, "retry-after": "5" });
    }
    const detail = "Something failed here. It has been noted.";
    return problem(c, { status: 500, title: "Internal Server Error", detail }, headers);
  });
  app.use("/*", async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });
  app.route("/v1", trialRoutes(services));
  app.route("/v1/rulesets", rulesetRoutes(services));
  const documentation = {
    info: {
      title: "Liaison",
      version: "1",
      description: "What a county's office does with its cases and rules. A token belongs to one county and one role.",
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } as const } },
  };
  app.get("/openapi.json", openAPIRouteHandler(app, { documentation, defaultValidationErrorResponse: false }));
  app.get("/docs", docsPage(app, documentation));
  app.all("/*", (c) =>
    problem(c, { status: 404, title: "Not Found", detail: "There is nothing here: see /api/docs." }),
  );
  return app;
}
