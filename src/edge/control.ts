import { type DoorState, isSigned, type RefusedRequest, SIGNATURE_HEADER } from "../edge-protocol.ts";
import type { Door } from "./door.ts";
import { accountsOf, type EdgeEnvironment } from "./environment.ts";

type Environment = EdgeEnvironment<Door>;

const LARGEST_ORDER_BYTES = 64 * 1024;

/**
 * Answers what the service asks, signed as everything between the two: `GET /edge/state` how much waits, `POST /edge/refused` what was
 * refused, `POST /edge/retry` puts it back into the lines.
 */
export async function answerService(request: Request, url: URL, environment: Environment): Promise<Response> {
  const body = await request.text();
  const header = request.headers.get(SIGNATURE_HEADER);
  const { EDGE_SECRET: secret } = environment;
  const isOurs = !!secret && body.length <= LARGEST_ORDER_BYTES && isSigned(secret, body, header, new Date());
  if (!isOurs) return new Response("This is not signed as it must be.", { status: 401 });
  switch (`${request.method} ${url.pathname}`) {
    case "GET /edge/state":
      return Response.json({ doors: await all(environment, stateOf) });
    case "POST /edge/refused": {
      // A signature covers the body alone: each order names itself there.
      if (orderIn(body).order !== "refused") return notUnderstood();
      const lists = await all(environment, refusedAt);
      return Response.json({ refused: lists.flat() });
    }
    case "POST /edge/retry": {
      const { order, ids } = orderIn(body);
      if (order !== "retry") return notUnderstood();
      const which = Array.isArray(ids) ? ids.map(String) : undefined;
      const counts = await all(environment, (name, door) => retryAt(name, door, which));
      return Response.json({ retried: counts.reduce((sum, count) => sum + count, 0) });
    }
    default:
      return new Response("There is nothing here.", { status: 404 });
  }
}

/** Asks the line of each account. */
function all<T>(environment: Environment, ask: (name: string, door: Door) => Promise<T>): Promise<T[]> {
  const names = [...(accountsOf(environment)?.keys() ?? [])];
  return Promise.all(names.map((name) => ask(name, environment.DOOR.getByName(name))));
}

async function stateOf(name: string, door: Door): Promise<DoorState> {
  return { ...parts(name), ...(await door.state()) };
}

async function refusedAt(name: string, door: Door): Promise<RefusedRequest[]> {
  return (await door.refused()).map((one) => ({ ...parts(name), ...one }));
}

function retryAt(_name: string, door: Door, ids: readonly string[] | undefined): Promise<number> {
  return door.retry(ids);
}

function parts(name: string): { readonly channel: string; readonly account: string } {
  const [channel = "", account = ""] = name.split("/");
  return { channel, account };
}

function orderIn(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

function notUnderstood(): Response {
  return new Response("This is not understood.", { status: 400 });
}
