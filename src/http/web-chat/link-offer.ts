import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import qrcode from "qrcode";
import type { LinkOffer } from "../../casework/persons/link-offer.ts";
import { webChatWordingOf } from "../../domain/wording/web-chat/wording.ts";
import type { PageView } from "./thread-parts.ts";

/** An offer as a page shows it: each platform with the picture of its code. */
export type OfferShown = {
  readonly code: string;
  readonly platforms: readonly { readonly name: string; readonly url: string; readonly picture: string }[];
};

/** Draws the codes of an offer. */
export async function drawOffer({ code, platforms }: LinkOffer, { locale }: PageView): Promise<OfferShown> {
  const drawn = platforms.map(async ({ names, url }) => ({
    ...{ name: names[locale], url },
    picture: await qrcode.toDataURL(url, { width: 240, margin: 4, errorCorrectionLevel: "M" }),
  }));
  return { code, platforms: await Promise.all(drawn) };
}

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The part of a page by which its person goes on on another platform: a button, or what was offered by it. */
export function linkOffer(offer: OfferShown | null, view: PageView): Html {
  const { elsewhere } = webChatWordingOf(view.locale);
  return html`<details id="elsewhere" ${offer === null ? "" : raw("open")}>
<summary>${elsewhere.title()}</summary>
<p>${elsewhere.what()}</p>
${
  offer === null
    ? ""
    : html`<p>${elsewhere.say()}</p>
<p><strong class="code">${elsewhere.words({ code: offer.code })}</strong></p>
<p>${elsewhere.warning()}</p>
${offer.platforms.map(
  ({ name, url, picture }) => html`<figure>
<img src="${picture}" width="240" height="240" alt="${elsewhere.picture({ platform: name })}">
<figcaption><a href="${url}">${elsewhere.open({ platform: name })}</a></figcaption>
</figure>`,
)}`
}
<form method="post" action="${view.at("/link")}"><button>${offer === null ? elsewhere.ask() : elsewhere.again()}</button></form>
</details>`;
}
