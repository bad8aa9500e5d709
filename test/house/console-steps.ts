/**
 * A step of a part: its folders, each with what is in it.
 *
 * A name that ends in `.ts` is a file beside the folders, `.` is all of those files, `*` every folder that has no name here.
 */
export type Step = Readonly<Record<string, string>>;

/** The folders of the office's console from the ground up. */
export const CONSOLE_STEPS: readonly Step[] = [
  { words: "every word that the console says, by language", styles: "how it looks" },
  { client: "the way to the API; language, times, keys, drafts" },
  { parts: "what several pages share: dialogs, tables, marks, notes" },
  {
    "sign-in": "signing in, enrolling, invitations",
    reading: "what is kept closed, opened for a reason that is written down: the form, and what a resident sent",
    printing: "posters that are printed: asked for, and the file when it is there",
    findings: "what the check of uploaded lists found, and how long work on them ended",
  },
  { "rule-content": "rules while they are edited: clicked, written, put together; pure" },
  { shell: "what stands around every page: navigation, session, freshness, failures" },
  { duty: "who is on duty for urgent cases, and the own chat in which one is told" },
  { "trial-mode": "a county's trial: who is listed, what was held back, beginning and ending it" },
  { "rule-editing": "the editor of a draft of the rules: order, one rule, its proof; saving" },
  {
    today: "what waits for a person",
    cases: "the list of cases",
    intake: "a person's matter, taken down at a desk",
    phone: "the calls that have to be made",
    case: "one case and what is done with it",
    deliveries: "what has not arrived, why, and who acts",
    unread: "messages that were answered without a case",
    accounts: "the county's accounts at platforms",
    audit: "who read what, what happened, and whether the records are whole",
    account: "the own account",
    staff: "the people of the office",
    people: "the deputies: who is where, who is away",
    units: "the units that work on cases: who speaks for them, what they hold",
    topics: "what many people told: list, one of them, joined, taken apart, answered at once",
    "other-systems": "the case systems of others: how they answer, what could not be sent",
    petitions: "petitions: what waits for its written notice, and the notice",
    recordings: "recordings that somebody listens to, and what they have heard",
    places: "grids, stations, units and other names: the map, the tables, posters",
    successions: "who follows whom on a day",
    imports: "lists brought in: checked cell by cell, then imported",
    statistics: "figures, how each is computed, and reports of them",
    settings: "what the county sets for itself, tokens, what this version is made of",
    understanding: "what the county teaches its own layer of understanding",
    setup: "the first setting up of a county, step by step",
    rules: "the versions of the rules, and one of them",
    "rule-proof": "what a version of the rules changes for whom: dry run, review, comparison, one message, use",
    coverage: "who answers for each grid",
    answers: "what is answered at once: the library of answers, the reception days",
    "clock-rules": "the rules of deadlines: those in force, and those that wait for a review",
  },
  { ".": "the routes, and where it begins" },
];
