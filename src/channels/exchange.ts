/** The result of one HTTP exchange; `unsent` certainly did not reach the platform, `lost` may have. */
export type Exchange =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly contentType: string;
      readonly bytes: Buffer;
      /** The value of a header of the answer; null when it is not there. */
      readonly header: (name: string) => string | null;
    }
  | { readonly kind: "unsent"; readonly reason: string }
  | { readonly kind: "lost"; readonly reason: string }
  | { readonly kind: "too-large"; readonly reason: string };

/** The system calls and codes that fail before a byte of the request is written. */
const BEFORE_SENDING: ReadonlySet<string> = new Set(["connect", "getaddrinfo"]);
const UNSENT_CODES =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * Sends one request and reads its whole answer.
 *
 * Never throws for what the network does, and never names the address: it carries the access token. Redirects are not
 * followed, for the same reason.
 * @param limits `maxBytes` of the answer; the rest of a longer one is not read. `fetch` makes the request, Node's when left out
 */
export async function exchange(
  url: URL,
  init: {
    readonly method: "GET" | "POST" | "PATCH";
    readonly body?: string | FormData;
    readonly contentType?: string;
    /** Beside the content type. */
    readonly headers?: Readonly<Record<string, string>>;
  },
  limits: { readonly timeoutMs: number; readonly maxBytes: number; readonly fetch?: typeof fetch | undefined },
): Promise<Exchange> {
  const request = limits.fetch ?? fetch;
  try {
    const response = await request(url, {
      method: init.method,
      redirect: "manual",
      signal: AbortSignal.timeout(limits.timeoutMs),
      ...(init.body === undefined ? {} : { body: init.body }),
      headers: { ...init.headers, ...(init.contentType === undefined ? {} : { "content-type": init.contentType }) },
    });
    const bytes = await readUpTo(response, limits.maxBytes);
    if (bytes === null) return { kind: "too-large", reason: `answer over ${limits.maxBytes} bytes` };
    const contentType = response.headers.get("content-type") ?? "";
    const header = (name: string) => response.headers.get(name);
    return { kind: "response", status: response.status, contentType, bytes, header };
  } catch (error) {
    return failedExchange(error);
  }
}

async function readUpTo(response: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failedExchange(error: unknown): Exchange {
  if (error instanceof DOMException && error.name === "TimeoutError") return { kind: "lost", reason: "timed out" };
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = textProperty(cause, "code");
  if (BEFORE_SENDING.has(textProperty(cause, "syscall")) || UNSENT_CODES.test(code)) {
    return { kind: "unsent", reason: `not connected (${code})` };
  }
  return { kind: "lost", reason: `connection broke (${code || "no code"})` };
}

function textProperty(value: unknown, name: string): string {
  const property: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return typeof property === "string" ? property : "";
}
