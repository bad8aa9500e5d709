import { answerService } from "./edge/control.ts";
import { Door } from "./edge/door.ts";
import { accountsOf, type EdgeEnvironment } from "./edge/environment.ts";
import { answerWebhook } from "./edge/webhook.ts";

export { Door };

/**
 * The edge: the webhooks of all channels on Cloudflare Workers, which take messages in while the service is away.
 *
 * Nothing is written to a log here: what waits, and why, is told to the service.
 */
export default {
  async fetch(request: Request, environment: EdgeEnvironment<Door>): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/healthz") return health(environment);
    if (url.pathname.startsWith("/edge/")) return answerService(request, url, environment);
    if (url.pathname.startsWith("/webhooks/")) return answerWebhook(request, url, environment);
    return new Response("There is nothing here.", { status: 404 });
  },
};

/** Whether it can take messages in and hand them over, as far as settings tell. */
function health(environment: EdgeEnvironment<Door>): Response {
  const lacks = [
    ...(URL.canParse(environment.ORIGIN ?? "") ? [] : ["ORIGIN"]),
    ...(environment.EDGE_SECRET ? [] : ["EDGE_SECRET"]),
    ...((accountsOf(environment)?.size ?? 0) > 0 ? [] : ["ACCOUNTS"]),
  ];
  return Response.json({ alive: true, ...(lacks.length > 0 && { lacks }) }, { status: lacks.length > 0 ? 503 : 200 });
}
