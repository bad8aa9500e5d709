import type { NoteWords } from "./figure.ts";

const DAYS = "Days are working days: public holidays are left out, make-up days count; the same day is 0.";

/** The method of every figure in English. */
export const NOTES_EN: NoteWords = {
  everywhere:
    "Only cases that came in within the period and that you may see are counted; the day they came in decides.",
  groups: {
    cases: {
      name: "Cases",
      question: "How many came in, and how do they stand?",
      leavesOut: "Sealed cases.",
      source: "State and outcome of each case as it is now. Reopened ones as they stand now.",
    },
    "first-word": {
      name: "Time to the first word",
      question: "Once somebody had it, how soon did the resident hear from a person?",
      leavesOut: `What the service answered by itself, and the time in which the resident was asked for the place, which stands apart. ${DAYS}`,
      source:
        "The events of the case: handed to somebody; first reply, hand-over to a unit or closing by a deputy or the office, or a call in which the resident was reached, whichever came first. Calls to somebody who joined the case do not count, nor earlier calls of which it was not written down to whom they were.",
    },
    solution: {
      name: "Time to the solution",
      question: "Once somebody had it, how soon was it closed as solved?",
      leavesOut: `Cases that are not closed as solved, and the time in which the resident was asked for the place. ${DAYS}`,
      source: "The events of the case: handed to somebody, and closed; of reopened ones the last closing.",
    },
    waiting: {
      name: "Waiting for the resident",
      question: "Where the resident had to say where it is, how long did that take?",
      leavesOut: `Cases of which nobody had to ask, and those that still wait. ${DAYS}`,
      source: "The events of the case: when it came in and when somebody got it.",
    },
    "three-claims": {
      name: "The three claims",
      question: "What do the unit, the deputy and the resident each say?",
      leavesOut: "The three are independent and are never added up. Cases that were never closed as solved.",
      source: "The events of the case: on whose word it was closed, the resident's verdict and reopening afterwards.",
    },
    reopened: {
      name: "Reopened",
      question: "Of the cases that were closed, how many were opened again?",
      leavesOut: "Cases that were never closed.",
      source: "Reopenings in the events of the case.",
    },
    topics: {
      name: "Told by many people",
      question: "How many cases are the same matter as others told, and handled together?",
      leavesOut:
        "Sealed and dangerous cases are in no topic. Cases that were taken out of one again. What residents say are three numbers, never added up.",
      source:
        "The ledgers of cases and topics: whether a case joined a topic or left one last, which joined first; what each resident says after the closing.",
    },
    "topic-answer": {
      name: "Time until a topic was answered",
      question: "Of one matter that many told: how long from putting it together until all were first answered?",
      leavesOut: `Topics of which not all were answered yet; each topic counts once, by the case that joined first. ${DAYS}`,
      source: "The ledger of topics: when it was opened, and when all were first answered or closed.",
    },
    refusals: {
      name: "Not in scope",
      question: "Who answered what is not in scope?",
      leavesOut:
        "Cases that were reopened since. Why something is not in scope is not recorded and cannot be told apart.",
      source: "The events of the case: the last closing, its outcome and who closed.",
    },
    "answered-at-once": {
      name: "Answered at once",
      question: "How many were answered at once, by the library or with a reception day?",
      leavesOut: "Those that were never closed are left out.",
      source:
        "The events of cases: the code of the answer with which it was closed, and that its resident refused it later.",
    },
    routing: {
      name: "How somebody was found",
      question: "How did the case find somebody, and was that corrected?",
      leavesOut: "Cases that nobody has yet.",
      source: "The last routing decision of each case.",
    },
    delivery: {
      name: "Whether the answer arrived",
      question: "How soon did a person's first answer reach the resident?",
      leavesOut:
        "Cases that nobody has answered. It reached them when the platform took it; whether they read it is not known.",
      source: "Outgoing messages and what the platforms said; one that was told again and arrived counts.",
    },
    ratings: {
      name: "Ratings",
      question: "What did residents say after the closing?",
      leavesOut: "Cases that were never closed. Nothing is guessed where there is no verdict.",
      source: "The resident's last verdict: 4 and 5 are satisfied, 1 and 2 are not.",
    },
  },
  figures: {
    received: ["Received", "cases that came in"],
    open: ["Still open", "cases that are not closed now"],
    "closed-solved": ["Closed as solved", "closed now as solved; that is what whoever closed it says"],
    "closed-explained": ["Closed as explained", "closed now as explained"],
    "closed-not-in-scope": ["Closed as not in scope", "closed now as not in scope"],
    "closed-duplicate": ["Closed as a duplicate", "closed now as a duplicate"],
    "closed-withdrawn": ["Withdrawn", "closed now because the resident withdrew it"],
    "closed-no-contact": ["Resident not reached", "closed now because the resident could not be reached"],
    "first-word-none": ["No word yet", "open, and no person has answered yet"],
    "unit-said-done": [
      "The unit says done",
      "closed as solved on the unit's word at least once, or the unit reported it done",
    ],
    "deputy-checked": [
      "The deputy has checked",
      "the deputy had looked, by being there, a photo or a call, and says that it is done",
    ],
    "resident-confirmed": [
      "The resident confirmed",
      "the resident said that it is done or was satisfied after the closing, or it was closed on their word",
    ],
    "resident-silent": [
      "Resident silent",
      "closed now as solved, and no verdict until the time for it was over (by the county's rule; 14 whole days where none was set with the closing)",
    ],
    disagreement: ["Disagreement", "closed as solved, and the resident said it is not; also where it was solved later"],
    "deputy-closed": [
      "Closed by the deputy",
      "closed as solved by a deputy in the chat who did not say that they looked",
    ],
    reopened: ["Reopened", "opened again after a closing"],
    "told-by-many": ["In a topic", "the same as others told, handled together"],
    "topics-counted": ["Topics", "topics, each counted once by the case that joined first"],
    "people-in-topics": ["People in topics", "people with a case in a topic, once for each topic however many cases"],
    "spared-by-topics": [
      "Cases not answered one by one",
      "in a topic and not its first: its deputy need not answer it alone",
    ],
    "topics-confirmed": [
      "Confirmed in topics",
      "in a topic and closed as solved, and the resident says that it is done or is satisfied",
    ],
    "topics-denied": ["Denied in topics", "in a topic and closed as solved, and the resident says that it is not"],
    "topics-silent": [
      "Silent in topics",
      "in a topic and closed now as solved, and no verdict until the time for it was over",
    ],
    "refused-by-service": ["Answered at once by the service", "the service said at once that it is not in scope"],
    "refused-by-deputy": ["Answered by a deputy", "closed by a deputy as not in scope"],
    "refused-by-office": ["Answered by the office", "closed by the office as not in scope"],
    "answered-at-once": ["Answered at once", "answered by the library or the calendar, without any deputy"],
    "answered-at-once-refused": [
      "Refused by the resident",
      "answered at once, and the resident said that it was no answer",
    ],
    "routed-by-rule": ["By rule", "whoever a rule of the county names"],
    "routed-by-place": ["By place", "found by the grid, the station or a border"],
    "routed-by-code": ["By a deputy's code", "the resident scanned a deputy's code"],
    "routed-to-stand-in": ["To a stand-in", "the deputy was away or had left, and a stand-in took it"],
    "routed-by-hand": ["By hand", "moved by the office last"],
    "routed-to-office": ["Left to the office", "there was no deputy, so the county office has it"],
    "corrected-later": ["Corrected later", "a deputy gave it back, or the office placed or moved it"],
    "reached-in-an-hour": ["Arrived within 1 hour", "the platform took the answer within 1 hour"],
    "reached-in-two-days": ["Arrived within 48 hours", "after 1 hour and within 48 hours"],
    "reached-later": ["Arrived later", "after 48 hours, mostly when the resident wrote again"],
    "reached-not-yet": ["Not arrived yet", "the platform has not taken it, or its end is not known"],
    satisfied: ["Satisfied", "the last verdict is satisfied"],
    unsatisfied: ["Not satisfied", "the last verdict is not satisfied"],
    sealed: ["Sealed", "sealed cases that came in, as a number alone; they are in no other figure"],
  },
  step: (least, most) => {
    const days = most === null ? `More than ${least - 1} working days` : `${least} to ${most} working days`;
    return [days, `took ${days.toLowerCase()}`];
  },
  median: ["Half within (days)", "sorted from fast to slow, the working days of the one in the middle (median)"],
  nineOfTen: ["Nine of ten within (days)", "sorted from fast to slow, the working days of the one at nine tenths"],
};
