import { randomUUID } from "node:crypto";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { PageLine, PageThread } from "../../casework/web-chat/thread.ts";
import { webChatWordingOf } from "../../domain/wording/web-chat/wording.ts";
import { type Locale, wordingOf } from "../../domain/wording/wording.ts";

/** The way in which a page is looked at, and its address. */
export type PageView = {
  readonly locale: Locale;
  readonly isLarge: boolean;
  /** The address of the account's page. */
  readonly base: string;
  readonly timeZone: string;
  /** The template of the map's tiles; null where there are none. */
  readonly tiles: string | null;
  /** An address below it that keeps how it is looked at, or changes that. */
  at(path: string, change?: { readonly locale?: Locale; readonly large?: boolean }): string;
};

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The parts of a page that change while it is open: the cases, and what was said. Nothing for whoever has not said anything yet. */
export function threadParts(thread: PageThread | null, view: PageView): Html | "" {
  if (thread === null) return "";
  const say = webChatWordingOf(view.locale);
  const { lines, cases } = thread;
  const newest = lines.at(-1);
  const asked = lines.findLast(({ by, choices }) => by === "visitor" || choices.length > 0);
  return html`${cases.length === 0 ? "" : caseList(thread, view)}
<section aria-labelledby="thread-title">
<h2 id="thread-title">${say.thread()}</h2>
<div id="lines" role="log" aria-labelledby="thread-title" data-newest="${thread.newest}">
${lines.map((line) => lineOf(line, view, line === asked))}
</div>
${newest?.by === "service" ? "" : html`<p class="hint" id="nothing-yet">${say.nothingYet()}</p>`}
</section>`;
}

function caseList({ cases }: PageThread, view: PageView): Html {
  const say = webChatWordingOf(view.locale);
  const words = wordingOf(view.locale);
  return html`<section id="cases" aria-labelledby="cases-title">
<h2 id="cases-title">${say.yourCases()}</h2>
<ul>${cases.map(({ number, state, outcome, due }) => {
    const stands = outcome === null ? words.state(state) : `${words.state(state)}（${words.outcome(outcome)}）`;
    return html`<li>${say.caseLine({ number, state: stands, due })}</li>`;
  })}</ul>
</section>`;
}

/** A line; only the last question after the visitor's own words can be answered with a touch: later a number may mean something else. */
function lineOf(line: PageLine, view: PageView, isAsked: boolean): Html {
  const { id, by, at, text, choices, closing, photo } = line;
  const say = webChatWordingOf(view.locale);
  const when = new Intl.DateTimeFormat(view.locale, {
    ...{ timeZone: view.timeZone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false },
  }).format(at);
  const words = [text, ...(isAsked ? [] : choices.map((choice) => `${choice.id}. ${choice.label}`)), closing];
  return html`<article id="${id}" class="line ${by}">
<h3>${by === "visitor" ? say.you() : say.station()} <time datetime="${at.toISOString()}">${when}</time></h3>
<p class="words">${words.filter((one) => one !== "").join("\n")}</p>
${photo === null ? "" : html`<img src="${view.at(`/photo/${photo}`)}" alt="${say.photo()}" loading="lazy">`}
${isAsked && choices.length > 0 ? choiceForm(line, view) : ""}
${by === "service" && text !== "" ? html`<button type="button" class="read" hidden>${say.readAloud()}</button>` : ""}
</article>`;
}

function choiceForm({ choices }: PageLine, view: PageView): Html {
  return html`<form class="quick" method="post" action="${view.at("/say")}" enctype="multipart/form-data">
<input type="hidden" name="key" value="${randomUUID()}">
${choices.map(({ id, label }) => html`<button name="text" value="${id}">${`${id}. ${label}`}</button>`)}
</form>`;
}
