import { type Layer, OUTPUTS } from "../model.ts";

const MAGIC = 0x4c_41_4c_31;
const HEAD_BYTES = 8;
const FEATURE_BYTES = 4 + 4 * OUTPUTS;

/** The bytes of a layer: a number that names the format, how many features, their hashes, their weights. */
export function encodeLayer({ hashes, weights }: Layer): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + hashes.length * FEATURE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, hashes.length);
  for (const [at, hash] of hashes.entries()) view.setUint32(HEAD_BYTES + at * 4, hash);
  const from = HEAD_BYTES + hashes.length * 4;
  for (const [at, weight] of weights.entries()) view.setFloat32(from + at * 4, weight);
  return bytes;
}

/**
 * Reads a layer from its bytes.
 * @throws Error where they are none, or are cut off
 */
export function decodeLayer(bytes: Uint8Array): Layer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < HEAD_BYTES || view.getUint32(0) !== MAGIC) throw new Error("this is no layer");
  const features = view.getUint32(4);
  if (bytes.length !== HEAD_BYTES + features * FEATURE_BYTES) throw new Error("the layer is cut off");
  const from = HEAD_BYTES + features * 4;
  return {
    hashes: Uint32Array.from({ length: features }, (_, at) => view.getUint32(HEAD_BYTES + at * 4)),
    weights: Float32Array.from({ length: features * OUTPUTS }, (_, at) => view.getFloat32(from + at * 4)),
  };
}
