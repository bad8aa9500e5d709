import { createHash, randomUUID } from "node:crypto";
import { addAccount } from "../src/casework/office/channel-accounts.ts";
import { channelOf } from "../src/channels/registry.ts";
import { isProof, proofWords } from "../src/domain/web-chat/proof.ts";
import type { TestService } from "./service.ts";

/** What a visitor sends beside words. */
type Beside = {
  readonly key?: string;
  readonly scene?: string;
  readonly photos?: readonly Uint8Array[];
  readonly place?: { readonly lat: number; readonly lng: number; readonly datum?: "wgs84" };
  readonly fields?: Readonly<Record<string, string>>;
};

/** What the service answers to a page's script. */
type Said = {
  readonly status: number;
  readonly ok: boolean;
  readonly sentence: string;
  readonly emergency?: string;
  readonly challenge?: string;
};

/** A line of the page: `buttons` are what can be touched now. */
type PageLine = {
  readonly id: string;
  readonly by: string;
  readonly text: string;
  readonly buttons: readonly { readonly key: string; readonly label: string }[];
};

/** Somebody at a page of the web chat, without a browser: a device with its cookie. */
export type WebVisitorClient = {
  say(text: string, beside?: Beside): Promise<Said>;
  /** Asks for an address below the account's page. */
  get(path: string): Promise<Response>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** What the service has said so far, oldest first. */
  arrived(): Promise<string[]>;
  /** All lines, those of the visitor as well. */
  lines(): Promise<string[]>;
  /** The lines as they stand on the page, with what can be touched. */
  screen(): Promise<PageLine[]>;
  /** The link and code that the page shows; null where it does not. */
  link(): Promise<{ readonly token: string; readonly code: string } | null>;
  cookie(): string | null;
};

/** Adds the account `web` of the web chat to the county Qinghe. */
export async function openWebChat(service: TestService, options: { readonly phone?: string } = {}): Promise<void> {
  const added = await addAccount(service.runtime, service.jurisdiction("qinghe"), {
    ...{ channel: channelOf("web")!, name: "web", options },
  });
  if (!added.ok) throw new Error(added.problems.join(" "));
  // Nobody opens the page before the service knows its new account.
  await service.runtime.accounts.byId(added.account.jurisdictionId, added.account.id);
}

let addresses = 0;

/** Somebody new at the page, from an address of their own where none is given. */
export function webVisitor(service: TestService, from?: string): WebVisitorClient {
  addresses += 1;
  const address = from ?? `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
  const base = `${service.url}/w/web`;
  let cookie: string | null = null;
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...(cookie && { cookie }), origin: service.url, "x-forwarded-for": address, ...init.headers };
    const response = await fetch(`${base}${path}`, { redirect: "manual", ...init, headers });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
  const linesOf = async (by: string): Promise<string[]> => {
    const html = await (await ask("/fresh")).text();
    const found = html.matchAll(new RegExp(`class="line ${by}">[^]*?<p class="words">([^]*?)</p>`, "g"));
    return [...found].map(([, words = ""]) => unescaped(words));
  };
  return {
    async say(text, { key = randomUUID(), scene = "", photos = [], place, fields = {} } = {}) {
      const form = (): FormData => {
        const made = new FormData();
        for (const [name, value] of Object.entries({ key, text, scene, ...fields })) made.set(name, value);
        if (place !== undefined) for (const [name, value] of Object.entries(place)) made.set(name, String(value));
        for (const photo of photos) made.append("photo", new Blob([Buffer.from(photo)]), "photo.jpg");
        return made;
      };
      const send = () => ask("/say", { method: "POST", body: form(), headers: { accept: "application/json" } });
      let response = await send();
      // Whoever reads that it could not be stored presses the button again.
      for (let times = 0; response.status === 503 && times < 20; times += 1) response = await send();
      return { status: response.status, sentence: "", ...((await response.json()) as object) } as Said;
    },
    get: (path) => ask(path),
    post: (path, fields) => ask(path, { method: "POST", body: new URLSearchParams(fields) }),
    arrived: () => linesOf("service"),
    lines: () => linesOf("(?:service|visitor)"),
    async screen() {
      const html = await (await ask("/fresh")).text();
      const articles = html.matchAll(/<article id="(\w+)" class="line (\w+)">([\s\S]*?)<\/article>/g);
      return [...articles].map(([, id = "", by = "", inner = ""]) => ({
        ...{ id, by, text: unescaped(/<p class="words">([\s\S]*?)<\/p>/.exec(inner)?.[1] ?? "") },
        buttons: [...inner.matchAll(/<button name="text" value="(\w+)">([^<]*)</g)].map(([, key = "", label = ""]) => ({
          key,
          label: unescaped(label),
        })),
      }));
    },
    async link() {
      const html = await (await ask("/mine")).text();
      const token = /#k=([\w-]{27})/.exec(html)?.[1];
      const code = /class="code">(\d{6})</.exec(html)?.[1];
      return token === undefined || code === undefined ? null : { token, code };
    },
    cookie: () => cookie,
  };
}

/** Does the work that a challenge asks for, as a page does. */
export function proved(challenge: string): { readonly challenge: string; readonly nonce: string } {
  for (let nonce = 0; ; nonce += 1) {
    if (
      isProof(
        createHash("sha256")
          .update(proofWords(challenge, String(nonce)))
          .digest(),
      )
    )
      return { challenge, nonce: String(nonce) };
  }
}

function unescaped(words: string): string {
  return words
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
