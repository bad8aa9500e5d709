import type { Problem } from "../../problem.ts";

/** The most rules that a web process checks or tries: it also answers residents, so longer work is an errand's. */
export const MOST_RULES = 1_000;
/** The most matters of the past that a web process looks at: the statements of the service have an end. */
export const MOST_MATTERS = 20_000;

/** The refusal of more rules than are tried while somebody waits. */
export const TOO_MANY_RULES: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "too-many-rules",
  detail: `It has more than ${MOST_RULES} rules: store it as a draft and ask for a dry run, which checks it too.`,
};

/** The refusal of more matters than are tried while somebody waits. */
export const TOO_MANY_MATTERS: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "too-many-matters",
  detail: `There are more than ${MOST_MATTERS} matters: ask for it as an errand, POST /api/v1/rulesets/{number}/dry-run.`,
};
