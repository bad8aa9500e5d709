import { html } from "hono/html";
import type { generateSpecs } from "hono-openapi";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** The page that documents every operation of an API; it loads nothing from elsewhere. */
export async function docsPage({ info, paths }: Awaited<ReturnType<typeof generateSpecs>>): Promise<string> {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }];
    }),
  );
  const page = await html`<!doctype html>
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
`;
  return page.toString();
}
