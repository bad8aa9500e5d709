import type * as zh from "../../zh/case/events.ts";

const HOW: Readonly<Record<string, string>> = {
  "walk-in": "somebody came; taken down in their presence",
  phone: "somebody rang up; taken down",
  paper: "a letter on paper; taken down",
  other: "told in another way, taken down",
};
const CALLED: Readonly<Record<string, string>> = {
  reached: "called, and spoke to them",
  "not-reached": "called, nobody answered",
  "wrong-number": "called, it is a wrong number",
  here: "they came, and were told face to face",
};

const REPORTED: Readonly<Record<string, string>> = {
  done: "it is done",
  partly: "a part is done",
  planned: "it is planned",
  refused: "it cannot be done",
};

const STEP: Readonly<Record<string, string>> = {
  told: "told by telephone",
  progress: "said how far it is",
  extension_asked: "wants more time",
  extended: "was given more time",
  extension_refused: "was not given more time",
  taken_back: "the case was taken back",
};

const RETURNED: Readonly<Record<string, string>> = {
  not_ours: ": not theirs",
  unclear: ": unclear",
  other: ": another reason",
};
const CHECKED: Readonly<Record<string, string>> = {
  fixed: "says it is done",
  partly: "says a part is done",
  not_fixed: "says it is not done",
};
const JUDGED: Readonly<Record<string, string>> = {
  confirmed: "says it is done and ",
  denied: "says it is not done and ",
};
const KNOWN: Readonly<Record<string, string>> & { readonly unsaid: string } = {
  visit: "was there",
  photo: "saw a photo",
  phone: "asked by telephone or saw a photo",
  unit_word: "as the unit says; did not look",
  resident_word: "as the resident says; did not look",
  unsaid: "did not say how they know",
};

/** What was added that no resident wrote. */
function added({ kinds }: Readonly<Record<string, unknown>>): string | null {
  const first = Array.isArray(kinds) ? String(kinds[0]) : "";
  const said: Readonly<Record<string, string>> = {
    "unit-word": "The resident was told what the unit says, and that no deputy has looked",
    "unit-photo": "The unit sent a photo",
    correction: "The deputy corrected what the resident was told",
  };
  return said[first] ?? null;
}

const ESCALATED: Readonly<Record<string, string>> = {
  station: "Late without an answer; its station was asked to see to it",
  office: "Late without an answer; the office sees to it now",
  leader: "Late without an answer; reported to the office's leaders",
};

/** The English sentence for each thing that can happen to a case. */
export const events: typeof zh.events = {
  opened: () => "The resident wrote; the case was opened",
  placed: (d) => (d.grid == null ? "The place is not known yet" : `Placed in grid ${String(d.grid)}`),
  assigned: (d) => `Given to ${d.deputy == null ? "a deputy" : `deputy ${String(d.deputy)}`}`,
  left_to_office: () => "Left to the county office",
  taken: (d) => `Taken by ${d.deputy == null ? "a deputy" : `deputy ${String(d.deputy)}`}`,
  message_added: (d) =>
    added(d) ?? (d.from == null ? "The resident wrote again" : `The resident of ${String(d.from)} wrote`),
  replied: () => "The resident was answered",
  referred: (d) => `Referred to unit ${String(d.unit ?? "")}`,
  unit_accepted: (d) => `Accepted by unit ${String(d.unit ?? "")}`,
  unit_returned: (d) => `Given back by unit ${String(d.unit ?? "")}`,
  unit_reported: (d) => `Unit ${String(d.unit ?? "")} says: ${REPORTED[String(d.result)] ?? "there is a result"}`,
  reminded: () => "Reminded",
  returned: (d) => `Handed back by the deputy${RETURNED[String(d.ground)] ?? ""}`,
  assisted: (d) => `${d.deputy == null ? "A deputy" : `Deputy ${String(d.deputy)}`} helps`,
  assist_ended: (d) => `${d.deputy == null ? "A deputy" : `Deputy ${String(d.deputy)}`} does not help any more`,
  accepted: () => "The deputy has seen it, and the resident is told",
  unit_step: (d) => `Unit ${String(d.unit ?? "")}: ${STEP[String(d.step)] ?? "news"}`,
  visited: () => "The deputy was there",
  site_asked: (d) => `The grid worker of ${String(d.grid ?? "")} was asked to look`,
  site_noted: (d) =>
    `The grid worker of ${String(d.grid ?? "")} ${d.shown === "photo" ? "sent a photo" : "told what they saw"}`,
  checked: (d) => `The deputy ${CHECKED[String(d.result)] ?? "looked"} (${KNOWN[String(d.how)] ?? KNOWN.unsaid})`,
  closed: (d) => {
    if (d.because === "rehearsal-over")
      return "Ended by itself with the rehearsals when the county went live; nobody was told";
    const [by, code] = String(d.how ?? "").split(":");
    if (code !== undefined)
      return by === "calendar"
        ? `Answered at once with a reception day (${code})`
        : `Answered at once from the library (${code})`;
    return d.how == null ? "Closed" : `Closed (${KNOWN[String(d.how)] ?? KNOWN.unsaid})`;
  },
  reopened: (d) => (d.why === "corrected" ? "Opened again: the resident put right what they had said" : "Reopened"),
  rated: (d) => `The resident ${JUDGED[String(d.claim)] ?? ""}rated it ${String(d.rating ?? "")}`,
  settled: () => "The resident was asked whether it is done, and never said",
  categorised: (d) => (d.category == null ? "Category removed" : `Category set to ${String(d.category)}`),
  placed_by_hand: (d) => `Placed by the office ${d.grid == null ? "" : `in grid ${String(d.grid)}`}`,
  noted: () => "An internal note was written",
  due_changed: (d) => `Due day changed ${String(d.dueOn ?? "")}`,
  sealed: () => "Sealed",
  taken_down: (d) =>
    `${HOW[String(d.how)] ?? "taken down for somebody"}${d.saidAt == null ? "" : `; said ${String(d.saidAt)}, as the sheet has it`}`,
  contact_set: ({ way }) => (way === "chat" ? "told by chat now" : way === "phone" ? "left a number" : "comes again"),
  phoned: (d) =>
    `${CALLED[d.isHere === true ? "here" : String(d.result)] ?? "called"}${d.to === "joined" ? " (somebody who joined)" : ""}`,
  merged: (d) =>
    d.from == null ? `Merged into ${String(d.into ?? "another case")}` : `${String(d.from)} was merged into this one`,
  unmerged: (d) => (d.from == null ? "Taken apart, stands by itself" : `${String(d.from)} was taken out`),
  split: (d) =>
    d.from == null
      ? `Another matter of the same message: ${String(d.into ?? "another case")}`
      : `Told in one message with ${String(d.from)}, handled apart`,
  left: (d) => `Belongs to topic ${String(d.topic ?? "")} no more`,
  joined: (d) =>
    d.topic != null
      ? `The same as others told: belongs to topic ${String(d.topic)}`
      : d.from == null
        ? `The same as ${String(d.into ?? "another case")}, where its words are now`
        : `${String(d.from)} is the same: its words are here now`,
  unseal_proposed: () => "Unsealing was proposed",
  unseal_refused: () => "Unsealing was not agreed to",
  unsealed: () => "Unsealed: an ordinary case from now on",
  clock_set: () => "Deadlines were set",
  clock_missed: () => "A deadline passed",
  paused: () => "Waiting for the resident; the deadlines stand still",
  resumed: () => "The resident answered; the deadlines go on",
  escalated: (d) => ESCALATED[String(d.to)] ?? "Nobody answered; it was passed upwards",
  acknowledged: () => "Somebody sees to the danger",
  marked_minor: (d) =>
    d.minor === false
      ? "the office: no child wrote it"
      : d.why == null
        ? "the office: a child wrote it"
        : "a child seems to write",
  petition: (d) => (d.petition === false ? "the office: no petition" : "a petition: a written notice is owed"),
  notice_given: (d) => `${String(d.number ?? "notice")} given (${d.way === "chat" ? "by chat" : "on paper"})`,
  marked_unnamed: () => "the resident asked that nobody learns who they are",
  corrected: (d) => (d.about === "place" ? "the resident put the place right" : "the resident put their words right"),
  transcription_due: () => "a recording could not be read; the office is to listen to it",
  transcribed: (d) =>
    d.understood === false
      ? "listened to the recording, could not make it out, and asked the resident to say it again"
      : "listened to the recording and wrote the words down",
  other: () => "Something changed",
};
