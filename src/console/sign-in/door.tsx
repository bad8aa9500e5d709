import type { ReactNode } from "react";
import { type Locale, useLanguage } from "../client/language.tsx";

const OTHER: Readonly<Record<Locale, Locale>> = { "zh-CN": "en", en: "zh-CN" };

/** The button that changes the language of the page; it says the name of the other language in that language. */
export function LanguageSwitch({ onChosen }: { readonly onChosen?: (locale: Locale) => void }) {
  const { locale, words, choose } = useLanguage();
  const other = OTHER[locale];
  return (
    <button
      type="button"
      className="plain-button"
      lang={other}
      onClick={() => {
        choose(other);
        onChosen?.(other);
      }}
    >
      {words.shell.otherLanguage}
    </button>
  );
}

/** The frame around signing in: the product's name, one card, the language. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { words } = useLanguage();
  return (
    <main className="door">
      <div className="door-head">
        <span className="brand">{words.shell.product}</span>
        <LanguageSwitch />
      </div>
      <section className="card door-card">
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
