import { type Context, Hono } from "hono";
import { html, raw } from "hono/html";
import type { Logger } from "pino";
import { toDataURL } from "qrcode";
import { countyByCode } from "../../casework/county/counties.ts";
import { isKnownScene } from "../../casework/places/known-scene.ts";
import { type ResidentWay, residentWays } from "../../casework/places/scene-links.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";
import { sceneIn } from "../../domain/web-chat/said.ts";
import { accountWordingOf } from "../../domain/wording/accounts/wording.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import type { Console } from "../pages/kept.ts";
import { pageFiles } from "../public-pages/page-files.ts";
import { pagePolicy } from "../public-pages/page-policy.ts";
import { requestIdOf } from "../request-id.ts";

/** The services behind the page that offers a county's ways of writing. */
export type LandingServices = {
  readonly runtime: Pick<Runtime, "database" | "accounts" | "now">;
  readonly log: Logger;
};

/** A way with the link of one scene, and its code for a phone that reads it from another screen. */
type Offered = Pick<ResidentWay, "names" | "isPage"> & { readonly url: string; readonly code: string };

/** So long a scene's links are offered again before the platforms are asked anew: less than they serve. */
const KEPT_MS = 86_400_000;
const MOST_KEPT = 2_000;
/** The pixels of a code on a phone's screen. */
const CODE_PIXELS = 220;

/**
 * The page `/c/<county>?s=<scene>` to which posters lead where a county has several accounts: it offers each platform by its name, its
 * link and its code, and the page for people without an account. It works without a script, and stores nothing.
 *
 * @param load where the styles come from; asked for once, when somebody first opens the page
 */
export function landingPages({ runtime, log }: LandingServices, load: () => Promise<Console>): Hono {
  const files = pageFiles(load);
  const kept = new Map<string, { readonly offered: Promise<readonly Offered[]>; readonly until: number }>();
  const app = new Hono().basePath("/c");

  const offeredFor = (jurisdictionId: string, scene: string): Promise<readonly Offered[]> => {
    const [key, at] = [`${jurisdictionId} ${scene}`, runtime.now().getTime()];
    const before = kept.get(key);
    if (before !== undefined && before.until > at) return before.offered;
    const offered = offer(runtime, jurisdictionId, scene);
    // What a platform did not give may be there the next time.
    const forget = () => void kept.delete(key);
    offered.then((ways) => (ways.length === 0 ? forget() : undefined), forget);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { offered, until: at + KEPT_MS });
    return offered;
  };

  app.use("/*", pagePolicy());
  app.get("/:county", async (c) => {
    const locale = localeOf(c);
    const say = accountWordingOf(locale).landing;
    const scene = sceneIn(c.req.query("s"));
    const county = await countyByCode(runtime.database, c.req.param("county"));
    const isKnown =
      county !== null &&
      scene !== null &&
      (await runtime.database.inCounty(county.id, (tx) => isKnownScene(tx, county.id, scene)));
    if (county === null || scene === null || !isKnown) return c.text(say.notThere(), 404);
    const offered = await offeredFor(county.id, scene);
    // Of the files of a page of ours the styles alone: there is no script here.
    const [styles = ""] = (await files.head()).split("\n");
    c.header("cache-control", "no-store");
    return c.html(landing({ county: county.name, styles, locale, scene, offered, inWechat: isInWechat(c) }));
  });
  app.onError((error, c: Context) => {
    log.error({ err: error, request: requestIdOf(c) }, "the page that offers a county's accounts failed");
    return c.text("Something failed here. It has been noted. 出了点问题，请过一会儿再试。", 500);
  });
  return app;
}

async function offer(runtime: LandingServices["runtime"], jurisdictionId: string, scene: string): Promise<Offered[]> {
  const offered: Offered[] = [];
  for (const way of await residentWays(runtime, jurisdictionId)) {
    const link = await way.of(scene, LIFE_SECONDS);
    if (!link.ok) continue;
    const code = await toDataURL(link.url, { width: CODE_PIXELS, margin: 2, errorCorrectionLevel: "M" });
    offered.push({ names: way.names, isPage: way.isPage, url: link.url, code });
  }
  return offered;
}

function landing(content: {
  readonly county: string;
  readonly styles: string;
  readonly locale: Locale;
  readonly scene: string;
  readonly offered: readonly Offered[];
  readonly inWechat: boolean;
}) {
  const { county, styles, locale, scene, offered, inWechat } = content;
  const say = accountWordingOf(locale).landing;
  const title = say.title({ county });
  const other = locale === "en" ? "zh" : "en";
  // Whoever reads this in an app has that app: its way comes first.
  const ways = inWechat ? offered.toSorted((a, b) => Number(isWechat(b)) - Number(isWechat(a))) : offered;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
${raw(styles)}
</head>
<body>
<header>
<h1>${title}</h1>
<p class="danger">${say.danger()}</p>
<nav aria-label="${say.otherLanguage()}"><a class="tool" href="?${new URLSearchParams({ s: scene, lang: other }).toString()}" lang="${other === "zh" ? "zh-CN" : "en"}">${say.otherLanguage()}</a></nav>
</header>
<main>
<p class="intro">${say.intro()}</p>
${ways.map(({ names, isPage, url, code }) => {
  const platform = names[locale];
  if (isPage)
    return html`<section class="way"><p><a class="tool send" href="${url}">${say.page()}</a></p><p class="hint">${say.pageHint()}</p></section>`;
  return html`<section class="way"><p><a class="tool" href="${url}">${say.open({ platform })}</a></p>
<p class="hint">${say.scan({ platform })}</p><img class="shown" src="${code}" width="${CODE_PIXELS}" height="${CODE_PIXELS}" alt="${say.scan({ platform })}"></section>`;
})}
</main>
</body>
</html>
`;
}

function isWechat({ url }: Offered): boolean {
  return /(?:^|\.)weixin\.qq\.com$/.test(URL.parse(url)?.hostname ?? "");
}

function isInWechat(c: Context): boolean {
  return /MicroMessenger/i.test(c.req.header("user-agent") ?? "");
}

function localeOf(c: Context): Locale {
  const asked = c.req.query("lang");
  const isEnglish = asked === undefined ? /^en\b/i.test(c.req.header("accept-language") ?? "") : asked === "en";
  return isEnglish ? "en" : "zh-CN";
}
