import type { Hono } from "hono";
import { type AnswerTemplate, listTemplates, templateVersions } from "../../../casework/county/templates.ts";
import { type TemplateChanged, writeTemplate } from "../../../casework/settings/templates.ts";
import { unknownVariables } from "../../../domain/wording/answer-template.ts";
import type { CallerEnv } from "../../auth.ts";
import { ANSWER_TEMPLATES } from "../../contract/settings/answers.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

const NO_TEMPLATE = notHere("There is no such template.");

/** The routes of answer templates. */
export function answerTemplateRoutes(services: OperationServices): Hono<CallerEnv> {
  return operationRoutes(services, ANSWER_TEMPLATES, {
    "GET /templates": async ({ tx }) => ({ body: { items: (await listTemplates(tx)).map(shown) } }),
    "GET /templates/{id}": async ({ tx, params }) => {
      const versions = await templateVersions(tx, params.id);
      return versions.length === 0 ? { problem: NO_TEMPLATE } : { body: { items: versions.map(shown) } };
    },
    "PUT /templates/{id}": async ({ tx, caller, params, body, match, now }) => {
      const [unknown] = [...unknownVariables(body.textZh), ...unknownVariables(body.textEn)];
      if (unknown !== undefined)
        return { problem: wrongAt("body.textZh", "unknown-variable", "The text has a variable that there is not.") };
      const wanted = { id: params.id, seen: seenOf(match), content: body, by: caller.name, at: now };
      const done = await writeTemplate(tx, caller.jurisdictionId, wanted);
      if (!done.ok) return refused(done);
      const template = shown(done.template);
      return { body: template, etag: template.etag };
    },
    "DELETE /templates/{id}": async ({ tx, caller, params, match, now }) => {
      const wanted = { id: params.id, seen: seenOf(match), content: null, by: caller.name, at: now };
      const done = await writeTemplate(tx, caller.jurisdictionId, wanted);
      return done.ok ? { body: null } : refused(done);
    },
  });
}

function shown({ at, ...template }: AnswerTemplate) {
  return { ...template, etag: `t${template.version}`, at: at.toISOString() };
}

/** The number of a version; one that there never is for what is none. */
function seenOf(match: string | null): number {
  return match === "new" ? 0 : Number(/^t(\d{1,9})$/.exec(match ?? "")?.[1] ?? -1);
}

function refused(changed: TemplateChanged & { readonly ok: false }): {
  readonly problem: Problem;
  readonly etag?: string;
} {
  if (changed.why === "faster") {
    const { version, by, at, isEnd } = changed.latest;
    const since = [{ type: isEnd ? "template-ended" : "template-changed", by, at: at.toISOString() }];
    return { problem: someoneWasFaster(since), etag: `t${version}` };
  }
  if (changed.why === "unknown") return { problem: NO_TEMPLATE };
  if (changed.why === "too-many")
    return { problem: wrongAt("body", "too-many", "There are as many templates as there can be.") };
  return {
    problem: { status: 409, title: "Conflict", code: "taken", detail: "There is a template of this name already." },
  };
}
