import { type DoorState, type RefusedRequest, SIGNATURE_HEADER, signatureOf } from "../edge-protocol.ts";

/** The questions and orders of the service to the edge. */
export type EdgeClient = {
  /** What waits there, by account. */
  state(): Promise<readonly DoorState[]>;
  /** What the service refused, oldest first. */
  refused(): Promise<readonly RefusedRequest[]>;
  /** Puts what was refused back into the lines. @param ids which; all when left out. @returns how many */
  retry(ids?: readonly string[]): Promise<number>;
};

const ANSWER_LIMIT_MS = 10_000;

/**
 * The way to an edge; each call throws an Error with a plain sentence where it does not answer.
 * @param edge.secret what both share
 */
export function askEdge({ url, secret }: { readonly url: string; readonly secret: string }): EdgeClient {
  const ask = async (method: "GET" | "POST", path: string, order?: object) => {
    const body = order === undefined ? "" : JSON.stringify(order);
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { [SIGNATURE_HEADER]: signatureOf(secret, body, new Date()) },
      ...(order === undefined ? {} : { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    }).catch((error) => {
      throw new Error(`The edge at ${url} does not answer.`, { cause: error });
    });
    if (response.status === 401) throw new Error("The edge refuses the signature: EDGE_SECRET is another there.");
    if (!response.ok) throw new Error(`The edge at ${url} answers ${response.status}.`);
    return response.json();
  };
  return {
    state: async () => ((await ask("GET", "/edge/state")) as { doors: DoorState[] }).doors,
    refused: async () =>
      ((await ask("POST", "/edge/refused", { order: "refused" })) as { refused: RefusedRequest[] }).refused,
    retry: async (ids) =>
      ((await ask("POST", "/edge/retry", { order: "retry", ...(ids && { ids }) })) as { retried: number }).retried,
  };
}
