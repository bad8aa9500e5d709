import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Logger } from "pino";
import { answerOnPage } from "../../casework/answer-page/answer-on-page.ts";
import { openPage } from "../../casework/answer-page/open-page.ts";
import { pageFile, showPage } from "../../casework/answer-page/show-page.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import { countyName } from "../../casework/web-chat/county-name.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { LONGEST_ANSWER, MOST_ANSWER_PHOTOS } from "../../domain/answer-page/limits.ts";
import { endingOf } from "../../domain/messages/file-kinds.ts";
import { tokenIn } from "../../domain/web-chat/link.ts";
import { LARGEST_PHOTO_BYTES, pageKeyIn } from "../../domain/web-chat/said.ts";
import type { AnswerPageWording } from "../../domain/wording/answer-page/sentences.ts";
import { answerPageWordingOf } from "../../domain/wording/answer-page/wording.ts";
import type { ClientAddress } from "../client-address.ts";
import type { Console } from "../pages/kept.ts";
import { isFromOurPage, wantsJson } from "../public-pages/from-our-page.ts";
import { pageFiles } from "../public-pages/page-files.ts";
import { cleanPhotos, limitLarge } from "../public-pages/page-form.ts";
import { pagePolicy, pictureHeaders } from "../public-pages/page-policy.ts";
import { requestIdOf } from "../request-id.ts";
import { type AnswerForm, readAnswerForm } from "./answer-form.ts";
import { linksOf, rememberLink } from "./link-cookie.ts";
import { type AnswerPageContent, type AnswerView, answerPage } from "./page.ts";

/** The services behind the pages on which deputies answer. */
export type AnswerPageServices = {
  readonly runtime: Runtime;
  readonly addressOf: ClientAddress;
  readonly publicUrl: string;
  /** Lets what was said leave. */
  readonly deliver: (jurisdictionId: string, conversations: readonly string[]) => void;
  readonly log: Logger;
};

type Env = {
  Bindings: Partial<HttpBindings>;
  Variables: { accounts: readonly ChannelAccount[]; view: AnswerView };
};

type Status = 200 | 400 | 403 | 409 | 413 | 503;
type Unusual = Partial<Pick<AnswerPageContent, "fault" | "written" | "link" | "shown" | "sent">>;
type Sentence = (say: AnswerPageWording) => string;

const MEGABYTE = 1024 * 1024;

const FAULTS = {
  noAct: [400, (say: AnswerPageWording) => say.refused.noAct()],
  empty: [400, (say: AnswerPageWording) => say.refused.empty()],
  tooLong: [413, (say: AnswerPageWording) => say.refused.tooLong({ most: LONGEST_ANSWER })],
  tooLarge: [413, (say: AnswerPageWording) => say.refused.tooLarge({ megabytes: LARGEST_PHOTO_BYTES / MEGABYTE })],
  tooManyPhotos: [413, (say: AnswerPageWording) => say.refused.tooManyPhotos({ most: MOST_ANSWER_PHOTOS })],
} as const;

/**
 * The one-time pages on which deputies answer, `/a/<account>#k=<token>`: the account is that of the chat to which the link was sent. What
 * stands behind `#` reaches us only when a person opens the link by a touch, or pastes it.
 *
 * @param load where the page's script and styles come from; asked for once, when somebody first opens a page
 */
export function answerPages(services: AnswerPageServices, load: () => Promise<Console>): Hono<Env> {
  const { runtime, publicUrl, log } = services;
  const { database, vault, now, accounts } = runtime;
  const files = pageFiles(load);
  const read = limitLarge(services.addressOf, readAnswerForm);
  const app = new Hono<Env>().basePath("/a");

  const find: MiddlewareHandler<Env> = async (c, next) => {
    c.header("cache-control", "no-store");
    const name = c.req.param("account") ?? "";
    const view = viewOf(c, name);
    const found = await accounts.named(name);
    if (found.length === 0) return c.text(answerPageWordingOf(view.locale).refused.notThere(), 404);
    c.set("accounts", found);
    c.set("view", view);
    return next();
  };
  const isOurs: MiddlewareHandler<Env> = async (c, next) => {
    if (isFromOurPage(c, publicUrl)) return next();
    return refuse(c, 403, (say) => say.refused.elsewhereFrom());
  };
  const render = async (c: Context<Env>, unusual: Unusual, status: Status = 200) => {
    const [account] = c.var.accounts;
    const county = account === undefined ? "" : await countyName(database, account.jurisdictionId);
    const none = { link: null, shown: null, sent: null, fault: null, written: null };
    const content = { view: c.var.view, county, head: await files.head(), ...none, ...unusual };
    return c.html(answerPage(content), status);
  };
  /** Says why something was not taken: on the page, where the words still stand, or to its script. */
  const refuse = async (c: Context<Env>, status: Status, sentence: Sentence, form: AnswerForm | null = null) => {
    const fault = sentence(answerPageWordingOf(c.var.view.locale));
    if (wantsJson(c)) return c.json({ ok: false, sentence: fault }, status);
    const link = linkAsked(c, form);
    const shown = link === null ? null : await showPage(runtime, c.var.accounts, { id: link, request: requestIdOf(c) });
    if (shown?.kind !== "case") return render(c, { fault }, status);
    return render(c, { fault, link, shown: shown.shown, written: form }, status);
  };
  /** The link that a request names, where this device has opened it. */
  const linkAsked = (c: Context<Env>, form: AnswerForm | null = null): string | null => {
    const asked = form?.link ?? c.req.query("l") ?? "";
    return linksOf(c, vault, now()).find((one) => one === asked) ?? null;
  };

  const show = async (c: Context<Env>) => {
    const link = linkAsked(c);
    const shown = link === null ? null : await showPage(runtime, c.var.accounts, { id: link, request: requestIdOf(c) });
    if (shown === null) return render(c, {});
    if (shown.kind === "ended") return refuse(c, 409, (say) => say.refused.standing(shown));
    return render(c, { link, ...(shown.kind === "case" ? { shown: shown.shown } : { sent: shown.sent }) });
  };
  const open = async (c: Context<Env>) => {
    const form = await c.req.parseBody();
    const [token, page] = [tokenIn(String(form.token ?? "")), pageKeyIn(String(form.key ?? ""))];
    const wrong = () => refuse(c, 403, (say) => say.refused.wrongLink());
    if (token === null || page === null) return wrong();
    const known = linksOf(c, vault, now());
    const opened = await openPage(runtime, c.var.accounts, { token, page, known, request: requestIdOf(c) });
    if (opened === null) return wrong();
    services.deliver(opened.jurisdictionId, [...opened.toDeliver]);
    if (opened.kind === "other-device") return refuse(c, 403, (say) => say.refused.otherDevice());
    if (opened.kind === "ended") return refuse(c, 409, (say) => say.refused.standing(opened));
    rememberLink(c, vault, { id: opened.id, now: now() });
    const address = c.var.view.at("", opened.id);
    return wantsJson(c) ? c.json({ ok: true, address }) : c.redirect(address, 303);
  };
  const answer = async (c: Context<Env>) => {
    const form = await read(c);
    if (form === "busy") return refuse(c, 503, (say) => say.refused.notStored());
    if (form === "too-large") return refuse(c, ...FAULTS.tooLarge);
    const id = form === null ? null : linkAsked(c, form);
    if (form === null || form.page === null || id === null) return refuse(c, 403, (say) => say.refused.wrongLink());
    if (form.fault !== null) {
      const [status, sentence] = FAULTS[form.fault];
      return refuse(c, status, sentence, form);
    }
    const photos = await cleanPhotos(form.photos);
    if (photos === null) return refuse(c, 400, (say) => say.refused.noPhoto(), form);
    const { page, text, how } = form;
    const act = form.act ?? "reply";
    try {
      const taken = await answerOnPage(runtime, c.var.accounts, { id, page, text, act, how, photos });
      if (taken === null) return refuse(c, 403, (say) => say.refused.wrongLink());
      if (taken.kind === "how-needed") return refuse(c, 400, (say) => say.refused.noHow(), form);
      if (taken.kind === "ended") return refuse(c, 409, (say) => say.refused.standing(taken), form);
      services.deliver(taken.jurisdictionId, [...taken.toDeliver]);
    } catch (error) {
      log.error({ err: error, request: requestIdOf(c) }, "an answer of a page could not be stored");
      return refuse(c, 503, (say) => say.refused.notStored(), form);
    }
    const address = c.var.view.at("", id);
    return wantsJson(c) ? c.json({ ok: true, address }) : c.redirect(address, 303);
  };

  // Before the policy of pages: a picture has a stricter one of its own.
  app.get("/:account/photo/:name", find, async (c) => {
    const id = linkAsked(c);
    const name = c.req.param("name");
    const file = id === null ? null : await pageFile(runtime, c.var.accounts, { id, name });
    if (file === null) return c.text("There is nothing here.", 404);
    const { contentType, isAttached } = file;
    const kept = isAttached ? `${name.slice(0, 8)}.${endingOf(contentType) ?? "bin"}` : undefined;
    return c.body(new Uint8Array(file.bytes), 200, pictureHeaders(contentType, kept));
  });
  app.use("/*", pagePolicy({ recordings: true }));
  app.get("/assets/:name{.+\\.(?:js|css)}", (c) => files.send(c, c.req.param("name")));
  app.use("/:account/*", find);
  app.get("/:account", show);
  app.post("/:account/open", isOurs, open);
  app.post("/:account/answer", isOurs, answer);
  app.onError((error, c: Context) => {
    log.error({ err: error, path: c.req.routePath, request: requestIdOf(c) }, "a deputy's page failed");
    return c.text("Something failed here. It has been noted. 出了点问题，请过一会儿再试。", 500);
  });
  return app;
}

/** How a page is looked at: as its address says, and else in the language of the browser. */
function viewOf(c: Context, account: string): AnswerView {
  const asked = c.req.query("lang");
  const isEnglish = asked === undefined ? /^en\b/i.test(c.req.header("accept-language") ?? "") : asked === "en";
  const isLarge = c.req.query("big") === "1";
  const base = `/a/${encodeURIComponent(account)}`;
  return {
    ...{ locale: isEnglish ? "en" : "zh-CN", isLarge, base },
    at(path, link, change = {}) {
      const query = new URLSearchParams();
      const locale = change.locale ?? (asked === undefined ? null : isEnglish ? "en" : "zh-CN");
      if (link !== null) query.set("l", link);
      if (locale !== null) query.set("lang", locale === "en" ? "en" : "zh");
      if (change.large ?? isLarge) query.set("big", "1");
      const words = query.toString();
      return `${base}${path}${words === "" ? "" : `?${words}`}`;
    },
  };
}
