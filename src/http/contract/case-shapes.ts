import { z } from "zod";
import { HANDOVER_ROLES, HANDOVER_STATES } from "../../domain/acts/handover.ts";
import { PARTNER_MESSAGE_STATES } from "../../domain/acts/partner.ts";
import { CASE_OUTCOMES, CASE_STATES, WAITED_FOR } from "../../domain/case/case.ts";
import { DEPUTY_RESULTS, HOWS, UNIT_RESULTS } from "../../domain/case/claims.ts";
import { CLOCK_KINDS, CLOCK_STATES } from "../../domain/case/clock.ts";
import { CALLED_PARTIES, PHONE_TASK_REASONS } from "../../domain/case/desk.ts";
import { FOLLOW_REASONS } from "../../domain/routing/followers.ts";
import { WAYS } from "../../domain/routing/route.ts";

const day = z.string().meta({ format: "date" });
const moment = z.string().meta({ format: "date-time" });
const code = z.string().nullable();
const count = z.int().min(0);

const party = z.enum(["resident", "deputy", "unit", "grid-worker", "office", "service"]);
const delivery = z
  .enum(["waiting", "sending", "delivered", "failed", "uncertain", "superseded", "held"])
  .describe("delivered: the platform took it, whether or not anybody read it. uncertain: it may have arrived.");
const rung = z.enum(["direct", "template", "subscription", "passive"]);

/** The holder of a case. */
export const HOLDER = z.object({
  kind: z.enum(["deputy", "unit", "office"]),
  code,
  name: z.string().describe("Empty for the office."),
});

/** A case in a list. Of a sealed one there is no word: `summary` is empty, `place` unknown and `category` null. */
export const CASE_ROW = z
  .object({
    number: z.string(),
    etag: z.string().describe("Its version, as If-Match takes it: c and how many events it has."),
    summary: z.string(),
    state: z.enum(CASE_STATES),
    outcome: z.enum(CASE_OUTCOMES).nullable(),
    priority: z.boolean(),
    sealed: z.boolean(),
    category: code,
    place: z.object({
      grid: code,
      name: code,
      township: code,
      doubt: z.enum(["none", "several", "unknown"]).describe("several: the resident is asked which of several."),
    }),
    holder: HOLDER,
    dueOn: day,
    lateWorkingDays: count.describe("0 for what is not late, or closed."),
    receivedAt: moment,
    lastSpoken: z.object({ at: moment, by: party }),
    delivery: z
      .enum(["waiting", "uncertain", "failed", "held"])
      .nullable()
      .describe("The worst of what has not arrived."),
    rating: z.int().nullable(),
    reopenings: count,
  })
  .meta({ id: "CaseRow" });

/** A page of a list of cases. */
export const CASE_ROWS = z
  .object({
    items: z.array(CASE_ROW),
    next: z.string().nullable().describe("Give it as `after`; null on the last page."),
    total: z.object({ value: count, isMore: z.boolean() }).describe("Counted to 1,000."),
    asOf: moment,
  })
  .meta({ id: "CaseRows" });

/** A text that one person reads because of a verb, and the way by which it goes to them. */
export const TOLD = z.object({
  to: z.enum(["resident", "deputy", "former-deputy", "follower", "unit"]),
  text: z.string(),
  rung: z.enum(["direct", "template", "subscription", "passive", "next-contact", "phone", "held"]),
  number: z.string().describe("Of the case that it is about: others may go with it.").optional(),
});

/** The place to which a case goes, or would go, and what everybody is told of it. */
export const PREVIEW = z
  .object({
    goesTo: HOLDER,
    rule: code.describe("The county's rule that decided; null where none did."),
    way: z.enum(WAYS),
    passedOver: z.array(
      z.object({
        deputy: z.string(),
        name: z.string(),
        why: z.enum(["away", "term-ended", "returned", "accused", "heads-accused", "related"]),
      }),
    ),
    told: z.array(TOLD).describe("In a preview: what each would read. Empty once it is done."),
  })
  .meta({ id: "CasePreview" });

/** The verbs on a case: what `may` names of them, a person may do now. */
export const CASE_VERBS = [
  "POST /cases/{number}/open-sealed",
  "POST /cases/{number}/place",
  "POST /cases/{number}/move",
  "POST /cases/{number}/answer",
  "POST /cases/{number}/notes",
  "POST /cases/{number}/close",
  "POST /cases/{number}/category",
  "POST /cases/{number}/deadline",
  "POST /cases/{number}/merge",
  "POST /cases/{number}/unmerge",
  "POST /cases/{number}/split",
  "POST /cases/{number}/seal",
  "POST /cases/{number}/unseal",
  "POST /cases/{number}/unseal/confirm",
  "POST /cases/{number}/unseal/refuse",
  "POST /cases/{number}/originals",
  "POST /cases/{number}/phone-task",
  "POST /cases/{number}/phone",
  "POST /cases/{number}/phone-result",
  "POST /cases/{number}/handover",
  "POST /cases/{number}/acknowledge",
  "POST /cases/{number}/minor",
  "POST /cases/{number}/petition",
  "POST /cases/{number}/petition-notice",
  "POST /cases/{number}/transcript",
] as const;

const claims = z
  .object({
    unit: z.object({ result: z.enum(UNIT_RESULTS), at: moment }).nullable(),
    deputy: z
      .object({
        result: z.enum(DEPUTY_RESULTS),
        how: z
          .enum(HOWS)
          .describe("visit, photo, phone: they looked. Otherwise it is what they were told, or did not say."),
        at: moment,
      })
      .nullable(),
    resident: z
      .object({ result: z.enum(["confirmed", "denied", "silent"]), at: moment })
      .nullable()
      .describe(
        "silent: asked, and without a word until the time for it was over. Null where nobody asked, or it may still come.",
      ),
  })
  .describe("Who says that it is solved; never added up.");

/** A case whole; the fields of `liaison case NUMBER --json` are among them. */
export const CASE_PAGE = CASE_ROW.extend({
  county: z.string(),
  open: z.boolean(),
  grid: code,
  station: code,
  deputy: code,
  unit: code,
  closedAt: moment.nullable(),
  waitsOn: z.enum(WAITED_FOR).describe("Who has to do the next thing."),
  escalation: z
    .int()
    .min(0)
    .max(3)
    .describe("How far it went because nobody answered: 1 station, 2 office, 3 leaders."),
  topic: code.describe("The topic to which it belongs: many people told the same."),
  minor: z.boolean().describe("Whether a child wrote it: no survey, no photos, words erased 30 days after closing."),
  petition: z
    .boolean()
    .describe("Whether a written notice is owed, or was given: to whom it belongs (信访工作条例 art. 22, 23)."),
  unnamed: z
    .boolean()
    .describe(
      "Whether its resident asked that nobody learns who they are; of that the office alone reads, for others it is false.",
    ),
  clocks: z.array(
    z.object({
      kind: z.enum(CLOCK_KINDS),
      dueAt: moment.describe("The last moment in time; of a day its last second."),
      state: z.enum(CLOCK_STATES).describe("paused: its resident is waited for. void: another took its place."),
      source: z.string().describe("On what its rule rests."),
      pausedDays: count.describe("Working days that it stood still."),
    }),
  ),
  decision: z.looseObject({}).nullable().describe("As it was made: set, version, rule, facts, who was passed over."),
  messages: z.array(
    z.object({
      id: z.string(),
      direction: z.enum(["in", "out"]),
      party,
      kind: z.string(),
      text: z.string().describe("The working copy, masked."),
      at: moment,
      delivery: delivery.nullable(),
      deliveryId: z.string().nullable().describe("As `GET /deliveries/{id}` takes it."),
      byPerson: z.boolean().describe("Somebody told it them, by telephone or face to face: it was never sent."),
      waitsForContact: z.boolean().describe("Nothing can be sent until its reader writes again."),
      hasOriginal: z.boolean(),
      media: z.array(z.object({ id: z.string(), kind: z.string() })),
      seenBy: z.array(z.enum(["resident", "deputy"])),
      from: z
        .string()
        .nullable()
        .describe("The case that goes with this one, whose resident said it; null for its own."),
    }),
  ),
  notes: z.array(z.object({ id: z.string(), text: z.string(), by: z.string(), at: moment })),
  events: z.array(
    z.object({
      position: z.int().describe("From 1, in the order in which they happened; the last is the number in the version."),
      type: z.string(),
      by: z.string().describe("resident, service, office, office:NAME or deputy:CODE."),
      at: moment,
      details: z.record(z.string(), z.unknown()).describe("Codes and numbers, to be worded by whoever shows them."),
    }),
  ),
  deadlines: z.array(
    z.object({ kind: z.enum(["first-word", "solution"]), dueOn: day, calendar: z.string(), movedBecause: code }),
  ),
  window: z.object({
    isAlwaysOpen: z
      .boolean()
      .describe("A direct message needs no contact of the resident's before: nothing is counted."),
    left: count.describe("Direct messages that the platform still takes."),
    until: moment.nullable(),
    keptForAnswer: z.boolean().describe("The last of them is kept for an answer."),
    rungs: z.array(rung),
    follows: z.boolean(),
  }),
  followers: z.array(z.object({ code: z.string(), name: z.string(), why: z.enum(FOLLOW_REASONS) })),
  hasChat: z.boolean().describe("false: a person who came, rang up or wrote; they are rung up."),
  phoneTasks: z.array(
    z.object({
      id: z.uuid(),
      to: z
        .enum(CALLED_PARTIES)
        .describe("The case's own resident, somebody who joined it at a desk, or the deputy who has it."),
      nth: z.int().nullable().describe("Which of those who joined, from 1; null where only one did."),
      station: z.string().nullable().describe("Its name; null for the county's office."),
      isOwn: z.boolean().describe("Whether the caller may make the call."),
      why: z.enum(PHONE_TASK_REASONS),
      say: z.string().nullable(),
      madeAt: moment,
      tries: count,
      againOn: day.nullable(),
    }),
  ),
  may: z.array(z.enum(CASE_VERBS)),
  links: z.object({
    leading: z.string().nullable().describe("The case with which this one goes."),
    merged: z
      .array(
        z.object({ number: z.string(), since: moment, until: moment.describe("It can be taken apart until then.") }),
      )
      .describe("Those that go with it."),
  }),
  similar: z
    .array(z.object({ number: z.string(), summary: z.string(), days: count, isSameCategory: z.boolean() }))
    .describe("Open ones in the same grid within two weeks; of the same category first."),
  claims,
  handovers: z
    .array(
      z.object({
        id: z.uuid(),
        to: z.string().describe("The code of the unit."),
        name: z.string(),
        kind: z.enum(["unit", "partner"]).describe("`partner`: by another case system."),
        partner: z
          .object({
            name: z.string(),
            state: z
              .enum(PARTNER_MESSAGE_STATES)
              .describe("Of the message that hands it over: it is there when it is `sent`."),
            tries: count,
            externalId: z.string().nullable().describe("Its number there."),
          })
          .nullable(),
        role: z.enum(HANDOVER_ROLES),
        state: z.enum(HANDOVER_STATES),
        dueOn: day,
        askedUntil: day
          .nullable()
          .describe("The day to which the unit asks to have it, until the office has answered."),
        result: z.enum(UNIT_RESULTS).nullable(),
        hasChat: z.boolean().describe("Whether the unit is told in chat or by its case system."),
      }),
    )
    .describe("To which units it was handed over, the first one first; those that ended too."),
  unsealing: z
    .object({ by: z.string(), isOwn: z.boolean(), at: moment, until: moment })
    .nullable()
    .describe("A proposal to unseal it that somebody else of the office decides."),
}).meta({ id: "CasePage" });

/** The way of an answer: by which rung it goes, or for what it waits. */
export const ANSWERED = z
  .object({
    rung: rung.nullable().describe("Null where it waits."),
    waitsFor: z
      .enum(["next-contact", "phone", "held"])
      .nullable()
      .describe("`held`: the county is in trial, and the resident is told nothing."),
    told: z.array(TOLD).describe("In a preview: what the resident would read. Empty once it is done."),
  })
  .meta({ id: "CaseAnswered" });
