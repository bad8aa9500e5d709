import type { DescribeRouteOptions } from "hono-openapi";
import type { Role } from "../../domain/access/roles.ts";
import { MOST_BYTES } from "../../domain/rules/ruleset.ts";
import { SHAPES } from "./shapes.ts";

/** The description of one operation for programs that use the API, with the roles it is for. */
type Operation = { readonly roles: readonly Role[]; readonly spec: DescribeRouteOptions };

type Told = {
  readonly summary: string;
  readonly description?: string;
  readonly roles: readonly Role[];
  readonly answer: readonly [status: 200 | 201, description: string, content: keyof typeof SHAPES];
  /** Besides those that every operation may give. */
  readonly refusals?: Readonly<Record<number, string>>;
  readonly takesContent?: boolean;
};

const READERS: readonly Role[] = ["office", "reviewer", "auditor"];
const UNKNOWN = "There is no version with this number in the county of the token.";
const BAD_CONTENT = "The rule set is refused; `findings` names every mistake with its place. Nothing was stored.";
const TOO_LARGE = `The body has more than ${MOST_BYTES} bytes.`;

/** The operations on the versions of a county's rule set, by a verb. */
export const RULESET_OPERATIONS = {
  list: operation({
    summary: "List the versions",
    description: "Newest first, without their rules.",
    roles: READERS,
    answer: [200, "The versions.", "list"],
  }),
  show: operation({
    summary: "Show a version",
    description: "With its rules as they were written, and what happened to it, oldest first.",
    roles: READERS,
    answer: [200, "The version.", "view"],
    refusals: { 404: UNKNOWN },
  }),
  draft: operation({
    summary: "Draft a version",
    description: "The name of the token is the author's name.",
    roles: ["office"],
    answer: [201, "The draft; its address is in `location`.", "summary"],
    refusals: { 413: TOO_LARGE, 422: BAD_CONTENT },
    takesContent: true,
  }),
  edit: operation({
    summary: "Change a draft",
    description: "Whoever changes a draft cannot review it. What was submitted cannot be changed any more.",
    roles: ["office"],
    answer: [200, "The draft.", "summary"],
    refusals: { 404: UNKNOWN, 409: "It is no draft.", 413: TOO_LARGE, 422: BAD_CONTENT },
    takesContent: true,
  }),
  submit: operation({
    summary: "Submit a draft",
    description: "Gives it to its review; from here on nobody can change it.",
    roles: ["office"],
    answer: [200, "The version, in review, with what its check finds.", "checked"],
    refusals: { 404: UNKNOWN, 409: "It is no draft." },
  }),
  review: operation({
    summary: "Review a version",
    description:
      "Publishes it, and retires the one that was published until now; or turns it down. The reviewer is called by the name of the token, and is nobody who wrote or changed the version.",
    roles: ["reviewer"],
    answer: [200, "The version, published or retired, with what its check finds.", "checked"],
    refusals: { 400: "The body is no JSON.", 404: UNKNOWN, 409: "It is not in review.", 422: "The review is refused." },
  }),
  takeBack: operation({
    summary: "Take an older version back",
    description: "Makes a new version of one that was published before, in review at once.",
    roles: ["office"],
    answer: [201, "The new version, with what its check finds; its address is in `location`.", "checked"],
    refusals: { 404: UNKNOWN, 409: "It was never published, or still is.", 422: BAD_CONTENT },
  }),
} as const;

/** The description of one operation, with the refusals that every one may give. */
function operation({ summary, description, roles, answer, refusals = {}, takesContent = false }: Told): Operation {
  const [status, told, content] = answer;
  const common = {
    401: "The token is missing, not known, or ended.",
    403: "The token is of another role, or this person may not.",
    429: "Too many wrong tokens came from this address.",
    503: "The database does not answer.",
  };
  const refused = Object.entries({ ...common, ...refusals }).map(
    ([status, description]) => [status, { description, content: SHAPES.problem }] as const,
  );
  const spec: DescribeRouteOptions = {
    tags: ["rule sets"],
    summary,
    description: [description, `For tokens of role ${roles.join(", ")}.`].filter(Boolean).join(" "),
    security: [{ token: [] }],
    responses: { [status]: { description: told, content: SHAPES[content] }, ...Object.fromEntries(refused) },
    ...(takesContent ? { requestBody: { required: true, content: SHAPES.content } } : {}),
  };
  return { roles, spec };
}
