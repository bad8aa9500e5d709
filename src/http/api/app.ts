import { Hono } from "hono";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { generateSpecs } from "hono-openapi";
import { isTransient } from "../../../db/transient-error.ts";
import { isLoopback } from "../../casework/sign-in/limits.ts";
import type { CallerEnv } from "../auth.ts";
import { isBrokenOff } from "../broken-off.ts";
import { ERRANDS } from "../contract/errands.ts";
import { RULES } from "../contract/rules.ts";
import type { BrowserServices } from "../from-browser.ts";
import { docsPage } from "../pages/docs.ts";
import { problem } from "../problem.ts";
import { requestIdOf } from "../request-id.ts";
import { deliveryRoutes } from "./backlog/deliveries.ts";
import { unreadRoutes } from "./backlog/unread.ts";
import { builtOnce } from "./built-once.ts";
import { caseRoutes } from "./cases.ts";
import { importRoutes } from "./county/imports.ts";
import { jumpRoutes } from "./county/jump.ts";
import { peopleRoutes } from "./county/people.ts";
import { dutyRoutes } from "./desk/duty.ts";
import { handoverRoutes } from "./desk/handovers.ts";
import { intakeRoutes } from "./desk/intake.ts";
import { partnerRoutes } from "./desk/partners.ts";
import { petitionRoutes } from "./desk/petitions.ts";
import { phoneRoutes } from "./desk/phone.ts";
import { recordingRoutes } from "./desk/recordings.ts";
import { topicRoutes } from "./desk/topics.ts";
import { errandHandlers } from "./errands.ts";
import { bulkRoutes } from "./lists/bulk.ts";
import { viewRoutes } from "./lists/views.ts";
import { liveRoutes } from "./live/live.ts";
import { operationRoutes } from "./operations.ts";
import { accountRoutes } from "./people/account.ts";
import { signInRoutes } from "./people/sign-in.ts";
import { staffRoutes } from "./people/staff.ts";
import { chatRoutes } from "./places/chats.ts";
import { placeRoutes } from "./places/places.ts";
import { posterRoutes } from "./places/posters.ts";
import { successionFileRoutes } from "./places/succession-files.ts";
import { successionRoutes } from "./places/successions.ts";
import { channelAccountRoutes } from "./records/accounts.ts";
import { auditRoutes } from "./records/audit.ts";
import { figureRoutes } from "./records/figures.ts";
import { rulesHandlers } from "./rules/handlers.ts";
import { type ApiServices, rulesetRoutes } from "./rulesets.ts";
import { aboutRoutes } from "./settings/about.ts";
import { answerLibraryRoutes } from "./settings/answer-library.ts";
import { answerTemplateRoutes } from "./settings/answers.ts";
import { categoryRoutes } from "./settings/categories.ts";
import { clockRuleRoutes } from "./settings/clock-rules.ts";
import { countySettingsRoutes } from "./settings/county.ts";
import { setupRoutes } from "./settings/setup.ts";
import { trialModeRoutes } from "./settings/trial.ts";
import { understandingRoutes } from "./settings/understanding.ts";
import { todayRoutes } from "./today.ts";

/**
 * The routes under `/api`, for programs with a token; `/api/openapi.json` and `/api/docs` describe them to anybody.
 *
 * Every refusal and every failure is a problem document (RFC 9457).
 * @param services.publicUrl how the world sees this service
 * @param services.browsers how people sign in; nobody does, when left out
 */
export function api(
  services: ApiServices & { readonly publicUrl: string; readonly browsers?: BrowserServices },
): Hono<CallerEnv> {
  const { guard, publicUrl, browsers } = services;
  const app = new Hono<CallerEnv>().basePath("/api");
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 400) {
      return problem(c, { status: 400, title: "Bad Request", detail: "The body is no JSON." });
    }
    const request = requestIdOf(c);
    if (isBrokenOff(c)) {
      guard.log.info({ method: c.req.method, path: c.req.routePath, request }, "a request broke off");
      return problem(c, { status: 400, title: "Bad Request", detail: "The body is not whole." });
    }
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
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.route("/v1", operationRoutes(services, ERRANDS, errandHandlers(services)));
  app.route("/v1", operationRoutes(services, RULES, rulesHandlers(services)));
  app.route("/v1/rulesets", rulesetRoutes(services));
  app.route("/v1", todayRoutes(services));
  app.route("/v1", figureRoutes(services));
  app.route("/v1", countySettingsRoutes(services, services));
  app.route("/v1", answerTemplateRoutes(services));
  app.route("/v1", answerLibraryRoutes(services, services));
  app.route("/v1", categoryRoutes(services, services));
  app.route("/v1", clockRuleRoutes(services, services));
  app.route("/v1", aboutRoutes(services));
  app.route("/v1", jumpRoutes(services));
  if (services.live !== undefined) app.route("/v1", liveRoutes({ ...services, live: services.live }));
  if (services.casework !== undefined) {
    app.route("/v1", understandingRoutes(services, services.casework.runtime));
    app.route("/v1", setupRoutes(services, services.casework));
    app.route("/v1", trialModeRoutes(services, services.casework));
    app.route("/v1", bulkRoutes(services, services.casework.runtime));
    app.route("/v1", caseRoutes(services, services.casework));
    app.route("/v1", peopleRoutes(services, services.casework));
    app.route("/v1", chatRoutes(services, services.casework));
    app.route("/v1", placeRoutes(services, services.casework, services.mapTiles ?? null));
    app.route("/v1", posterRoutes(services));
    app.route("/v1", successionRoutes(services, services.casework));
    app.route("/v1", successionFileRoutes(services, services.casework.runtime));
    app.route("/v1", importRoutes(services, services.casework.runtime));
    app.route("/v1", deliveryRoutes(services, services.casework));
    app.route("/v1", unreadRoutes(services, services.casework));
    app.route("/v1", channelAccountRoutes(services, services.casework));
    app.route("/v1", auditRoutes(services, services.casework.runtime));
    app.route("/v1", intakeRoutes(services, services.casework));
    app.route("/v1", dutyRoutes(services, services.casework));
    app.route("/v1", viewRoutes(services));
    app.route("/v1", phoneRoutes(services, services.casework));
    app.route("/v1", handoverRoutes(services, services.casework));
    app.route("/v1", topicRoutes(services, services.casework));
    app.route("/v1", partnerRoutes(services, services.casework.runtime));
    app.route("/v1", petitionRoutes(services, services.casework));
    app.route("/v1", recordingRoutes(services, services.casework));
  }
  if (browsers !== undefined) {
    const { signIn } = browsers;
    app.route("/v1", signInRoutes(guard, browsers));
    app.route(
      "/v1",
      accountRoutes(services, signIn, {
        isAddressSafe: signIn.cookies.isSecure || isLoopback(publicUrl),
        isClockMoved: services.isClockMoved === true,
      }),
    );
    app.route("/v1", staffRoutes(services, { vault: signIn.vault, publicUrl }));
  }
  const documentation = {
    info: {
      title: "Liaison",
      version: "1",
      description:
        "What a county's office does with its cases and rules. A token belongs to one county and one role; people sign in and have a session.",
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } as const } },
  };
  const describe = () =>
    generateSpecs(app, { documentation, defaultValidationErrorResponse: false, excludeStaticFile: false });
  app.use("/openapi.json", etag());
  app.use("/docs", etag());
  app.get(
    "/openapi.json",
    builtOnce("application/json", async () => JSON.stringify(await describe())),
  );
  app.get(
    "/docs",
    builtOnce("text/html; charset=UTF-8", async () => docsPage(await describe())),
  );
  app.all("/*", (c) =>
    problem(c, { status: 404, title: "Not Found", detail: "There is nothing here: see /api/docs." }),
  );
  return app;
}
