import type * as zh from "../../zh/county/duty.ts";

/** The English words of who is on duty for urgent cases. */
export const duty: typeof zh.duty = {
  text: "Whoever is on duty is told of an urgent case at once, and again until somebody says “I see to it”. The office and each station have one person a day.",
  nobody: "⚠ Nobody is on duty today: of an urgent case only the deputy hears at once.",
  columns: { place: "Where", person: "Who", from: "From", until: "Until", chat: "Told in chat", acts: "Deeds" },
  office: "The county's office",
  now: "today",
  none: "The roster is empty.",
  add: "Put somebody on duty",
  remove: "Take out…",
  removeText: (who, where, from, until) => `Take ${who} off duty at ${where} (${from} to ${until})?`,
  form: { place: "Where", person: "Who", from: "From", until: "Until", add: "Put on duty" },
  hasChat: "✓ yes",
  noChat: "– in the console alone",
  saved: "✓ On the roster",
  removed: "✓ Taken out",
  mine: "My own chat",
  mineText: "Once a chat is yours, urgent cases come there too while you are on duty; reply “take” in it.",
  mineBound: "✓ A chat is yours. With another phone or account do it again.",
  getCode: "Get a code",
  sayCode: (code, until) => `Send these words to the account: duty ${code} (good until ${until})`,
  bar: (count) =>
    count === 1 ? "▲ An urgent case nobody sees to yet:" : `▲ ${count} urgent cases nobody sees to yet:`,
  look: "Look",
  take: "I see to it",
  taken: "✓ Noted: you see to it",
  onCase: "▲ This is urgent, and nobody has said yet that they see to it.",
};
