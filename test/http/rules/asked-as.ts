import type { Answer, PeopleApi } from "../people-api.ts";

/** Asks as a person by method and path, which tests of tables of paths keep apart. */
type AskedAs = (
  who: string,
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Asks the people's API that there will be. */
export function askedAs(people: () => PeopleApi): AskedAs {
  return (who, method, path, body, headers) => people().ask(who, `${method} ${path}`, { body, headers });
}
