import { z } from "zod";
import { CASE_OUTCOMES, type CaseEventType } from "./case.ts";
import { DEPUTY_RESULTS, HOWS, UNIT_RESULTS, UNIT_STEPS } from "./claims.ts";
import { CLOCK_KINDS } from "./clock.ts";
import { CALLED_PARTIES, CONTACT_WAYS, INTAKE_WAYS, PHONE_RESULTS, SAID_AT } from "./desk.ts";
import { NOTICE_WAYS } from "./notice.ts";
import { RETURN_GROUNDS } from "./return-ground.ts";

const code = z.string().nullable();
const day = z.iso.date();
/** By when its resident hears from somebody; `dueWithin`, in working days, where that day may still move, and left out before there was such a case. */
const due = { dueOn: day, dueWithin: z.int().positive().nullable().default(null) };
const kind = z.enum(CLOCK_KINDS);
/** Until when a clock is due; its day is that of `dueAt` in the county's time zone. */
const dueMoment = { dueAt: z.iso.datetime(), ...due };
/** Where a case lies: the codes of its grid and station. */
const place = { grid: code, station: code };

/**
 * The details of each type of event: all that a case's row takes from it, in codes and numbers.
 *
 * Events are kept for ever, so nothing in them is a person's words or name.
 */
export const EVENT_DETAILS = {
  opened: z.object({
    number: z.string(),
    priority: z.boolean(),
    sealed: z.boolean(),
    category: z.string().nullable(),
    receivedAt: z.iso.datetime(),
    ...due,
  }),
  placed: z.object({ ...place, by: z.enum(["scene", "position", "name", "home", "answer", "none"]) }),
  assigned: z.object({ ...place, deputy: z.string(), rule: z.string() }),
  /** `unit` is the one that the office shall ask, by the county's rule. */
  left_to_office: z.object({ ...place, rule: z.string(), unit: z.string().optional() }),
  taken: z.object({ ...place, deputy: z.string() }),
  message_added: z.union([
    /** `from` is the case that goes with this one, where its resident said it. */
    z.object({ kinds: z.array(z.string()), from: z.string().optional() }),
    z.object({ thanks: z.literal(true) }),
    z.object({ priority: z.literal(true), ...due }),
  ]),
  replied: z.object({}),
  /** A unit handles it; the deputy stays. */
  referred: z.object({ unit: z.string() }),
  unit_accepted: z.object({ unit: z.string() }),
  unit_returned: z.object({ unit: z.string(), reason: z.string() }),
  /** What the unit says of its work, and nobody else. */
  unit_reported: z.object({ unit: z.string(), result: z.enum(UNIT_RESULTS) }),
  unit_step: z.object({ unit: z.string(), step: z.enum(UNIT_STEPS) }),
  /** What the deputy says, and how they know. */
  checked: z.object({ result: z.enum(DEPUTY_RESULTS), how: z.enum(HOWS) }),
  visited: z.object({}),
  site_asked: z.object({ grid: z.string() }),
  site_noted: z.object({ grid: z.string(), shown: z.literal("photo").optional() }),
  reminded: z.object({}),
  /** `ground` is left out before grounds were kept. */
  returned: z.object({ ground: z.enum(RETURN_GROUNDS).optional() }),
  /**
   * `claim` is on whose word it is solved, where the office or its resident closed it; `how` is how the deputy knows who did, or what
   * answered it at once: an answer of the library, or a station's next reception day, by its code;
   * `because` stands where no person closed it and nobody was told.
   */
  closed: z.object({
    outcome: z.enum(CASE_OUTCOMES),
    claim: z.enum(["unit", "deputy", "resident"]).optional(),
    how: z.union([z.enum(HOWS), z.templateLiteral([z.enum(["answers", "calendar"]), ":", z.string()])]).optional(),
    because: z.literal("rehearsal-over").optional(),
  }),
  /** `why` stands where its resident put right what they had said: nobody denied that it was done. */
  reopened: z.object({ reopenings: z.int().positive(), ...due, why: z.literal("corrected").optional() }),
  /** `claim` is left out before residents were asked whether it is solved apart from how satisfied they are. */
  rated: z.object({ rating: z.int().min(1).max(5), claim: z.enum(["confirmed", "denied"]).optional() }),
  settled: z.object({ claim: z.literal("silent") }),
  categorised: z.object({ category: code }),
  placed_by_hand: z.object(place),
  noted: z.object({}),
  due_changed: z.object({ dueOn: day }),
  sealed: z.object({}),
  /** `saidAt`, by the clock of the county, where the desk had written down when it was said: a day, or a day and a time. It begins no clock. */
  taken_down: z.object({ how: z.enum(INTAKE_WAYS), saidAt: z.string().regex(SAID_AT).optional() }),
  contact_set: z.object({ way: z.enum(CONTACT_WAYS) }),
  /** `to` is left out before calls were to one person each; `isHere` stands where they came and were told face to face. */
  phoned: z.object({
    result: z.enum(PHONE_RESULTS),
    to: z.enum(CALLED_PARTIES).optional(),
    isHere: z.literal(true).optional(),
  }),
  /** `into` stands in the events of the case that goes with another, `from` in those of the one that leads it. */
  merged: z.union([z.object({ into: z.string() }), z.object({ from: z.string() })]),
  unmerged: z.union([z.object({ into: z.string() }), z.object({ from: z.string() })]),
  /** `from` stands in the events of the case that was taken out of another, with the message that told both, where one did; `into` in those of the other. */
  split: z.union([z.object({ from: z.string(), message: z.int().optional() }), z.object({ into: z.string() })]),
  /**
   * `into` stands in the events of the case that was closed, `from` in those of the one that has its words now, `topic` in those of a case
   * that belongs to a topic.
   */
  joined: z.union([z.object({ into: z.string() }), z.object({ from: z.string() }), z.object({ topic: z.string() })]),
  left: z.object({ topic: z.string() }),
  unseal_proposed: z.object({}),
  unseal_refused: z.object({}),
  unsealed: z.object({}),
  /** Takes the place of those of the same kinds that have not ended. `rule` is null for one of the service's own, or a day that somebody gave. */
  clock_set: z.object({ clocks: z.array(z.object({ kind, ...dueMoment, rule: z.uuid().nullable() })).min(1) }),
  clock_missed: z.object({ kinds: z.array(kind).min(1) }),
  paused: z.object({ kinds: z.array(kind).min(1), why: z.literal("resident") }),
  /** `pausedDays` are the working days for which it stood still this time. */
  resumed: z.object({
    clocks: z.array(z.object({ kind, ...dueMoment, pausedDays: z.int().nonnegative() })).min(1),
  }),
  acknowledged: z.object({}),
  accepted: z.object({}),
  assisted: z.object({ deputy: z.string() }),
  assist_ended: z.object({ deputy: z.string() }),
  /** `why` is left out where the office says so. */
  marked_minor: z.object({ minor: z.boolean(), why: z.literal("words").optional() }),
  petition: z.object({ petition: z.boolean() }),
  notice_given: z.object({ number: z.string(), way: z.enum(NOTICE_WAYS) }),
  marked_unnamed: z.object({}),
  /** What follows from it stands in events of its own: `categorised`, `placed`, `assigned`. */
  corrected: z.object({ about: z.enum(["words", "place"]) }),
  transcription_due: z.object({}),
  /** Whether the words could be made out. */
  transcribed: z.object({ understood: z.boolean() }),
  escalated: z.object({ step: z.int().min(1).max(3), to: z.enum(["station", "office", "leader"]) }),
} satisfies Record<CaseEventType, z.ZodType>;

/** The details of an event of this type. */
export type EventDetails<T extends CaseEventType = CaseEventType> = z.infer<(typeof EVENT_DETAILS)[T]>;
