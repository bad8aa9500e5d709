import type * as zh from "../../zh/rules/findings.ts";

/** The English words for what a check of rules finds. */
export const findings: typeof zh.findings = {
  weights: {
    refused: "cannot be saved",
    dead: "never reached",
    nobody: "reaches nobody",
    overload: "too much for one",
    notice: "notice",
  },
  marks: { refused: "✗", dead: "✗", nobody: "▲", overload: "⚠", notice: "○" },
  again: (rule) => `It says the same as “${rule}” before it: one of the two is enough`,
  contradicts: (rule) =>
    `“${rule}” before it has the same condition and takes everything. Change the condition, or take one of the two out`,
  covered: (rules) =>
    `Nothing ever reaches it: ${rules} before it takes all that it could. Move it up, or change the condition`,
  coveredMaybe: (rules) => `No message was found that reaches it (tried, not proven): ${rules} before it took them`,
  impossible: "No message can meet this condition: its parts exclude each other",
  impossibleMaybe: "No message was found that meets this condition (tried, not proven)",
  listed: (rules, more) => (more > 0 ? `${rules} and more, ${more} in all` : rules),
  noDeputy: (code) => `The lists have no deputy ${code}`,
  termEnded: (code, day) => `The term of deputy ${code} ended on ${day}`,
  noGroup: (code) => `The lists have no group ${code}`,
  emptyGroup: (code) => `Nobody of group ${code} is in office`,
  noStation: (code) => `The lists have no station ${code}`,
  emptyStation: (code) => `No deputy in office serves at station ${code}`,
  noUnit: (code) => `The lists have no unit ${code}`,
  expired: (day, owner) => `Its last day was ${day} and it does nothing any more: ${owner} renews it or takes it out`,
  overload: (name, count, total, share, most) =>
    `${name} would get ${count} of the last ${total} matters (${share}); ${most} is the most`,
  circle: (day, people) => `From ${day} on these deputies stand in for each other in a circle: ${people}`,
  gap: (count, grids) =>
    `What comes from ${count} grid${count === "1" ? "" : "s"} (${grids}) reaches no deputy: neither the grid nor its station has one in office`,
  other: {
    invalid: "This is not written as it must be, and cannot be saved",
    "unknown-target": "Whoever should get it is not in the lists",
    expired: "Its last day is over",
    shadowed: "It is never reached",
    duplicate: "It repeats an earlier one",
    loop: "Stand-ins form a circle",
    overload: "Somebody would get too much",
    gap: "Some messages reach nobody",
  },
  invalid: {
    twice: "Another rule has this name: choose another",
    id: "The name takes 1 to 64 letters, digits and . _ -",
    day: "The last day is written like 2027-06-30",
    target: "It does not say who gets it",
    missing: "It has no condition",
    variable: (name) => `There is no variable ${name}`,
    operator: (name) => `${name} is not understood`,
    emptyWord: "It looks for an empty word",
    deep: "It is nested too deep: 12 at most",
    emptyGroup: "This group has no condition yet",
    unknownKey: (key) => `There is a part that is not known: ${key}`,
  },
};
