import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { text as whole } from "node:stream/consumers";

/** An answer as a browser sees it. */
type Seen = {
  readonly status: number;
  readonly headers: Headers;
  readonly cookies: readonly string[];
  readonly body: never;
};

type Asked = { readonly headers?: Readonly<Record<string, string>>; readonly host?: string };

/** A browser: it keeps cookies, and says where a request comes from as Chromium does. */
export type Browser = {
  ask(method: string, path: string, body?: unknown, asked?: Asked): Promise<Seen>;
  /** A write with an `Idempotency-Key`, a new one when left out, and an `If-Match` where it is given. */
  write(method: string, path: string, body?: unknown, options?: { key?: string; match?: string }): Promise<Seen>;
  cookie(name?: string): string | undefined;
  setCookie(name: string, value: string): void;
};

/** Everything that all browsers were answered, for the search for what must not be there. */
export const everything: string[] = [];

/** @param host under which the service is asked */
export function browser(base: string, host = "127.0.0.1"): Browser {
  const jar = new Map<string, string>();
  const ask: Browser["ask"] = async (method, path, body, asked = {}) => {
    const isWhole = path.startsWith("/api") || path.startsWith("/metrics") || path.startsWith("/console");
    const response = await send(`${base}${isWhole ? "" : "/api/v1"}${path}`, {
      method,
      headers: {
        host: asked.host ?? host,
        "user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0",
        "sec-fetch-site": "same-origin",
        ...(jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...asked.headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const cookies = response.headers.getSetCookie();
    for (const line of cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const { text } = response;
    everything.push(text, JSON.stringify([...response.headers].filter(([name]) => name !== "set-cookie")));
    const parsed = (text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text) as never;
    return { status: response.status, headers: response.headers, cookies, body: parsed };
  };
  return {
    ask,
    write: (method, path, body, { key = randomUUID(), match } = {}) =>
      ask(method, path, body, {
        headers: { "idempotency-key": key, ...(match === undefined ? {} : { "if-match": `"${match}"` }) },
      }),
    cookie: (name = "liaison") => jar.get(name),
    setCookie: (name, value) => void jar.set(name, value),
  };
}

/** `fetch` lets nobody name another host than the address has. */
function send(
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string | undefined },
): Promise<{ status: number; headers: Headers; text: string }> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(url, { method, headers: { ...headers, ...length } }, (answer) => {
      const got = new Headers();
      for (const [name, values] of Object.entries(answer.headersDistinct))
        for (const value of values ?? []) got.append(name, value);
      whole(answer).then((text) => resolve({ status: answer.statusCode ?? 0, headers: got, text }), reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
