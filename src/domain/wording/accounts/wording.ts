import type { Locale } from "../wording.ts";

/** The sentences by which accounts at platforms are tried and told to residents, in one language. */
export type AccountWording = {
  /** To the tester whom somebody named. */
  testMessage(given: { readonly county: string }): string;
  landing: {
    title(given: { readonly county: string }): string;
    intro(): string;
    /** To open the chat on one platform. */
    open(given: { readonly platform: string }): string;
    /** For whoever has the page on another screen than the phone with which they want to write. */
    scan(given: { readonly platform: string }): string;
    /** To write on a page of ours. */
    page(): string;
    pageHint(): string;
    danger(): string;
    notThere(): string;
    otherLanguage(): string;
  };
};

const ZH: AccountWording = {
  testMessage: ({ county }) => `这是${county}人大代表联络站的一条测试消息，收到就说明通了，不用回复。`,
  landing: {
    title: ({ county }) => `${county}人大代表联络站`,
    intro: () => "有事对代表说，选一种您常用的方式：",
    open: ({ platform }) => `用${platform}说`,
    scan: ({ platform }) => `用${platform}扫这个码`,
    page: () => "不用账号，直接在网页上写",
    pageHint: () => "不用安装，也不用登录。",
    danger: () => "有危险时先打 110、119、120。",
    notThere: () => "没有这个页面。",
    otherLanguage: () => "English",
  },
};

const EN: AccountWording = {
  testMessage: ({ county }) =>
    `This is a test message of the deputies' liaison of ${county}. You got it, so it works; no answer is needed.`,
  landing: {
    title: ({ county }) => `${county}: tell your deputies`,
    intro: () => "Choose how you want to write to the deputies:",
    open: ({ platform }) => `Write with ${platform}`,
    scan: ({ platform }) => `Scan this code with ${platform}`,
    page: () => "Write on a page, without any account",
    pageHint: () => "Nothing to install, no login.",
    danger: () => "In danger call 110, 119 or 120 first.",
    notThere: () => "There is no such page.",
    otherLanguage: () => "中文",
  },
};

/** The sentences about accounts, in a language. */
export function accountWordingOf(locale: Locale): AccountWording {
  return locale === "en" ? EN : ZH;
}
