import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { type Words, zhCN } from "../words/zh-CN.ts";
import { type Times, timesIn } from "./times.ts";

/** The languages of the console, Chinese first. */
export type Locale = "zh-CN" | "en";

type Language = {
  readonly locale: Locale;
  readonly words: Words;
  readonly times: Times;
  choose(locale: Locale): void;
};

const KEPT = "liaison.locale";
/** The lists of words that are here: English ones come with the first page that needs them. */
const lists: { readonly "zh-CN": Words; en?: Words } = { "zh-CN": zhCN };
const Context = createContext<Language | null>(null);

/** Loads the words and times of a language: of the page's before it is shown, of another for a text that somebody else reads. */
export async function loadLanguage(locale: Locale): Promise<{ readonly words: Words; readonly times: Times }> {
  if (locale === "en") lists.en ??= (await import("../words/en.ts")).en;
  return { words: wordsOf(locale), times: timesIn(locale) };
}

function wordsOf(locale: Locale): Words {
  return lists[locale] ?? zhCN;
}

function isLocale(value: string | null): value is Locale {
  return value === "zh-CN" || value === "en";
}

/** The language that the address asks for, else the one that was chosen here before; null for neither. */
export function chosenLocale(): Locale | null {
  const asked = new URLSearchParams(location.search).get("lang");
  const kept = localStorage.getItem(KEPT);
  return isLocale(asked) ? asked : asked === "zh" ? "zh-CN" : isLocale(kept) ? kept : null;
}

/** Gives everything below the words of one language, which are loaded, and the means to choose another. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(() => {
    const chosen = chosenLocale();
    if (chosen !== null) localStorage.setItem(KEPT, chosen);
    return chosen ?? "zh-CN";
  });
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = wordsOf(locale).shell.product;
  }, [locale]);
  const language = useMemo<Language>(
    () => ({
      locale,
      words: wordsOf(locale),
      times: timesIn(locale),
      choose(next) {
        localStorage.setItem(KEPT, next);
        // What cannot be loaded now is not chosen.
        void loadLanguage(next).then(
          () => setLocale(next),
          () => undefined,
        );
      },
    }),
    [locale],
  );
  return <Context value={language}>{children}</Context>;
}

/** The language in which this part of the page speaks. */
export function useLanguage(): Language {
  const language = useContext(Context);
  if (language === null) throw new Error("There is no language around this.");
  return language;
}

/** The words of the language in which this part of the page speaks. */
export function useWords(): Words {
  return useLanguage().words;
}
