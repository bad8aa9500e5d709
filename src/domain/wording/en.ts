import type { CaseOutcome, CaseState } from "../case/case.ts";
import { enDay, enDue } from "./days.ts";
import { enAtOnce } from "./en/at-once.ts";
import { enToDeputies } from "./en/deputy.ts";
import { enEmergencies } from "./en/emergencies.ts";
import { enHandling } from "./en/handling.ts";
import { enMatters } from "./en/matters.ts";
import { enPress } from "./en/press.ts";
import { enReminders } from "./en/reminders.ts";
import { enOutOfScope } from "./en/scope.ts";
import { enServiceAnswer } from "./en/service.ts";
import { enVoice } from "./en/voice.ts";
import { enWhichAct } from "./en/which-act.ts";
import { enWhoRead } from "./en/who-read.ts";
import { enWhy } from "./en/why.ts";
import { enWriter } from "./en/writer.ts";
import type { CaseLine, Wording } from "./sentences.ts";
import type { Holder } from "./who-answers.ts";

const OFFICE = "the county congress's deputies' affairs office";
const THE_OFFICE = "The county congress's deputies' affairs office";

function who(holder: Holder): string {
  if (holder === null) return OFFICE;
  return holder.station === null ? `Deputy ${holder.deputy}` : `Deputy ${holder.deputy} (${holder.station})`;
}

function inCharge(holder: Holder): string {
  return holder === null
    ? `It will be assigned by ${OFFICE}; we will tell you who has it.`
    : `It is with ${who(holder)}.`;
}

const OUTCOMES: Readonly<Record<CaseOutcome, string>> = {
  solved: "said to be solved",
  explained: "explained",
  not_in_scope: "not within a deputy's work",
  duplicate: "the same as another case",
  withdrawn: "withdrawn",
  no_contact: "no contact, set aside",
};

/** What is said of a closing beside the deputy's own words: of "solved" nothing, for these tell how far it was. */
const CLOSED_AS: Readonly<Record<CaseOutcome, string>> = {
  ...OUTCOMES,
  solved: "",
  explained: ", with an explanation",
  not_in_scope: " as not within a deputy's work",
  duplicate: " as the same as another case",
};

const STATES: Readonly<Record<CaseState, string>> = {
  clarifying: "the place is not clear yet",
  triage: "waiting to be assigned",
  assigned: "a deputy has it, waiting for an answer",
  answered: "answered by the deputy",
  referred: "the deputy asks the unit in charge to handle it; the office gets in touch with them",
  closed: "closed",
};

const SHOWN = {
  photo: "We have your photo.",
  voice: "We have your voice message, but no words of it.",
  video: "We have your video.",
  file: "We have your file.",
} as const;

/** What is added to a place that nobody named in words. */
const PLACE_BY = { told: "", scene: " (the code you scanned)", home: " (where your matters were before)" } as const;

const ALL_LINES = "Police 110, fire 119, ambulance 120, road accidents 122.";

function caseLine(line: CaseLine): string {
  const state = line.outcome === null ? STATES[line.state] : `${STATES[line.state]} (${OUTCOMES[line.outcome]})`;
  const due = line.state === "closed" ? "" : `, answer ${enDue(line.dueOn)}`;
  const waits = "tell us where it is and we go on; the days that we wait for you do not count towards the answer";
  const words = line.summary === "" ? "" : ` ${line.summary}`;
  if (line.state === "clarifying") return `No. ${line.number}${words}\n${state}; ${waits}`;
  return `No. ${line.number}${words}\n${state}; ${who(line.holder)}${due}`;
}

/** The English wording: every sentence, in plain words. */
export const en: Wording = {
  ...enMatters,
  ...enHandling,
  ...enToDeputies,
  ...enReminders,
  ...enAtOnce,
  ...enWriter,
  ...enPress,
  ...enVoice,

  receipt: ({ number, holder, dueOn, priority, place, matter, isSpoken = false }) =>
    [
      `We have your message. Number ${number}${matter === "" ? "." : `: ${matter}`}`,
      ...(place === null
        ? []
        : [
            `Place: ${place.label}${isSpoken ? "" : PLACE_BY[place.by]}.${isSpoken ? "" : ' If it is wrong, reply "wrong place".'}`,
          ]),
      inCharge(holder),
      `You will hear from us ${enDue(dueOn)}.`,
      ...(priority ? ["It is treated as urgent."] : []),
      isSpoken ? "To ask how it stands, give this number." : 'To see how it stands, reply "status".',
    ].join("\n"),

  sealedReceipt: ({ number, dueOn, priority, isSpoken = false }) =>
    [
      en.receipt({ number, holder: null, dueOn, priority, place: null, matter: "", isSpoken }),
      "To report straight to the discipline inspection authorities, call 12388.",
    ].join("\n"),

  outOfScope: enOutOfScope,
  wagesRoute: ({ isAtHome }) =>
    `For unpaid wages you can also turn to the labour inspection at once: call 12333. Keep notes of debt, attendance records and chats. We do not tell your employer your name.${isAtHome ? " Where did you work? Tell us the township and the village or estate, so that the deputy there knows too." : ""}`,

  deskNotice: ({ county }) =>
    [
      `This is the liaison station of the People's Congress of ${county}. What you say is used to find the deputy in charge, to deal with the matter and to answer you.`,
      "The deputy sees what it is about and where, not your name or telephone. Your number is shown to whoever calls you back, and each time is written down.",
      "You need not give a name or a number. Tell us at any time to see, correct or delete what we have of you.",
    ].join("\n"),

  privacyNotice: ({ county, platform }) =>
    [
      `This is the liaison station of the People's Congress deputies of ${county}. What you write is used only to find the deputy in charge, to handle your matter and to answer you.`,
      `The deputy sees the matter and the place, not your ${platform} account; ID numbers, telephones and room numbers are hidden. Only ${OFFICE} can read the original.`,
      "Please do not send ID or bank card numbers.",
      'To see what we keep, reply "my data"; to have it deleted, "delete my data".',
    ].join("\n"),

  notOpen: ({ county }) =>
    [
      `The liaison station of the People's Congress deputies of ${county} is on trial and not open yet: you cannot get its usual answer now.`,
      `What you wrote is kept, and ${OFFICE} can see it.`,
      "For what cannot wait, ring 12345; in danger, ring 110, 120 or 119 at once.",
    ].join("\n"),
  notOpenToDeputy: ({ county }) =>
    `The liaison station of the People's Congress deputies of ${county} is on trial. This telephone is bound, but you are not among those who try it: no case and nothing else comes to you now. What you wrote is kept.`,
  residentsUntold: () => "(On trial: residents who are not listed are told nothing yet.)",
  trialJoined: ({ county }) =>
    `This telephone now tries the liaison station of ${county}: write as a resident would, and the service's answers come to you. The station is not open yet.`,

  askWhere: ({ number, turn, why, shown, labels, orElsewhere }) => {
    const [first = "", ...rest] = labels;
    const reason = {
      nothing: shown === null ? "Where is this?" : `${SHOWN[shown]} Where is this, and what is wrong?`,
      border: "This place lies near a border. Which side is it nearer to?",
      "name-in-several": "There are several places of that name. Which one do you mean?",
      "township-only": "Which village or estate of this township?",
      "several-places": "You named several places. Which one is it about?",
      "part-of-estate": "Which part of it?",
      "near-name": `Do you mean ${labels.join(" or ")}?`,
      "same-as-last": `Is it in ${first} again?`,
      "scanned-or-named": `Is it ${labels.join(" or ")}?`,
    }[why];
    return {
      text: `No. ${number}: ${turn === 2 ? "One more question. " : ""}${reason}`,
      labels: orElsewhere ? (rest.length === 0 ? ["Yes", "No"] : [...labels, "None of these"]) : labels,
      closing:
        labels.length === 0
          ? "Please write the village or estate, or share a location."
          : "Reply with the number. If none fits, write the village or estate, or share a location.",
    };
  },

  askWhatIsWrongHere: ({ label }) => `We have the location${label === "" ? "" : ` ${label}`}. What is wrong there?`,
  askWhatIsWrongThere: ({ place }) => `${place}, yes. What is wrong there?`,
  askToGoOn: () => "Hello, we are listening. Please say what the matter is, and where.",

  emergency: ({ topics }) => {
    const head = topics.every((topic) => topic === "self-harm") ? [] : ["People first: call for help now!"];
    return [
      ...head,
      ...topics.map((topic) => enEmergencies[topic]),
      ALL_LINES,
      "We cannot call for you. Your words are recorded and treated as urgent.",
    ].join("\n");
  },

  followUpNoted: ({ number, holder }) => `Noted, together with No. ${number}. ${inCharge(holder)}`,
  reopened: ({ number, holder, dueOn }) =>
    `No. ${number} is open again; we are sorry for the trouble. ${inCharge(holder)} You will hear from us ${enDue(dueOn)}.`,
  reply: ({ number, deputy, text }) =>
    `Deputy ${deputy} answers you (No. ${number}):\n${text}\nJust reply here: it is added to this case.`,
  closure: ({ number, deputy, outcome, text }) =>
    `Deputy ${deputy} has closed No. ${number}${CLOSED_AS[outcome]}. The deputy's words:\n${text}\nIf it is not settled, say so and it can be opened again.`,
  officeReply: ({ number, text }) =>
    `${THE_OFFICE} answers you (No. ${number}):\n${text}\nJust reply here: it is added to this case.`,
  officeClosure: ({ number, outcome, text }) =>
    [
      `${THE_OFFICE} has closed No. ${number}${CLOSED_AS[outcome]}.`,
      ...(text === null ? [] : [text]),
      "If it is not settled, say so and it can be opened again.",
    ].join("\n"),
  closingPhoto: ({ comes, at }) =>
    comes
      ? `There is a photo, which comes next; if it does not, it can be seen at ${at ?? OFFICE}.`
      : `There is a photo. Pictures cannot be sent here; it can be seen at ${at ?? OFFICE}.`,
  dueMoved: ({ number, dueOn, text }) =>
    `No. ${number} has another day: you hear from us ${enDue(dueOn)}. The reason:\n${text}`,
  correction: ({ number, deputy, text }) =>
    `A correction: what Deputy ${deputy} told you before (No. ${number}) was not right. This is what counts:\n${text}\nJust reply here: it is added to this case.`,
  reopenedByDeputy: ({ number, deputy, text, dueOn }) =>
    [
      `You were told that No. ${number} was closed. Deputy ${deputy} takes that back: it is not done, and is open again. No need to say how it was handled.`,
      ...(text === null ? [] : [text]),
      `You hear from us ${enDue(dueOn)}.`,
    ].join("\n"),
  askRating: ({ number }) => ({
    text: `How was No. ${number} handled? Your word counts.`,
    labels: ["Satisfied, solved", "Not satisfied, not solved"],
    closing: "Reply 1 if satisfied, 2 if not; you may add a few words.",
  }),
  closedWithoutContact: ({ number }) =>
    `No. ${number} is set aside, for we do not know where it is. It opens again as soon as you write.`,
  ratingNoted: ({ number }) => `Noted, thank you. If anything comes up again about No. ${number}, just write.`,
  reassigned: ({ number, holder, dueOn }) =>
    `No. ${number} has changed hands. ${inCharge(holder)} You will hear from us ${enDue(dueOn)}.`,
  referred: ({ number, deputy, unit, dueOn }) =>
    `No. ${number}: Deputy ${deputy} asks ${unit} to handle it; ${OFFICE} gets in touch with them. Deputy ${deputy} follows it up. You will hear from us ${enDue(dueOn)}.`,
  status: ({ cases }) =>
    cases.length === 0
      ? en.nothingOpen()
      : [
          ...cases.map(caseLine),
          ...(cases.some((line) => line.state !== "closed") ? ['To remind, reply "remind" and the number.'] : []),
        ].join("\n\n"),
  reminded: ({ number, holder, dueOn }) =>
    `Your reminder for No. ${number} is recorded. ${inCharge(holder)} You will hear from us ${enDue(dueOn)}.`,
  withdrawn: ({ number }) => `No. ${number} is withdrawn. If anything comes up, just write.`,
  dangerLine: () => "If anybody is in danger, call 110, 120 or 119 first.",
  whichAct: ({ options, about }) => enWhichAct(options, about),
  serviceAnswer: (facts) => enServiceAnswer(facts),
  verdictStays: ({ number }) =>
    `Noted with No. ${number}. Have a look first, then tell us: reply 1 satisfied, 2 not satisfied.`,
  whichCase: ({ cases }) => ({
    text: "Which one do you mean?",
    labels: cases.map((line) => `No. ${line.number} ${line.summary}`.trim()),
    closing: "Reply with the number.",
  }),
  numberUnknown: ({ typed }) =>
    `You have no case with the number ${typed}. Reply "status" to see yours; anything new, just write.`,
  nothingOpen: () => "You have no open case. Just write what the matter is, and where.",
  why: ({ number, decision, holder }) => enWhy(number, decision, holder),
  askAnotherPlace: ({ number }) =>
    `No. ${number}: where is it then? Please write the village or estate, or share a location.`,
  thanksNoted: () => "Thank you for your kind words, they are recorded.",
  myData: ({ cases, homeGrid, since, looks, platform }) =>
    [
      `Since ${enDay(since)} we keep: the id of your ${platform} account (encrypted), what you wrote, and the records of ${cases} case(s)${homeGrid === null ? "" : `, and the place you usually mean (grid ${homeGrid})`}.`,
      enWhoRead(looks),
      'It serves to handle your matters and to answer you. To have it deleted, reply "delete my data".',
    ].join("\n"),
  deletionNoted: ({ number, dueOn, erased, open }) =>
    [
      `You want your data deleted: recorded, No. ${number}.`,
      erased === 0
        ? "You have no closed case. What belongs to no case is erased."
        : `What you said and showed in ${erased} closed case${erased === 1 ? "" : "s"} is erased and cannot be brought back.`,
      ...(open.length === 0
        ? []
        : [
            `No. ${open.join(", ")} still open: the words stay for now. When closed, or after you reply "withdraw", reply "delete my data" again.`,
          ]),
      `Numbers, days and records of handling must be kept by law. The rest is handled by ${OFFICE}; you will hear from us ${enDue(dueOn)}, with what is kept and why.`,
    ].join("\n"),
  residentHelp: () =>
    [
      "Just write what the matter is, and where. Text, voice, photo and location all work.",
      "status: how it stands",
      "remind: ask again",
      "withdraw: drop it",
      "why: why this deputy",
      "change place: the place is wrong",
      "my data, delete my data",
      "link: go on on another platform",
      `In danger call first: ${ALL_LINES}`,
    ].join("\n"),
  notUnderstoodWords: () => "We could not read this message. Please say it again in other words.",
  notUnderstoodForm: () =>
    "We cannot read this kind of message yet. Please send it again as text, voice, photo or location.",
  choiceOutOfRange: ({ choices }) => `There is no such number; please reply 1 to ${choices}, or write it out.`,
  noSuchChoice: () => 'There is nothing to choose just now. Write what the matter is; for how it stands, "status".',
  welcome: ({ place }) =>
    `Hello, this is the liaison station of the People's Congress deputies${place === null ? "" : `; you scanned "${place}"`}. Just write what the matter is, and where. For more, reply "help".`,
  endedPlace: ({ place, untilOn, station }) =>
    `Hello, this is the liaison station of the People's Congress deputies. The grid "${place}" that you scanned ended on ${enDay(untilOn)}. ${station === null ? "Just write what the matter is, and where exactly." : `Just write what the matter is: it goes to ${station}. If it is somewhere else, write where.`}`,
  identityRefused: () =>
    'Hello. Nobody is recognised here by words alone, and nobody is told another person\'s name, telephone or address. If you are a deputy, reply "bind" with your invite code. If something is wrong, just write it.',
  photoAgain: ({ number }) =>
    `You may have had this photo of ${number} already; in case it did not arrive, here it is again:`,
  toldAgain: ({ text, sentOn }) =>
    `(You may have had this already${sentOn === null ? "" : `, first sent on ${enDay(sentOn)}`}; in case it did not arrive, here it is again.)\n${text}`,

  outcome: (outcome) => OUTCOMES[outcome],
  state: (state) => STATES[state],
};
