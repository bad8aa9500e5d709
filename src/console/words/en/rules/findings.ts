import type * as zh from "../../zh/rules/findings.ts";
import { sentences } from "./finding-sentences.ts";

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
  sentences,
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
};
