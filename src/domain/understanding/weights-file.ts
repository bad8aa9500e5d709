import { OUTPUTS, type Weights } from "./model.ts";
import type { Thresholds } from "./policy.ts";

/** The header of a weights file: what it was made of and how good it is. */
export type WeightsHeader = {
  /** SHA-256 of the corpus that it was trained on, in hexadecimal. */
  readonly corpus: string;
  readonly features: number;
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  readonly thresholds: Thresholds;
};

/** A weights file as it is used: its header and the weights. */
export type WeightsFile = { readonly header: WeightsHeader; readonly weights: Weights };

const MAGIC = 0x4c_41_55_31;
const LENGTHS_BYTES = 8;
/** So many signs of the corpus' hash name its weights. */
const NAME_LENGTH = 12;

/** The bytes of a weights file: a number that names the format, the header's length, the header in JSON, hashes, weights. */
export function encodeWeights(
  { hashes, weights, scales, biases }: Weights,
  { corpus, thresholds }: Pick<WeightsHeader, "corpus" | "thresholds">,
): Uint8Array {
  const header: WeightsHeader = {
    corpus,
    features: hashes.length,
    scales: [...scales],
    biases: [...biases],
    thresholds,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(LENGTHS_BYTES + json.length + hashes.length * (4 + OUTPUTS));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, json.length);
  bytes.set(json, LENGTHS_BYTES);
  const from = LENGTHS_BYTES + json.length;
  for (const [index, hash] of hashes.entries()) view.setUint32(from + index * 4, hash);
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), from + hashes.length * 4);
  return bytes;
}

/**
 * Reads a weights file.
 * @throws Error where the bytes are none, or are cut off
 */
export function decodeWeights(bytes: Uint8Array): WeightsFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < LENGTHS_BYTES || view.getUint32(0) !== MAGIC) throw new Error("this is no file of weights");
  const from = LENGTHS_BYTES + view.getUint32(4);
  if (from > bytes.length) throw new Error("the file of weights is cut off");
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTHS_BYTES, from))) as WeightsHeader;
  const { features } = header;
  if (bytes.length !== from + features * (4 + OUTPUTS)) throw new Error("the file of weights is cut off");
  const hashes = new Uint32Array(features);
  for (let index = 0; index < features; index += 1) hashes[index] = view.getUint32(from + index * 4);
  const weights = new Int8Array(features * OUTPUTS);
  weights.set(new Int8Array(bytes.buffer, bytes.byteOffset + from + features * 4, weights.length));
  const scales = Float32Array.from(header.scales);
  const biases = Float32Array.from(header.biases);
  return { header, weights: { hashes, weights, scales, biases, name: header.corpus.slice(0, NAME_LENGTH) } };
}
