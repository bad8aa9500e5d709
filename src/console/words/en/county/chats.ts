import type { chats as zh } from "../../zh/county/chats.ts";

/** The English words about who speaks in chat for a station, or as the worker of a grid. */
export const chats: typeof zh = {
  open: "Who is in chat…",
  title: {
    stations: (name) => `Who speaks in chat for ${name}`,
    grids: (name) => `Grid workers of ${name}`,
  },
  what: {
    stations:
      "The people of a station take down in chat what visitors say, make its calls and pass cases on. They see the station's own cases, and no sealed one.",
    grids:
      "A grid worker sees in chat what is open in the grid (nothing sealed, of a child, a petition, or of somebody who stays unnamed) and can tell its deputy what they saw on the spot, with photos. The resident does not see what they say.",
  },
  list: "People in chat",
  nobody: "Nobody yet. Make a code and hand it over; in chat they send “绑定 CODE”.",
  since: (at) => `bound ${at}`,
  codes: (count) => `Codes not used yet: ${count}.`,
  end: "End",
  endYes: "Yes, end it",
  endAsk: {
    stations: "This person speaks for the station no more; what they write is heard as a resident's. Are you sure?",
    grids: "This person is the grid's worker no more; what they write is heard as a resident's. Are you sure?",
  },
  ended: "✓ Done.",
  invite: "Make a code",
  inviteOnce: "Shown this once, good for 14 days and one use:",
  inviteSay: (code) => `绑定 ${code}`,
  inviteUntil: (day) => `Last day: ${day}`,
  inviteGone: "This code has been shown and is not shown again. Close this and make another.",
};
