import { createAtlasStore } from "../../casework/county/atlas-store.ts";
import {
  type LayerStepped,
  type LayerSummary,
  listLayers,
  publishLayer,
  takeBackLayer,
} from "../../casework/learning/layers.ts";
import { makeLayer } from "../../casework/learning/learn.ts";
import { readFrozen } from "../../casework/runtime/frozen-rows.ts";
import { openReader } from "../../casework/runtime/open-reader.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

type Services = Pick<Installation, "database" | "vault" | "now">;

/** Runs `liaison understand learn`: makes a layer and measures it; fails where it may not be published. */
export async function runLearn(
  { out, err }: Output,
  services: Services,
  jurisdictionId: string,
  { author, json }: { readonly author: string; readonly json: boolean },
): Promise<ExitStatus> {
  const ground = { reader: openReader(), frozen: readFrozen() };
  const made = await makeLayer({ ...services, atlases: createAtlasStore() }, jurisdictionId, ground, { author });
  if (!made.ok) {
    err(made.reason);
    return 1;
  }
  const { ok: _ok, ...layer } = made;
  if (json) out(JSON.stringify(layer, null, 2));
  else for (const line of linesOf(layer)) out(line);
  if (made.refusals.length === 0) return 0;
  err(`Layer ${made.number} may not be published. ${made.refusals.join(" ")}`);
  return 1;
}

/** Runs `liaison understand layers`: the versions of the county's layer. */
export async function runLayers(
  { out }: Output,
  { database }: Services,
  jurisdictionId: string,
  { json }: { readonly json: boolean },
): Promise<ExitStatus> {
  const { hash } = openReader();
  const layers = await database.inCounty(jurisdictionId, (tx) => listLayers(tx, hash));
  if (json) out(JSON.stringify(layers, null, 2));
  else for (const layer of layers) out(lineOf(layer));
  return 0;
}

/** Runs `liaison understand publish-layer`: takes a layer into use. */
export async function runPublish(
  output: Output,
  { database, now }: Services,
  jurisdictionId: string,
  number: number,
  reviewer: string,
): Promise<ExitStatus> {
  const step = { by: reviewer, now: now(), weights: openReader().hash };
  return told(output, await database.inCounty(jurisdictionId, (tx) => publishLayer(tx, jurisdictionId, number, step)));
}

/** Runs `liaison understand take-back-layer`: goes back to an earlier layer, or to none. */
export async function runTakeBack(
  output: Output,
  { database, now }: Services,
  jurisdictionId: string,
  number: number | null,
  by: string,
): Promise<ExitStatus> {
  const step = { by, now: now(), weights: openReader().hash };
  return told(output, await database.inCounty(jurisdictionId, (tx) => takeBackLayer(tx, jurisdictionId, number, step)));
}

function told({ out, err }: Output, stepped: LayerStepped): ExitStatus {
  if (!stepped.ok) {
    err(stepped.reason);
    return 1;
  }
  out(stepped.inUse === null ? "No layer is in use." : `Layer ${stepped.inUse} is in use.`);
  return 0;
}

type Shown = Pick<LayerSummary, "number" | "features" | "rows" | "people" | "measured">;

function linesOf({ number, features, rows, people, measured }: Shown): string[] {
  const { frozen, messages, changed, changes, lowered, isSafetyLeftAlone } = measured;
  return [
    `layer ${number}  ${features} features from ${rows} messages of ${people} people`,
    `frozen sentences ${frozen.texts}: right ${frozen.rightBefore} before, ${frozen.rightAfter} after; dangers lost ${frozen.dangersLost}, accusations lost ${frozen.accusationsLost}, floors lost ${frozen.floorsLost.length}`,
    `last messages ${messages}: decided otherwise ${changed}; danger lowered ${lowered.danger}, accusation lowered ${lowered.accusation}`,
    ...Object.entries(changes).map(([change, count]) => `  ${change}: ${count}`),
    ...(isSafetyLeftAlone ? ["What was said of false alarms is left out: true ones would have been lost."] : []),
  ];
}

function lineOf({
  number,
  state,
  author,
  reviewer,
  createdAt,
  features,
  people,
  isEmptied,
  isOfTheseWeights,
}: LayerSummary) {
  return [
    `${number}`,
    state,
    createdAt.toISOString(),
    `by ${author}`,
    ...(reviewer === null ? [] : [`reviewed by ${reviewer}`]),
    `${features} features, ${people} people`,
    ...(isEmptied ? ["emptied: words it was learned from were erased"] : []),
    ...(isOfTheseWeights ? [] : ["switched off: it belongs to the weights of another release"]),
  ].join("  ");
}
