import { addCounty } from "../casework/county/counties.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";

/** Runs `liaison county add CODE --name N`; prints the code. */
export async function runCountyAdd(
  { out, err }: Output,
  { database, now }: Pick<Installation, "database" | "now">,
  wanted: { readonly code: string; readonly name: string },
): Promise<ExitStatus> {
  const added = await addCounty(database, wanted, now());
  if (!added.ok) {
    err(added.reason);
    return 1;
  }
  out(added.county.code);
  return 0;
}
