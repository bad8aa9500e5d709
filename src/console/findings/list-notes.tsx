import { type ListNote, sayListNote, zhListNote } from "../../domain/wording/mistakes/list-notes.ts";
import { useLanguage } from "../client/language.tsx";

/** A note about a list; a sentence where it was kept before notes had codes. */
export type KeptNote = ListNote | string;

/** The notes about uploaded lists, folded: what was left out of them or filled in. */
export function ListNotes({ notes }: { readonly notes: readonly KeptNote[] }) {
  const { words, locale } = useLanguage();
  if (notes.length === 0) return null;
  const say = locale === "zh-CN" ? zhListNote : sayListNote;
  const lines = notes.map((note) => (typeof note === "string" ? note : say(note)));
  return (
    <details>
      <summary>{words.imports.notes}</summary>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
