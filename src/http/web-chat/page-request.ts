import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { Logger } from "pino";
import type { WebVisitor } from "../../../db/schema/media.ts";
import type { Inbox } from "../../casework/inbox/accept.ts";
import { offerLink } from "../../casework/persons/link-offer.ts";
import { createShapeStore } from "../../casework/places/shapes.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import { countyName } from "../../casework/web-chat/county-name.ts";
import { readThread } from "../../casework/web-chat/thread.ts";
import { pictureFor } from "../../casework/web-chat/uploads.ts";
import { hideLink, linkOf, openLink, recogniseVisitor } from "../../casework/web-chat/visitors.ts";
import type { PostWatch } from "../../casework/web-chat/watch.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { WEB_CHANNEL } from "../../channels/web/channel.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { codeIn, tokenIn } from "../../domain/web-chat/link.ts";
import { sceneIn } from "../../domain/web-chat/said.ts";
import type { WebChatWording } from "../../domain/wording/web-chat/sentences.ts";
import { webChatWordingOf } from "../../domain/wording/web-chat/wording.ts";
import type { Tally } from "../../observe/watch.ts";
import type { ClientAddress } from "../client-address.ts";
import type { Console } from "../pages/kept.ts";
import { isFromOurPage, wantsJson } from "../public-pages/from-our-page.ts";
import { pageFiles } from "../public-pages/page-files.ts";
import { pictureHeaders } from "../public-pages/page-policy.ts";
import { drawOffer } from "./link-offer.ts";
import { type PageContent, page } from "./page.ts";
import { type PageView, threadParts } from "./thread-parts.ts";
import { rememberVisitor, visitorsOf } from "./visitor-cookie.ts";

/** The services behind the pages of the web chat. */
export type PageServices = {
  readonly runtime: Runtime;
  readonly inbox: Inbox;
  readonly watch: PostWatch;
  readonly addressOf: ClientAddress;
  readonly publicUrl: string;
  /** The template of the map's tiles; null where there are none. */
  readonly mapTiles: string | null;
  readonly log: Logger;
  /** Nothing is counted when it is left out. */
  readonly tally?: Tally;
};

/** The things that a request carries along once its account is found. */
export type Env = {
  Bindings: Partial<HttpBindings>;
  Variables: { account: ChannelAccount; view: PageView; visitor: WebVisitor | null };
};

/** The parts of a page that are not as usual. */
export type Unusual = Partial<Pick<PageContent, "fault" | "emergency" | "text" | "offer" | "isOpening">>;

/** The answers to the requests of pages. */
export type PageRequests = ReturnType<typeof pageRequests>;

/** Opens the answers to the requests of pages. */
export function pageRequests(services: PageServices, load: () => Promise<Console>) {
  const { runtime, publicUrl, mapTiles } = services;
  const { database, vault, now, accounts, timeZone } = runtime;
  const shapes = createShapeStore();
  const files = pageFiles(load);

  /** Finds the account, how the page is looked at, and whose device it is. */
  const find: MiddlewareHandler<Env> = async (c, next) => {
    c.header("cache-control", "no-store");
    const name = c.req.param("account") ?? "";
    const account = await accounts.find(WEB_CHANNEL, name);
    const view = viewOf(c, name, { timeZone, tiles: mapTiles });
    if (account === null) return c.text(webChatWordingOf(view.locale).refused.notThere(), 404);
    c.set("account", account);
    c.set("view", view);
    c.set("visitor", await recogniseVisitor(runtime, account, visitorsOf(c, vault, now())));
    return next();
  };

  /** Lets requests through that come from a page of ours. */
  const isOurs: MiddlewareHandler<Env> = async (c, next) => {
    if (isFromOurPage(c, publicUrl)) return next();
    return refuse(c, 403, (say) => say.refused.elsewhereFrom());
  };

  const show = async (
    c: Context<Env>,
    unusual: Unusual = {},
    status: 200 | 400 | 403 | 409 | 413 | 429 | 503 = 200,
  ) => {
    const { account, view, visitor } = c.var;
    const link = visitor === null ? null : linkOf(runtime, visitor);
    const content: PageContent = {
      ...{ view, county: await countyName(database, account.jurisdictionId), head: await files.head() },
      scene: sceneIn(c.req.query("s")),
      thread: visitor === null ? null : await readThread(runtime, visitor),
      link: link && { ...link, address: `${publicUrl}${view.base}#k=${link.token}` },
      ...{
        fault: null,
        emergency: null,
        text: "",
        offer: null,
        isOpening: visitor === null && c.req.path.endsWith("/mine"),
      },
      ...unusual,
    };
    return c.html(page(content), status);
  };

  /** Says that something was not taken, and why: on the page, where the words still stand, or to the page's script. */
  const refuse = (
    c: Context<Env>,
    status: 400 | 403 | 409 | 413 | 429 | 503,
    sentence: (say: WebChatWording) => string,
    more: Unusual & { readonly challenge?: string } = {},
  ): Response | Promise<Response> => {
    const { challenge, ...unusual } = more;
    const fault = sentence(webChatWordingOf(c.var.view.locale));
    if (!wantsJson(c)) return show(c, { fault, ...unusual }, status);
    const { emergency } = unusual;
    return c.json(
      { ok: false, sentence: fault, ...(challenge && { challenge }), ...(emergency && { emergency }) },
      status,
    );
  };

  const done = (c: Context<Env>) => (wantsJson(c) ? c.json({ ok: true }) : c.redirect(c.var.view.at("/mine"), 303));

  return {
    ...{ files, find, isOurs, show, refuse, done },
    async showFresh(c: Context<Env>) {
      const { visitor, view } = c.var;
      return c.html(visitor === null ? "" : threadParts(await readThread(runtime, visitor), view));
    },
    async showPicture(c: Context<Env>, name: string) {
      const { visitor } = c.var;
      const picture = visitor === null ? null : await pictureFor(runtime, visitor, name);
      if (picture === null) return c.text("There is nothing here.", 404);
      return c.body(new Uint8Array(picture.bytes), 200, pictureHeaders(picture.contentType));
    },
    async open(c: Context<Env>) {
      const { account, visitor } = c.var;
      const form = await c.req.parseBody();
      const [token, code] = [form.token, form.code].map((one) => (typeof one === "string" ? one : ""));
      const given = { token: tokenIn(token ?? ""), code: codeIn(code ?? "") };
      const wrong = () => refuse(c, 403, (say) => say.refused.wrongLink(), { isOpening: true });
      if (given.token === null || (given.code === null && code !== "")) return wrong();
      const opened = await openLink(runtime, account, { ...given, token: given.token, known: visitor });
      if (opened.kind === "locked") return refuse(c, 429, (say) => say.refused.lockedLink(), { isOpening: true });
      if (opened.kind === "code" && wantsJson(c)) return c.json({ ok: false, needsCode: true });
      if (opened.kind !== "open") return wrong();
      rememberVisitor(c, vault, { id: opened.visitor.id, now: now() });
      return done(c);
    },
    async keep(c: Context<Env>) {
      if (c.var.visitor !== null) await hideLink(runtime, c.var.visitor);
      return done(c);
    },
    /** Shows how the person goes on on another platform; the code is shown this once. */
    async link(c: Context<Env>) {
      const { visitor, view } = c.var;
      const offer = visitor === null ? null : await offerLink(runtime, visitor);
      if (offer === "slow-down") return refuse(c, 429, (say) => say.refused.slowDown());
      return offer === null ? done(c) : show(c, { offer: await drawOffer(offer, view) });
    },
    async shapes(c: Context<Env>): Promise<Uint8Array> {
      const { jurisdictionId } = c.var.account;
      const reader = { id: "", role: "office", stations: [], deputyId: null, jurisdictionId } as const;
      const today = dayIn(now(), timeZone);
      const { zipped } = await database.inCounty(jurisdictionId, (tx) => shapes.of(tx, reader, today));
      return zipped;
    },
  };
}

/** How a page is looked at: as its address says, and else in the language of the browser. */
function viewOf(c: Context, account: string, { timeZone, tiles }: Pick<PageView, "timeZone" | "tiles">): PageView {
  const asked = c.req.query("lang");
  const isEnglish = asked === undefined ? /^en\b/i.test(c.req.header("accept-language") ?? "") : asked === "en";
  const isLarge = c.req.query("big") === "1";
  const base = `/w/${account}`;
  const scene = sceneIn(c.req.query("s"));
  return {
    ...{ locale: isEnglish ? "en" : "zh-CN", isLarge, base, timeZone, tiles },
    at(path, change = {}) {
      const query = new URLSearchParams();
      const locale = change.locale ?? (asked === undefined ? null : isEnglish ? "en" : "zh-CN");
      if (locale !== null) query.set("lang", locale === "en" ? "en" : "zh");
      if (change.large ?? isLarge) query.set("big", "1");
      if (path === "" && scene !== null) query.set("s", scene);
      const words = query.toString();
      return `${base}${path}${words === "" ? "" : `?${words}`}`;
    },
  };
}
