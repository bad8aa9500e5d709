import type { Locale } from "../wording.ts";

/** The words of a short message that only says that an answer waits: nothing of any case. @param link of the page for those without the app; null without */
export function answerWaits(
  locale: Locale,
  where: { readonly platform: string; readonly link: string | null },
): string {
  const { platform, link } = where;
  if (locale === "en") {
    const page = link === null ? "" : ` Or open our page: ${link}`;
    return `People's Congress deputies' station: there is an answer for you. Open ${platform} and send us any word to read it.${page}`;
  }
  const page = link === null ? "" : `也可以打开我们的网页： ${link}`;
  return `人大代表联络站：有给您的回复。请打开${platform}，给我们随便发一句话，就能看到。${page}`;
}
