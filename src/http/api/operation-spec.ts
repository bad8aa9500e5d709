import { type DescribeRouteOptions, resolver } from "hono-openapi";
import type { z } from "zod";
import type { Operation } from "../contract/operation.ts";
import { SHAPES } from "./shapes.ts";

/** The description of an operation of the contract, for the document of the API. */
export function specOf({
  summary,
  description,
  roles,
  query,
  body,
  answer,
  file,
  refusals = {},
  ...operation
}: Operation): DescribeRouteOptions {
  const json = (schema: z.ZodType) => ({ "application/json": { schema: resolver(schema) } });
  const who = typeof roles === "string" ? roles : `role ${roles.join(", ")}`;
  const told = [description, `For ${who}.`];
  if (operation.write === true) told.push("Takes an `Idempotency-Key`.");
  if (operation.match === true) told.push("Takes an `If-Match`; answers 412 with what happened since.");
  if (operation.confirm === true) told.push("Needs a code of the second factor within the last ten minutes.");
  const common = {
    400: "No JSON, or no key.",
    401: "Nobody is signed in.",
    403: "This role may not.",
    503: "The database is away.",
  };
  const refused = Object.entries({ ...common, ...refusals }).map(
    ([status, text]) => [status, { description: text, content: SHAPES.problem }] as const,
  );
  const right: NonNullable<DescribeRouteOptions["responses"]> =
    file === true
      ? { 200: { description: "The file." } }
      : answer === null
        ? { 204: { description: "Done." } }
        : { [operation.status ?? 200]: { description: "Done.", content: json(answer) } };
  return {
    summary,
    description: told.filter(Boolean).join(" "),
    security: roles === "anybody" ? [] : [{ token: [] }],
    responses: { ...right, ...Object.fromEntries(refused) },
    ...(query === undefined ? {} : { parameters: Object.entries(query.shape).map(parameter) }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
  };
}

function parameter([name]: [string, unknown]) {
  return { in: "query" as const, name, schema: { type: "string" as const } };
}
