import { changeTrial, shownTrial } from "../casework/settings/trial.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";

/** Runs `liaison county live`: ends the trial of a county; what was held back in it stays held. */
export async function runCountyLive(
  { out, err }: Output,
  { database, vault, now }: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  { by }: { readonly by: string },
): Promise<ExitStatus> {
  const { held, done } = await database.inCounty(jurisdictionId, async (tx) => {
    const { etag, held } = await shownTrial(tx, { jurisdictionId, vault, showsCodes: false });
    const count = held.toResidents + held.toDeputies;
    const change = { what: "end", seen: count, held: "keep" } as const;
    return { held: count, done: await changeTrial(tx, jurisdictionId, change, { seen: etag, by, now: now() }) };
  });
  if (done.ok) {
    out("The county is live: everybody receives what is meant for them from now on.");
    if (held > 0) out(`${held} messages that were held back stay held: the console shows them under Deliveries.`);
    return 0;
  }
  err(done.why === "is-so" ? "The county is not in trial." : "Somebody else changed the trial just now: try again.");
  return 1;
}
