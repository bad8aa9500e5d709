import type * as zh from "../zh/today.ts";

/** The English words of Today: each section with what it is and what the button does. */
export const today: typeof zh.today = {
  title: "Today",
  empty: "Nothing waits for you today.",
  oldest: (ago) => `oldest: ${ago}`,
  all: "See all",
  nothing: "✓ none",
  sections: {
    danger: "Danger",
    triage: "To assign",
    late: "Late",
    "due-today": "Due today",
    undelivered: "Answers not delivered",
    "own-open": "Open at my station",
    "grids-without-person": "Grids without a person",
    "grids-by-phone": "Grids reached by phone alone",
    "rulesets-to-review": "Rules that wait for review",
    "rules-expiring": "Rules that expire soon",
    "data-requests": "Residents who ask for or about their data",
    sealed: "Sealed (county office alone)",
    "sealed-readings": "Sealed cases that were opened",
    audit: "Records that do not verify",
    readings: "Recent readings",
    "failed-sends": "Failed sends",
    "stuck-messages": "Stuck messages",
  },
  acts: {
    danger: "Look at once",
    triage: "One by one",
    late: "Look",
    "due-today": "Look",
    undelivered: "Deal with it",
    "own-open": "Look",
    sealed: "Open…",
    other: "Look",
  },
};
