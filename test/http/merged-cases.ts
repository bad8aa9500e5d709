import type { Answer } from "./people-api.ts";
import type { StaffApi } from "./staff-api.ts";

/** Lets a case go with another one, each in the version that it has now. */
export async function mergeInto(
  staff: StaffApi,
  [led, leading]: readonly [string, string],
  { who = "林晓", body = {} } = {},
): Promise<Answer> {
  const shown = async (number: string) => (await staff.ask("林晓", `GET /cases/${number}`)).body;
  const [one, other] = [await shown(led), await shown(leading)];
  return staff.ask(who, `POST /cases/${led}/merge`, {
    match: `"${one.etag}"`,
    body: { into: leading, intoVersion: other.etag, ...body },
  });
}
