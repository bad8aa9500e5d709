import type { trialMode as zh } from "../../zh/county/trial-mode.ts";

/** The English words of a county's trial. */
export const trialMode: typeof zh = {
  about: [
    "In a trial only the people listed below receive messages. What is meant for anybody else is held back and shown under Deliveries; it is never said to be sent.",
    "Other residents lose nothing: their cases are opened as ever and the office sees them. They are told that the service is not open yet, and where to turn. Danger to life is answered with the emergency card as ever.",
  ],
  isOn: (at, by) => `● On trial since ${at} (${by})`,
  isOff: "○ No trial: everybody receives what is meant for them.",
  wasEnded: (at, by) => `○ Open since ${at} (${by}): everybody receives what is meant for them.`,
  people: "Who is listed",
  deputies: "Deputies who try it",
  staff: "Staff who try it",
  staffAbout:
    "Staff try it from their own telephone, as residents: follow the account and send the words beside your name.",
  noPeople: "Nobody is listed: nobody but the rehearsal receives anything.",
  unbound: "no chat bound yet",
  joined: "✓ telephone joined",
  say: (code) => `send: trial ${code}`,
  notYet: "once the trial is on, the words to send stand here",
  save: "Save the list",
  saved: "The list is saved.",
  hasChanged: "The list was changed and is not saved.",
  held: "Held back",
  nothingHeld: "Nothing is held back.",
  heldLine: (residents, deputies, since) =>
    `${residents} for residents, ${deputies} for deputies; the oldest of ${since}.`,
  look: "Look at each",
  begin: "Begin the trial…",
  beginTitle: "Begin the trial",
  beginText: (people) =>
    `From now on only the ${people} people listed receive messages. Residents who write are told that the service is not open yet.`,
  beginGo: "Begin the trial",
  end: "Go live…",
  endTitle: "Go live",
  endText: "From now on residents and deputies receive what is meant for them.",
  decide: (count) => `What becomes of the ${count} held back?`,
  keep: "Send none: they stay to be looked at, and can be sent one by one later",
  send: (count) =>
    `Send the ${count} that are still of use now (no old questions and courtesies, nothing that a later message says)`,
  nothingToDecide: "Nothing is held back that needs a decision.",
  endGo: "Go live",
  begun: "The trial has begun.",
  ended: "The county is live.",
  looksOnly: "The county office changes it.",
};
