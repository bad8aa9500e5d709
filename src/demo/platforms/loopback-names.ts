/** What answers a request, as the servers of the demo take it. */
type Fetch<Env> = (request: Request, env: Env) => Response | Promise<Response>;

/** The names by which a browser reaches only its own machine, whatever a name server says; with any port. */
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * The same for whoever calls it by a name of this machine alone; all others are refused.
 *
 * A page of a stranger can make its own name lead to 127.0.0.1 and would then be taken for the page of the demo; the name
 * stands in its browser's `Host`.
 */
export function underLoopbackNames<Env>(fetch: Fetch<Env>): Fetch<Env> {
  return (request, env) =>
    LOOPBACK.test(request.headers.get("host") ?? "")
      ? fetch(request, env)
      : new Response("This is for this machine alone: call it 127.0.0.1 or localhost.", { status: 403 });
}
