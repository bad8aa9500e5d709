import { randomUUID } from "node:crypto";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { PageThread } from "../../casework/web-chat/thread.ts";
import type { VisitorLink } from "../../casework/web-chat/visitors.ts";
import { MOST_PHOTOS } from "../../domain/web-chat/said.ts";
import { webChatWordingOf } from "../../domain/wording/web-chat/wording.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { linkOffer, type OfferShown } from "./link-offer.ts";
import { type PageView, threadParts } from "./thread-parts.ts";
import { wordsForScript } from "./words-for-script.ts";

/** The content of a page. */
export type PageContent = {
  readonly view: PageView;
  readonly county: string;
  /** The part of the head that names the script and the styles. */
  readonly head: string;
  readonly scene: string | null;
  /** Null for whoever has not said anything yet. */
  readonly thread: PageThread | null;
  /** The link and the code, as long as they are shown. */
  readonly link: (VisitorLink & { readonly address: string }) | null;
  /** A sentence that says what was not taken, and why. */
  readonly fault: string | null;
  /** The emergency reply, where words of danger could not be kept. */
  readonly emergency: string | null;
  /** Words that were not taken stay where they were written. */
  readonly text: string;
  /** How its person goes on on another platform; null where they have not asked. */
  readonly offer: OfferShown | null;
  /** Whether the form for a link that was kept stands open. */
  readonly isOpening: boolean;
};

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The whole page: it works without its script, which adds places, small photos and answers that come by themselves. */
export function page(content: PageContent): Html {
  const { view, county, head, thread, fault, emergency } = content;
  const say = webChatWordingOf(view.locale);
  const title = say.title({ county });
  return html`<!doctype html>
<html lang="${say.lang}" class="${view.isLarge ? "large" : ""}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
${raw(head)}
</head>
<body data-base="${view.base}" data-tiles="${view.tiles ?? ""}">
<header>
<h1>${title}</h1>
<p class="danger">${say.danger()}</p>
<nav aria-label="${say.larger()} · ${say.otherLanguage()}">
<a class="tool" id="size" href="${view.at("", { large: !view.isLarge })}">${view.isLarge ? say.smaller() : say.larger()}</a>
<a class="tool" href="${view.at("", { locale: other(view.locale) })}" lang="${view.locale === "en" ? "zh-CN" : "en"}">${say.otherLanguage()}</a>
</nav>
</header>
<main>
${fault === null ? "" : html`<p class="fault" role="alert" id="fault">${fault}</p>`}
${emergency === null ? "" : html`<p class="fault words" role="alert">${emergency}</p>`}
${thread === null ? html`<p class="intro">${say.intro()}</p>` : ""}
${content.link === null ? "" : linkBox(content.link, content)}
<div id="fresh">${threadParts(thread, view)}</div>
<p id="state" class="state" role="status"></p>
${sayForm(content)}
${thread === null || thread.cases.length === 0 ? "" : askForm(view)}
<details ${thread === null ? raw("open") : ""}><summary>${say.privacyTitle()}</summary><p class="words">${say.privacy({ county })}</p></details>
${thread === null ? "" : linkOffer(content.offer, view)}
${openForm(content)}
</main>
<template id="say">${raw(wordsForScript(say))}</template>
</body>
</html>
`;
}

const other = (locale: Locale): Locale => (locale === "en" ? "zh-CN" : "en");

function linkBox({ address, code }: NonNullable<PageContent["link"]>, { view }: PageContent): Html {
  const { link } = webChatWordingOf(view.locale);
  return html`<section class="link" aria-labelledby="link-title">
<h2 id="link-title">${link.title()}</h2>
<p>${link.keep()}</p>
<label for="link">${link.link()}</label>
<input id="link" type="text" readonly value="${address}">
<p>${link.code()} <strong class="code">${code}</strong></p>
<p>${link.warning()}</p>
<div class="row">
<button type="button" id="copy" hidden>${link.copy()}</button>
<form method="post" action="${view.at("/kept")}"><button>${link.kept()}</button></form>
</div>
</section>`;
}

function sayForm({ view, scene, text }: PageContent): Html {
  const say = webChatWordingOf(view.locale);
  return html`<form id="form" class="say" method="post" action="${view.at("/say")}" enctype="multipart/form-data">
<input type="hidden" name="key" value="${randomUUID()}">
<input type="hidden" name="scene" value="${scene ?? ""}">
<input type="hidden" name="lat"><input type="hidden" name="lng"><input type="hidden" name="datum">
<label for="text">${say.yourWords()}</label>
<p id="hint" class="hint">${say.wordsHint()}</p>
<textarea id="text" name="text" rows="4" aria-describedby="hint" autocomplete="off">${text}</textarea>
<label for="photo">${say.addPhotos({ most: MOST_PHOTOS })}</label>
<input id="photo" type="file" name="photo" accept="image/*" multiple>
<fieldset id="place" hidden>
<legend>${say.place.title()}</legend>
<div class="row">
<button type="button" id="by-map">${say.place.byMap()}</button>
<button type="button" id="by-phone" hidden>${say.place.byPhone()}</button>
</div>
<div id="map-box" hidden></div>
<p id="chosen" role="status">${say.place.none()}</p>
<button type="button" id="no-place" hidden>${say.place.remove()}</button>
</fieldset>
<button class="send" id="send">${say.send()}</button>
</form>`;
}

/** How far it is, asked with one touch. */
function askForm(view: PageView): Html {
  const say = webChatWordingOf(view.locale);
  return html`<form class="quick" method="post" action="${view.at("/say")}" enctype="multipart/form-data">
<input type="hidden" name="key" value="${randomUUID()}">
<button name="text" value="${view.locale === "en" ? "status" : "进度"}">${say.ask()}</button>
</form>`;
}

function openForm({ view, isOpening }: PageContent): Html {
  const { link } = webChatWordingOf(view.locale);
  return html`<details id="open" ${isOpening ? raw("open") : ""}>
<summary>${link.openTitle()}</summary>
<p>${link.openHint()}</p>
<form method="post" action="${view.at("/open")}">
<label for="kept-link">${link.pasteLink()}</label>
<input id="kept-link" type="text" name="token" autocomplete="off" autocapitalize="off" spellcheck="false" required>
<label for="code">${link.typeCode()}</label>
<input id="code" type="text" name="code" inputmode="numeric" autocomplete="off" required>
<button>${link.open()}</button>
</form>
</details>`;
}
