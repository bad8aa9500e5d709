import { randomUUID } from "node:crypto";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { isShown, type PageCase, type PageFile, type PageSent } from "../../casework/answer-page/show-page.ts";
import { LONGEST_ANSWER, MOST_ANSWER_PHOTOS } from "../../domain/answer-page/limits.ts";
import { LARGEST_PHOTO_BYTES } from "../../domain/web-chat/said.ts";
import type { AnswerPageWording } from "../../domain/wording/answer-page/sentences.ts";
import { answerPageWordingOf } from "../../domain/wording/answer-page/wording.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { inTemplate } from "../public-pages/words-in-page.ts";
import type { AnswerForm } from "./answer-form.ts";
import { PAGE_HOWS } from "./answer-form.ts";

/** The way in which a page is looked at, and its address. */
export type AnswerView = {
  readonly locale: Locale;
  readonly isLarge: boolean;
  readonly base: string;
  /** An address below it that keeps how it is looked at, or changes that. @param link the id of the link that it shows */
  at(path: string, link: string | null, change?: { readonly locale?: Locale; readonly large?: boolean }): string;
};

/** The part of a form that was not taken: it stays where it was written. */
type Written = Pick<AnswerForm, "text" | "act" | "how">;

/** The content of a page. `shown` is null before a link is opened, and where it shows nothing any more. */
export type AnswerPageContent = {
  readonly view: AnswerView;
  readonly county: string;
  /** The part of the head that names the script and the styles. */
  readonly head: string;
  readonly link: string | null;
  readonly shown: PageCase | null;
  readonly sent: PageSent | null;
  /** A sentence that says why nothing is shown, or what was not taken. */
  readonly fault: string | null;
  readonly written: Written | null;
};

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The whole page of a deputy's answer: it works without its script, which opens the link with one touch and makes photos small. */
export function answerPage(content: AnswerPageContent): Html {
  const { view, county, head, fault, link, shown, sent } = content;
  const say = answerPageWordingOf(view.locale);
  const title = say.title({ county });
  const another = view.locale === "en" ? "zh-CN" : "en";
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
<body data-base="${view.base}" data-link="${link ?? ""}">
<header>
<h1>${title}</h1>
<nav aria-label="${say.larger()} · ${say.otherLanguage()}">
<a class="tool" id="size" href="${view.at("", link, { large: !view.isLarge })}">${view.isLarge ? say.smaller() : say.larger()}</a>
<a class="tool" id="language" href="${view.at("", link, { locale: another })}" lang="${another}">${say.otherLanguage()}</a>
</nav>
</header>
<main>
${fault === null ? "" : html`<p class="fault" role="alert" id="fault">${fault}</p>`}
${shown !== null ? caseParts(content, shown) : sent !== null ? sentParts(content, sent) : openParts(content)}
</main>
<template id="say">${raw(inTemplate(wordsForScript(say)))}</template>
</body>
</html>
`;
}

/** Looking opens nothing: a person touches the button, or gives the link itself. */
function openParts({ view }: AnswerPageContent): Html {
  const say = answerPageWordingOf(view.locale);
  return html`<p class="intro">${say.intro()}</p>
<form id="open" method="post" action="${view.at("/open", null)}">
<input type="hidden" name="key" value="${randomUUID()}">
<button class="send" id="open-now" type="button" hidden>${say.open()}</button>
<div id="paste">
<p class="hint">${say.pasteHint()}</p>
<label for="token">${say.pasteLink()}</label>
<input id="token" class="wide" type="text" name="token" autocomplete="off" autocapitalize="off" spellcheck="false" required>
<button>${say.open()}</button>
</div>
</form>
<p id="state" class="state" role="status"></p>`;
}

function caseParts(content: AnswerPageContent, shown: PageCase): Html {
  const { view } = content;
  const say = answerPageWordingOf(view.locale);
  const { number, place, due, isLate, lines, files } = shown;
  return html`<section aria-labelledby="case-title">
<h2 id="case-title">${say.caseTitle({ number })}</h2>
<p>${say.due({ due, isLate })}</p>
${place === "" ? "" : html`<p>${say.place({ place })}</p>`}
<p class="hint">${say.private()}</p>
</section>
<section aria-labelledby="thread-title">
<h2 id="thread-title">${say.thread()}</h2>
${lines.map(
  ({ party, text, at }) => html`<article class="line ${party === "deputy" ? "visitor" : "service"}">
<h3>${party === "deputy" ? say.deputy() : say.resident()} <time datetime="${at}">${at}</time></h3>
<p class="words">${text}</p>
</article>`,
)}
${files.map((file) => fileOn(file, content))}
${shown.areFilesWithheld ? html`<p class="hint">${say.filesWithheld()}</p>` : ""}
</section>
${answerForm(content, shown)}`;
}

/** A photo is shown and a recording played where browsers can; whatever else there is can be kept. */
function fileOn({ name, form, contentType }: PageFile, { view, link }: AnswerPageContent): Html {
  const say = answerPageWordingOf(view.locale);
  const address = view.at(`/photo/${name}`, link);
  if (form === "image") return html`<img class="shown" src="${address}" alt="${say.photo()}" loading="lazy">`;
  if (form !== "voice") return html`<p><a class="tool" href="${address}" download>${say.file()}</a></p>`;
  if (!isShown(contentType)) return html`<p><a class="tool" href="${address}" download>${say.recording()}</a></p>`;
  return html`<p>${say.recording()}</p><audio controls preload="none" src="${address}" aria-label="${say.recording()}"></audio>`;
}

function answerForm({ view, link, written }: AnswerPageContent, { asksHow }: PageCase): Html {
  const say = answerPageWordingOf(view.locale);
  const checked = (isSo: boolean) => (isSo ? raw("checked") : "");
  return html`<form id="form" class="say" method="post" action="${view.at("/answer", link)}" enctype="multipart/form-data">
<input type="hidden" name="key" value="${randomUUID()}">
<input type="hidden" name="l" value="${link ?? ""}">
<fieldset>
<legend>${say.act()}</legend>
<label class="choice"><input type="radio" name="act" value="reply" required ${checked(written?.act === "reply")}> ${say.reply()}</label>
<label class="choice"><input type="radio" name="act" value="close" required ${checked(written?.act === "close")}> ${say.close()}</label>
</fieldset>
${
  asksHow
    ? html`<fieldset>
<legend>${say.how()}</legend>
${PAGE_HOWS.map((one) => html`<label class="choice"><input type="radio" name="how" value="${one}" ${checked(written?.how === one)}> ${say.hows[one]}</label>`)}
</fieldset>`
    : ""
}
<label for="text">${say.yourWords()}</label>
<p id="hint" class="hint">${say.wordsHint({ most: LONGEST_ANSWER })}</p>
<textarea id="text" name="text" rows="6" aria-describedby="hint" autocomplete="off">${written?.text ?? ""}</textarea>
<label for="photo">${say.addPhotos({ most: MOST_ANSWER_PHOTOS })}</label>
<p id="photo-hint" class="hint">${say.photosHint()}</p>
<input id="photo" type="file" name="photo" accept="image/*" multiple aria-describedby="photo-hint">
<p id="state" class="state" role="status"></p>
<button class="send" id="send">${say.send()}</button>
</form>`;
}

function sentParts({ view, link }: AnswerPageContent, { number, isClosing, text, photos }: PageSent): Html {
  const say = answerPageWordingOf(view.locale);
  return html`<section aria-labelledby="sent-title">
<h2 id="sent-title">${say.sentTitle()}</h2>
<p role="status" id="sent">${say.sentHint({ number, isClosing })}</p>
${text === "" ? "" : html`<article class="line visitor"><p class="words">${text}</p></article>`}
${photos.map((name) => html`<img class="shown" src="${view.at(`/photo/${name}`, link)}" alt="${say.sentTitle()}" loading="lazy">`)}
</section>`;
}

function wordsForScript(say: AnswerPageWording): Record<string, string> {
  const { refused } = say;
  return {
    ...{
      lang: say.lang,
      send: say.send(),
      sending: say.sending(),
      tryAgain: say.tryAgain(),
      noNetwork: say.noNetwork(),
    },
    ...{ larger: say.larger(), smaller: say.smaller(), notStored: refused.notStored(), wrongLink: refused.wrongLink() },
    ...{ noPhoto: refused.noPhoto(), tooLarge: refused.tooLarge({ megabytes: LARGEST_PHOTO_BYTES / 1024 / 1024 }) },
    tooManyPhotos: refused.tooManyPhotos({ most: MOST_ANSWER_PHOTOS }),
  };
}
