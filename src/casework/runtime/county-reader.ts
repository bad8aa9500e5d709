import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { understandingLayers } from "../../../db/schema/layers.ts";
import type { Vault } from "../../../db/vault.ts";
import { decodeLayer, encodeLayer } from "../../domain/understanding/local/layer-file.ts";
import type { Layer } from "../../domain/understanding/model.ts";
import type { Reader } from "../../domain/understanding/reader.ts";
import type { Runtime } from "./runtime.ts";

/** What was published never changes, so that each process opens it once; one layer for each county and reader is kept. */
const opened = new WeakMap<Reader, Map<string, { readonly layerId: string; readonly reader: Reader }>>();

/**
 * The reader of the county whose transaction this is: the one that the service ships with, with the county's published layer where
 * there is one. Only a layer that this process does not know yet costs a query.
 *
 * A layer of other weights is left out, and one that cannot be opened too: whoever writes is understood all the same.
 * @param layerId of the published layer, as it stands in the county's row; null for none
 */
export async function readerOfCounty(
  { reader, vault, log }: Pick<Runtime, "reader" | "vault" | "log">,
  tx: Transaction,
  jurisdictionId: string,
  layerId: string | null,
): Promise<Reader> {
  if (layerId === null) return reader;
  const ofCounties = opened.get(reader) ?? new Map<string, { readonly layerId: string; readonly reader: Reader }>();
  opened.set(reader, ofCounties);
  const known = ofCounties.get(jurisdictionId);
  if (known?.layerId === layerId) return known.reader;
  const [row] = await tx
    .select({
      number: understandingLayers.number,
      weights: understandingLayers.weights,
      content: understandingLayers.content,
    })
    .from(understandingLayers)
    .where(eq(understandingLayers.id, layerId));
  if (row === undefined || row.content === null) return reader;
  const about = { county: jurisdictionId, layer: row.number };
  let layered = reader;
  if (row.weights !== reader.hash) {
    log.warn(about, "the county's layer belongs to other weights and is switched off: make a new one");
  } else {
    try {
      layered = reader.withLayer(openLayer(vault, jurisdictionId, row.content), row.number);
    } catch (error) {
      log.error({ ...about, err: error }, "the county's layer cannot be opened and is left out");
    }
  }
  ofCounties.set(jurisdictionId, { layerId, reader: layered });
  return layered;
}

/** Seals a layer for its county. */
export function sealLayer(vault: Vault, jurisdictionId: string, layer: Layer): Uint8Array {
  return vault.seal(Buffer.from(encodeLayer(layer)).toString("base64"), layerPurpose(jurisdictionId));
}

/**
 * Opens a layer of a county.
 * @throws Error where it was sealed for another county, or is none
 */
function openLayer(vault: Vault, jurisdictionId: string, content: Uint8Array): Layer {
  return decodeLayer(Buffer.from(vault.open(content, layerPurpose(jurisdictionId)), "base64"));
}

const layerPurpose = (jurisdictionId: string) => `understanding-layer:${jurisdictionId}`;
