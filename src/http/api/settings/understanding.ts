import type { Hono } from "hono";
import { UNDERSTAND_LEARN } from "../../../casework/errand-kinds/understand-learn.ts";
import { askErrand } from "../../../casework/errands/errands.ts";
import { labelCandidateIn } from "../../../casework/learning/label.ts";
import {
  type LayerStepped,
  type LayerSummary,
  listLayers,
  publishLayer,
  takeBackLayer,
} from "../../../casework/learning/layers.ts";
import { candidatesFor } from "../../../casework/learning/staff-candidates.ts";
import { isSamePerson } from "../../../casework/rules/author.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { noteUnreadReading } from "../../../casework/staff/readings.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { UNDERSTANDING } from "../../contract/settings/understanding.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

/** The routes by which an office teaches its county's own layer of understanding. */
export function understandingRoutes(services: OperationServices, runtime: Runtime): Hono<CallerEnv> {
  const { timeZone, reader } = runtime;
  return operationRoutes(services, UNDERSTANDING, {
    "GET /understanding/candidates": async ({ tx, caller, now, request }) => {
      const today = dayIn(now, timeZone);
      await noteUnreadReading(tx, { caller, now, request }, today, "corrections");
      const found = await candidatesFor(runtime, tx, caller, today);
      const items = found.map(({ because, labelledBy, ...one }) => ({
        ...one,
        // Numbers and names stand as signs of their own, which no font has.
        ...{
          text: one.text.replaceAll(/\p{C}/gu, "…"),
          because: because.map((piece) => piece.replaceAll(/\p{C}/gu, "…")),
        },
        labelledBy: [...labelledBy],
      }));
      return { body: { items } };
    },
    "POST /understanding/candidates/{id}/label": async ({ tx, caller, params, body, now }) => {
      const isThere = (await candidatesFor(runtime, tx, caller, dayIn(now, timeZone))).some(
        ({ id }) => id === params.id,
      );
      if (!isThere) return { problem: notHere("There is no such message to label.") };
      const label = { id: params.id, ...body, by: caller.name };
      const done = await labelCandidateIn({ ...runtime, now: () => now }, tx, caller.jurisdictionId, label);
      return done.ok ? { body: { state: done.state } } : { problem: wrongAt("body.marks", "content", done.reason) };
    },
    "POST /understanding/learn": async ({ tx, caller, now }) => {
      const made = await askErrand(tx, caller, UNDERSTAND_LEARN.name, { asked: {}, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "GET /understanding/layers": async ({ tx }) => ({
      body: { items: (await listLayers(tx, reader.hash)).map(shown) },
    }),
    "POST /understanding/layers/{number}/publish": async ({ tx, caller, params, now }) => {
      const [layer] = (await listLayers(tx, reader.hash)).filter((one) => one.number === params.number);
      if (layer === undefined) return { problem: notHere("There is no such layer.") };
      if (isSamePerson(layer.author, caller.name)) return { problem: OWN_WORK };
      const step = { by: caller.name, now, weights: reader.hash };
      return answered(await publishLayer(tx, caller.jurisdictionId, params.number, step));
    },
    "POST /understanding/take-back": async ({ tx, caller, body, now }) => {
      const step = { by: caller.name, now, weights: reader.hash };
      return answered(await takeBackLayer(tx, caller.jurisdictionId, body.number, step));
    },
  });
}

const OWN_WORK: Problem = {
  status: 403,
  title: "Forbidden",
  code: "own-work",
  detail: "Whoever made a layer does not review it: somebody else of the office does.",
};

function answered(stepped: LayerStepped) {
  if (stepped.ok) return { body: { inUse: stepped.inUse } };
  const problem: Problem = { status: 409, title: "Conflict", code: "state", detail: stepped.reason };
  return { problem };
}

function shown({ measured, refusals, createdAt, publishedAt, retiredAt, weights: _weights, ...layer }: LayerSummary) {
  const { frozen, messages, changed, changes, lowered } = measured;
  const { texts, rightBefore, rightAfter, dangersLost, accusationsLost, floorsLost } = frozen;
  return {
    ...layer,
    createdAt: createdAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
    retiredAt: retiredAt?.toISOString() ?? null,
    measured: {
      ...{ texts, rightBefore, rightAfter, dangersLost, accusationsLost, floorsLost: floorsLost.length },
      ...{ messages, changed, changes: { ...changes }, lowered: { ...lowered } },
    },
    mayPublish: refusals.length === 0,
  };
}
