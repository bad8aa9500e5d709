import type { Hono } from "hono";
import type { Caller } from "../../casework/access/caller.ts";
import { findCandidates } from "../../casework/beside/candidates.ts";
import { showPhoto } from "../../casework/photos/show-photo.ts";
import { type StaffCasePage, showCase } from "../../casework/staff/case-page.ts";
import { findCase } from "../../casework/staff/find-case.ts";
import { declareInterest, openSealed, readOriginals } from "../../casework/staff/originals.ts";
import { countCases, searchCases } from "../../casework/staff/search-cases.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../auth.ts";
import { CASES } from "../contract/cases.ts";
import { listProblem, noCase, REASON_NEEDED, wrongAt } from "./case-problems.ts";
import { caseVerbs } from "./case-verbs.ts";
import type { CaseServices } from "./cases/act.ts";
import { type Asked, type OperationServices, operationRoutes } from "./operations.ts";
import { lackingConfirmation } from "./read-request.ts";

/** The routes of cases: lists, search, one case whole, and every verb of the office and the stations. */
export function caseRoutes(services: OperationServices, casework: CaseServices): Hono<CallerEnv> {
  const { runtime } = casework;
  const { timeZone } = runtime;
  const day = () => ({ today: dayIn(runtime.now(), timeZone), timeZone });
  const refuseKept = async ({ tx, caller, params }: Asked) => {
    const { number = "" } = params as { readonly number?: string };
    return (await findCase(tx, caller, number, day().today)) === null ? noCase(number) : null;
  };
  return operationRoutes({ ...services, refuseKept }, CASES, {
    "POST /cases/search": async ({ tx, caller, body, now }) => {
      const unconfirmed = unconfirmedFor(body.filter, caller);
      if (unconfirmed !== null) return { problem: unconfirmed };
      const listed = await searchCases(tx, caller, body, day());
      if (!listed.ok) return { problem: listProblem(listed) };
      const { items, next, total } = listed;
      return { body: { items: [...items], next, total, asOf: now.toISOString() } };
    },
    "POST /cases/count": async ({ tx, caller, body, now }) => {
      const unconfirmed = unconfirmedFor(body.filter, caller);
      if (unconfirmed !== null) return { problem: unconfirmed };
      const counted = await countCases(tx, caller, body, day());
      if (!counted.ok) return { problem: listProblem(counted) };
      return { body: { value: counted.value, asOf: now.toISOString() } };
    },
    "GET /cases/{number}": async ({ tx, caller, params, request }) => {
      const shown = await showCase(tx, runtime, { caller, request, number: params.number, ...day() });
      if (shown.ok) return { body: pageOf(shown.page), etag: shown.page.etag };
      return { problem: shown.why === "not-here" ? noCase(params.number) : REASON_NEEDED };
    },
    "GET /cases/{number}/photos/{id}": async ({ tx, caller, params: { number, id: photo }, request }) => {
      const shown = await showPhoto(tx, runtime, { caller, number, photo, request });
      if (!shown.ok) return { problem: shown.why === "not-here" ? noCase(number) : REASON_NEEDED };
      return { file: { name: "photo.jpg", contentType: shown.contentType, content: shown.picture } };
    },
    "POST /cases/{number}/open-sealed": async ({ tx, caller, params, body, request }) => {
      const until = await openSealed(tx, runtime, { caller, request, number: params.number, ...body });
      return until === null ? { problem: noCase(params.number) } : { body: { until: until.toISOString() } };
    },
    "POST /cases/{number}/originals": async ({ tx, caller, params, body, request }) => {
      const read = await readOriginals(tx, runtime, { caller, request, number: params.number, ...body });
      if (read.ok) return { body: { messages: [...read.messages], shownUntil: read.shownUntil.toISOString() } };
      if (read.why === "one-at-a-time")
        return { problem: wrongAt("body.messages", "one-at-a-time", "Of a sealed case one message at a time.") };
      return { problem: read.why === "not-here" ? noCase(params.number) : REASON_NEEDED };
    },
    "POST /cases/{number}/involved": async ({ tx, caller, params, now }) => {
      const asked = { number: params.number, today: day().today, now };
      return (await declareInterest(tx, caller, asked)) ? { body: null } : { problem: noCase(params.number) };
    },
    "POST /cases/{number}/candidates": async ({ tx, caller, params, body }) => {
      const found = await findCase(tx, caller, params.number, day().today);
      if (found === null) return { problem: noCase(params.number) };
      if (found.isSealed) return { body: { items: [], hasMore: false } };
      const { items, hasMore } = await findCandidates(tx, found.subject, body, { now: runtime.now(), ...day() });
      return { body: { items: [...items], hasMore } };
    },
    ...caseVerbs(casework),
  });
}

/** The refusal of a list of sealed cases for a person who has not confirmed; null where nothing speaks against it. */
function unconfirmedFor({ sealed }: { readonly sealed?: boolean | undefined }, caller: Caller) {
  return sealed === true ? lackingConfirmation(caller) : null;
}

function pageOf({ verbs, ...page }: StaffCasePage) {
  return {
    ...page,
    decision: page.decision === null ? null : { ...page.decision },
    messages: page.messages.map((one) => ({ ...one, media: [...one.media], seenBy: [...one.seenBy] })),
    notes: [...page.notes],
    events: [...page.events],
    deadlines: [...page.deadlines],
    followers: [...page.followers],
    handovers: [...page.handovers],
    clocks: [...page.clocks],
    phoneTasks: [...page.phoneTasks],
    window: { ...page.window, rungs: [...page.window.rungs] },
    links: { ...page.links, merged: page.links.merged.map(({ id: _id, ...one }) => one) },
    similar: [...page.similar],
    may: verbs.map((verb) => `POST /cases/{number}/${verb}` as const),
  };
}
