import type { Due } from "../../domain/calendar/due.ts";
import type { EmergencyTopic } from "../../domain/danger/emergency.ts";
import { excerpt } from "../../domain/text/excerpt.ts";
import { quote, quotedExcerpt, quoteMasked } from "../../domain/text/quote.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import { type Locale, wordingOf } from "../../domain/wording/wording.ts";

/** The words that somebody would read of a supposed message. */
export type Told = { readonly to: "resident" | "deputy" | "unit"; readonly text: string };

/** The number of a case that there is not. */
const NO_NUMBER = "0000-000000";
const SUMMARY_LENGTH = 60;
const MATTER_LENGTH = 30;

/** The words that people would read of a supposed message, oldest first, in the resident's language; deputies read Chinese. */
export function wordsFor(about: {
  readonly locale: Locale;
  readonly dueOn: Due;
  readonly topics: readonly EmergencyTopic[];
  readonly text: string;
  readonly isSealed: boolean;
  readonly holder: Holder;
  readonly grid: { readonly township: string; readonly name: string } | null;
  readonly deputy: { readonly code: string } | null;
}): Told[] {
  const { locale, dueOn, topics, text, isSealed, holder, grid, deputy } = about;
  const wording = wordingOf(locale);
  const priority = topics.length > 0;
  const place = grid === null ? "" : `${grid.township}${grid.name}`;
  const summary = excerpt(text, SUMMARY_LENGTH);
  const emergency: Told[] = priority ? [{ to: "resident", text: wording.emergency({ topics }) }] : [];
  if (isSealed) {
    return [...emergency, { to: "resident", text: wording.sealedReceipt({ number: NO_NUMBER, dueOn, priority }) }];
  }
  const receipt = wording.receipt({
    ...{ number: NO_NUMBER, holder, dueOn, priority },
    place: place === "" ? null : { label: place, by: "told" },
    matter: quotedExcerpt(quote(summary), MATTER_LENGTH),
  });
  if (deputy === null) return [...emergency, { to: "resident", text: receipt }];
  const line = {
    ...{ number: NO_NUMBER, text: quoteMasked(text), place, priority, dueOn },
    ...{ state: "assigned" as const, overdue: false, isByMinor: false },
  };
  return [
    ...emergency,
    { to: "deputy", text: wordingOf("zh-CN").newCase({ line, isReopened: false }) },
    { to: "resident", text: receipt },
  ];
}
