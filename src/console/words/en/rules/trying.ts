import type * as zh from "../../zh/rules/trying.ts";

/** The English words of the page on which one message is tried. */
export const simulate: typeof zh.simulate = {
  title: "Try a message",
  about:
    "Write a message and see who would get it and why, and what the resident and the deputy would read. Nothing is stored, nothing is sent.",
  text: "Message",
  textHint: "As a resident would write it",
  place: "Where (grid)",
  placeHint: "The place is unknown when none is chosen",
  at: "When it comes",
  atHint: "Now when left empty",
  photo: "With a photo",
  channel: "From where",
  openCases: "Open cases of this resident",
  version: "By which rules",
  inForce: (number) => `those in force (version ${number})`,
  inForceNone: "as it is now (no rules, by place)",
  unsaved: "what is being edited and not saved yet",
  of: (number, name, state) => `version ${number} “${name}” ${state}`,
  go: "Try it",
  fromCase: (number) => `With what was said in case ${number} (masked)`,
  really: (who) => `This case is now with: ${who}`,
  path: "Step by step",
  steps: {
    sealed: {
      true: "✗ It would be sealed: it is about a deputy or an official. Only the county office sees it; no rule is asked.",
      false: "✓ It is about no deputy: not sealed.",
    },
    emergency: {
      true: (what) =>
        `▲ Urgent (${what}): the resident is told the emergency numbers; no rule is asked, it goes by place at once.`,
      false: "✓ Not urgent.",
    },
    categoryNone: "It falls into no category.",
    officeFirst: "The county office would look at it first; no rule is asked.",
  },
  category: (name, because) =>
    because === "" ? `Category “${name}”.` : `Category “${name}”, because it mentions ${because}.`,
  ruleHolds: (order, id) => `✓ Rule ${order} “${id}” holds, and the asking ends here.`,
  ruleFails: (order, id) => `✗ Rule ${order} “${id}” does not hold: `,
  notSo: (what) => `it wants “${what}”, which is not so here`,
  expired: "it has ended",
  failing: (count) =>
    count === 1
      ? "1 rule before does not hold (open to see why)"
      : `${count} rules before do not hold (open to see why)`,
  noRule: "No rule holds: it goes where it goes when none holds.",
  noRulesAsked: "No rule is asked.",
  target: (to) => `Goes to: ${to}.`,
  reason: (reason) => `Reason: ${reason}`,
  people: "Asked in this order",
  nobody: "There is nobody: the county office.",
  passed: (name, why) => `${name}: passed over, ${why}`,
  chosen: (name) => `${name}: gets it`,
  waiting: (name) => `${name}: need not be asked`,
  goesTo: "It would go to",
  told: { resident: "The resident would read", deputy: "The deputy would read", unit: "The unit would read" },
  emergencies: {
    gas: "gas",
    fire: "fire",
    medical: "illness or injury",
    violence: "violence",
    "self-harm": "self-harm",
    "missing-person": "somebody is missing",
    trapped: "somebody is trapped",
    flood: "flood",
  },
};

/** The English words of the list of rules by use. */
export const ruleUse: typeof zh.ruleUse = {
  title: "Rules by use",
  about: (version, since) => `Version ${version}, in force; counted since ${since}, without sealed cases.`,
  none: "No rules were published yet, so there is nothing to count.",
  days: "How long",
  lastDays: (days) => `the last ${days} days`,
  only: "Show",
  onlys: { all: "all", unused: "unused", moved: "moved away later", expiring: "ending soon" },
  columns: {
    order: "Place",
    rule: "Rule",
    hits: "Took",
    moved: "Moved by hand later",
    owner: "Owner",
    expires: "Ends",
    changed: "Last changed",
  },
  unused: "○ unused",
  cases: (count) => (count === 1 ? "1 case" : `${count} cases`),
  share: (percent) => `${percent} %`,
  often: "⚠ often moved",
  forever: "no end",
  soon: "⚠ ends soon",
  over: "✗ has ended",
  changedIn: (number) => `version ${number}`,
  empty: "There are no such rules ✓",
};
