import type { Hono, MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { type GenerateSpecOptions, generateSpecs } from "hono-openapi";
import type { CallerEnv } from "../auth.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** The page that documents every operation of an API; it loads nothing from elsewhere. */
export function docsPage(
  described: Hono<CallerEnv, never, string>,
  documentation: GenerateSpecOptions["documentation"],
): MiddlewareHandler {
  return async (c) => {
    const { info, paths } = await generateSpecs(described, { documentation });
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }];
      }),
    );
    return c.html(html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${info.title}: API</title>
<h1>${info.title}: API</h1>
<p>${info.description}</p>
<p>Send the token as <code>Authorization: Bearer</code>. For programs: <a href="/api/openapi.json">/api/openapi.json</a>.</p>
${operations.map(
  ({ path, method, operation }) => html`<h2>${operation.summary}</h2>
<p><code>${method} ${path}</code></p>
<p>${operation.description}</p>
<ul>
${Object.entries(operation.responses ?? {}).map(
  ([status, answer]) => html`<li>${status}: ${"description" in answer ? answer.description : ""}</li>
`,
)}</ul>
`,
)}</html>
`);
  };
}
