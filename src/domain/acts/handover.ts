import { z } from "zod";
import { UNIT_RESULTS } from "../case/claims.ts";
import { RETURN_GROUNDS } from "../case/return-ground.ts";

/** The roles in which a unit has a hand-over. */
export const HANDOVER_ROLES = ["lead", "assist"] as const;

/** The states of a hand-over, as they are stored. */
export const HANDOVER_STATES = [
  "waiting",
  "sent",
  "accepted",
  "returned",
  "reported",
  "confirmed",
  "taken_back",
] as const;
/** The state of a hand-over of a case to a unit; `waiting` where nobody of the unit has been told yet. */
export type HandoverState = (typeof HANDOVER_STATES)[number];

/** The states in which a unit still has a matter. */
export const OPEN_HANDOVER_STATES = ["waiting", "sent", "accepted", "reported"] as const satisfies HandoverState[];

const day = z.iso.date();

/** The details of each act on a hand-over: all that its row takes from it, in codes and days, never a person's words or name. */
export const HANDOVER_ACTS = {
  opened: z.object({
    case: z.string(),
    unit: z.string(),
    role: z.enum(HANDOVER_ROLES),
    dueOn: day,
  }),
  /** Somebody of the unit is being told, by chat or by the office. */
  sent: z.object({}),
  /** Nobody of the unit could be told, nor its case system reached however often that was tried. */
  failed: z.object({}),
  accepted: z.object({}),
  returned: z.object({ reason: z.enum(RETURN_GROUNDS) }),
  progress: z.object({}),
  extension_asked: z.object({ until: day }),
  extension_refused: z.object({}),
  extended: z.object({ dueOn: day }),
  reported: z.object({ result: z.enum(UNIT_RESULTS) }),
  confirmed: z.object({}),
  reopened: z.object({}),
  taken_back: z.object({}),
} satisfies Record<string, z.ZodType>;

/** The type of an act on a hand-over. */
export type HandoverAct = keyof typeof HANDOVER_ACTS;
/** The details of an act of this type. */
export type HandoverDetails<T extends HandoverAct = HandoverAct> = z.infer<(typeof HANDOVER_ACTS)[T]>;

type Transition = { readonly from: readonly (HandoverState | "none")[]; readonly to: HandoverState | null };

/** The one transition table: from which states an act may happen, and to which it leads (`null` keeps the state). */
const TRANSITIONS: Readonly<Record<HandoverAct, Transition>> = {
  opened: { from: ["none"], to: "waiting" },
  sent: { from: ["waiting"], to: "sent" },
  failed: { from: ["waiting", "sent"], to: "waiting" },
  accepted: { from: ["sent"], to: "accepted" },
  returned: { from: ["sent", "accepted"], to: "returned" },
  progress: { from: ["sent", "accepted"], to: null },
  extension_asked: { from: ["sent", "accepted"], to: null },
  extension_refused: { from: ["sent", "accepted"], to: null },
  extended: { from: ["sent", "accepted"], to: null },
  reported: { from: ["sent", "accepted", "reported"], to: "reported" },
  confirmed: { from: ["reported"], to: "confirmed" },
  reopened: { from: ["reported", "confirmed"], to: "accepted" },
  taken_back: { from: OPEN_HANDOVER_STATES, to: "taken_back" },
};

/** The state of a hand-over after an act; null when that act may not happen now: the caller must not write it. */
export function afterHandoverAct(state: HandoverState | "none", act: HandoverAct): HandoverState | null {
  const { from, to } = TRANSITIONS[act];
  if (!from.includes(state)) return null;
  return to ?? (state === "none" ? null : state);
}

/** A hand-over as its acts alone tell it: its case by number, its unit by code, moments in ISO 8601 (UTC). */
export type ReplayedHandover = {
  readonly case: string;
  readonly unit: string;
  readonly role: (typeof HANDOVER_ROLES)[number];
  readonly state: HandoverState;
  readonly dueOn: string;
  /** The day to which the unit asks to have it, until the office has answered. */
  readonly askedUntil: string | null;
  readonly result: (typeof UNIT_RESULTS)[number] | null;
  readonly openedAt: string;
  readonly sentAt: string | null;
  /** When it ended: given back, confirmed or taken back. */
  readonly settledAt: string | null;
};

/** The part of a hand-over that acts change, besides its state. */
export type HandoverChange = Partial<Omit<ReplayedHandover, "case" | "unit" | "role" | "state">>;

/** The change by an act behind the first, besides the state. @param at ISO 8601 (UTC) */
export function changeByAct<T extends HandoverAct>(act: T, details: HandoverDetails<T>, at: string): HandoverChange {
  switch (act) {
    case "sent":
      return { sentAt: at };
    case "failed":
      return { sentAt: null };
    case "extension_asked":
      return { askedUntil: (details as HandoverDetails<"extension_asked">).until };
    case "extension_refused":
      return { askedUntil: null };
    case "extended":
      return { dueOn: (details as HandoverDetails<"extended">).dueOn, askedUntil: null };
    case "reported":
      return { result: (details as HandoverDetails<"reported">).result, askedUntil: null };
    case "returned":
    case "taken_back":
      return { settledAt: at, askedUntil: null };
    case "confirmed":
      return { settledAt: at };
    case "reopened":
      return { settledAt: null, result: null };
    default:
      return {};
  }
}
