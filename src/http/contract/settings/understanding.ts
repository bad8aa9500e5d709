import { z } from "zod";
import { ACTS } from "../../../domain/understanding/meaning.ts";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const number = z.coerce.number().int().min(1).max(999_999);

const candidate = z
  .object({
    id: z.string(),
    at: moment,
    decided: z.string().describe("As what the message was taken."),
    was: z.string().describe("What it was, as whoever corrected it says."),
    source: z.enum(["resident", "office", "deputy"]).describe("Who corrected it."),
    text: z.string().describe("Without names, numbers and places."),
    because: z.array(z.string()).describe("The pieces of the words that spoke most for it."),
    probability: z.number(),
    state: z.enum(["none", "one", "differ", "mask-wrong", "agreed"]),
    labelledBy: z.array(z.string()).describe("Never with whose label."),
    isMine: z.boolean(),
  })
  .meta({ id: "UnderstandingCandidate" });

const layer = z
  .object({
    number: z.int(),
    state: z.enum(["draft", "measured", "published", "retired"]),
    author: z.string(),
    reviewer: z.string().nullable(),
    createdAt: moment,
    publishedAt: moment.nullable(),
    retiredAt: moment.nullable(),
    features: z.int(),
    rows: z.int(),
    people: z.int(),
    measured: z.object({
      texts: z.int().describe("Frozen sentences."),
      rightBefore: z.int(),
      rightAfter: z.int(),
      dangersLost: z.int(),
      accusationsLost: z.int(),
      floorsLost: z.int(),
      messages: z.int().describe("The county's last messages, decided once more."),
      changed: z.int(),
      changes: z.record(z.string(), z.int()),
      lowered: z.object({ danger: z.int(), accusation: z.int() }),
    }),
    mayPublish: z.boolean().describe("Whether it lost nothing that it must not lose."),
    isEmptied: z.boolean().describe("Words it was learned from were erased."),
    isOfTheseWeights: z.boolean(),
  })
  .meta({ id: "UnderstandingLayer" });

const stepped = z.object({ inUse: z.int().nullable() });
const STEP = { roles: ["office"], peopleOnly: true, write: true, confirm: true } as const;
const NOT_SO = "It cannot be: the sentence says why.";

/** The operations by which an office teaches its county's own layer of understanding. */
export const UNDERSTANDING = {
  "GET /understanding/candidates": {
    summary: "List the messages that were understood wrongly, for two people to label",
    description:
      "Masked. What may accuse an official, lies in a sealed case or names the caller is not there. That somebody looked is written down.",
    roles: ["office"],
    answer: z.object({ items: z.array(candidate) }),
  },
  "POST /understanding/candidates/{id}/label": {
    summary: "Say what a message was, and whether its masking is right",
    description: "Of each person the last label counts; two must agree before anything is learned from it.",
    roles: ["office"],
    peopleOnly: true,
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    body: z.strictObject({
      act: z.enum(ACTS),
      marks: z.array(z.string().max(40)).max(14).default([]),
      isMaskRight: z.boolean(),
    }),
    answer: z.object({ state: candidate.shape.state }),
    write: true,
  },
  "POST /understanding/learn": {
    summary: "Make a layer of what two people agree on, and measure it",
    description: "Nothing changes until somebody else publishes it.",
    roles: ["office"],
    peopleOnly: true,
    answer: ERRAND,
    status: 202,
    write: true,
  },
  "GET /understanding/layers": {
    summary: "List the versions of the county's layer, newest first",
    roles: ["office", "auditor"],
    answer: z.object({ items: z.array(layer) }),
  },
  "POST /understanding/layers/{number}/publish": {
    summary: "Take a measured layer into use",
    description: "Not by whoever made it. It holds from the next message on.",
    ...STEP,
    params: z.object({ number }),
    answer: stepped,
    refusals: { 403: "Whoever made it cannot review it (`own-work`).", 409: NOT_SO },
  },
  "POST /understanding/take-back": {
    summary: "Go back to a layer that was in use before, or to none",
    ...STEP,
    body: z.strictObject({ number: z.int().min(1).max(999_999).nullable() }),
    answer: stepped,
    refusals: { 409: NOT_SO },
  },
} as const satisfies Contract;
