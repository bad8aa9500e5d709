import { createAtlasStore } from "../../casework/county/atlas-store.ts";
import { findCandidates } from "../../casework/learning/candidates.ts";
import { type LabelGiven, labelCandidate, maySeeSealed } from "../../casework/learning/label.ts";
import { quote } from "../../domain/text/quote.ts";
import type { Agreement } from "../../domain/understanding/local/agreement.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

type Services = Pick<Installation, "database" | "vault" | "now">;

/** What the state of a candidate is called where people read it. */
const STATES: Readonly<Record<Agreement["state"], string>> = {
  none: "unlabelled",
  one: "needs another person",
  differ: "labelled differently",
  "mask-wrong": "masking fails",
  agreed: "agreed",
};

/** Runs `liaison understand candidates`: what a county may learn from, masked, with who has labelled it; never with whose label. */
export async function runCandidates(
  { out, err }: Output,
  services: Services,
  jurisdictionId: string,
  { json, sealed }: { readonly json: boolean; readonly sealed?: string },
): Promise<ExitStatus> {
  const { vault, database } = services;
  const found = await database.inCounty(jurisdictionId, async (tx) => {
    if (sealed !== undefined && !(await maySeeSealed(vault, tx, jurisdictionId, sealed))) return null;
    const all = await findCandidates({ ...services, atlases: createAtlasStore() }, tx, jurisdictionId);
    return all.filter(({ isSealed }) => !isSealed || sealed !== undefined);
  });
  if (found === null) {
    err("Give the e-mail address of a user of the office: nobody else may see what accuses an official.");
    return 1;
  }
  const shown = found.map(({ seq, at, decided, was, source, text, isSealed, labelledBy, agreement }) => ({
    ...{ id: String(seq), at: at.toISOString(), decided, was, source, text, sealed: isSealed, labelledBy },
    state: agreement.state,
  }));
  if (json) out(JSON.stringify(shown, null, 2));
  else {
    for (const { id, decided, was, text, sealed: isSealed, state } of shown) {
      out(`${id}  ${decided} → ${was}  ${STATES[state]}${isSealed ? "  sealed" : ""}  ${quote(text)}`);
    }
  }
  return 0;
}

/** Runs `liaison understand label ID`: notes a label, and prints what people agree of the message now. */
export async function runLabel(
  { out, err }: Output,
  services: Services,
  jurisdictionId: string,
  label: LabelGiven,
): Promise<ExitStatus> {
  const labelled = await labelCandidate({ ...services, atlases: createAtlasStore() }, jurisdictionId, label);
  if (!labelled.ok) {
    err(labelled.reason);
    return 1;
  }
  out(`${label.id}  ${STATES[labelled.state]}`);
  return 0;
}
