import { randomUUID } from "node:crypto";
import type { Phone } from "../src/demo/platforms/wechat/phone.ts";
import { newest } from "./arrived.ts";
import type { TestService } from "./service.ts";

/** What the service answers to a page's script. */
type Answered = { readonly status: number; readonly ok: boolean; readonly sentence: string; readonly address?: string };

/** What a deputy sends from their page. */
type Sent = {
  readonly key?: string;
  readonly link?: string;
  readonly text?: string;
  readonly act?: string;
  readonly how?: string;
  readonly photos?: readonly Uint8Array[];
};

/** A device at a deputy's one-time page, without a browser, with its cookie. */
export type AnswerDevice = {
  open(token: string, key?: string): Promise<Answered>;
  /** The page that it has opened last, as HTML. */
  page(): Promise<string>;
  get(path: string): Promise<Response>;
  answer(sent: Sent): Promise<Answered>;
  /** The id of the link that it has opened last. */
  link(): string;
  cookie(): string | null;
};

/** A new device at the pages of an account. */
export function answerDevice(service: TestService, account = "qinghe"): AnswerDevice {
  const base = `${service.url}/a/${account}`;
  let cookie: string | null = null;
  let address: string | null = null;
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...(cookie && { cookie }), origin: service.url, ...init.headers };
    const response = await fetch(`${base}${path}`, { redirect: "manual", ...init, headers });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
  const answered = async (response: Response): Promise<Answered> => {
    const answer = { sentence: "", ...((await response.json()) as object), status: response.status } as Answered;
    address = answer.address ?? address;
    return answer;
  };
  const json = { accept: "application/json" };
  const link = () => new URLSearchParams(address?.split("?")[1] ?? "").get("l") ?? "";
  return {
    ...{ link, cookie: () => cookie, get: (path) => ask(path) },
    async open(token, key = randomUUID()) {
      return answered(await ask("/open", { method: "POST", body: new URLSearchParams({ token, key }), headers: json }));
    },
    page: async () => (await ask(`?l=${link()}`)).text(),
    async answer({ key = randomUUID(), text = "", act = "reply", how = "", photos = [], ...named }) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ key, text, act, how, l: named.link ?? link() }))
        form.set(name, value);
      for (const photo of photos) form.append("photo", new Blob([Buffer.from(photo)]), "photo.jpg");
      return answered(await ask("/answer", { method: "POST", body: form, headers: json }));
    },
  };
}

/** The token in the newest message of a chat. @throws Error where there is none */
export function tokenIn(phone: Phone): string {
  const token = /\/a\/[^#\s]+#k=([\w-]{27})/.exec(newest(phone))?.[1];
  if (token === undefined) throw new Error(`no link in: ${newest(phone)}`);
  return token;
}
