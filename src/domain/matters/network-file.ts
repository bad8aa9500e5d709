import { LENGTH, type Likeness, RUNS } from "./likeness.ts";
import type { MatterThresholds } from "./matters.ts";
import { type Network, UNITS } from "./network.ts";
import { BUCKETS, NUMBERS } from "./signs.ts";

/** The header of a network's file: what it was made of, and from which chances on it is sure. */
export type NetworkHeader = {
  /** SHA-256 of the messages that it was trained on, in hexadecimal. */
  readonly corpus: string;
  /** Names the reader and the topics that it looks at. */
  readonly telling: string;
  readonly thresholds: MatterThresholds;
  readonly scales: {
    readonly numbers: number;
    readonly words: number;
    readonly wide: number;
    readonly vectors: number;
  };
  readonly inner: readonly number[];
  readonly outer: readonly number[];
  readonly bias: number;
  readonly likenessBias: number;
};

/** A network's file as it is used. */
export type NetworkFile = { readonly header: NetworkHeader; readonly network: Network; readonly likeness: Likeness };

const MAGIC = 0x4c_41_4d_31;
const LENGTHS_BYTES = 8;
const SIZES = { numbers: NUMBERS * UNITS, words: BUCKETS * UNITS, wide: BUCKETS, vectors: RUNS * LENGTH } as const;
const BYTES = SIZES.numbers + SIZES.words + SIZES.wide + SIZES.vectors;

/** The bytes of a network's file: a number that names the format, the header's length, the header in JSON, and the weights in eight bits. */
export function encodeNetwork(
  { ofNumbers, ofWords, wide, inner, outer, bias }: Network,
  { vectors, bias: likenessBias }: Likeness,
  about: Pick<NetworkHeader, "corpus" | "telling" | "thresholds">,
): Uint8Array {
  const scales = {
    numbers: scaleOf(ofNumbers),
    words: scaleOf(ofWords),
    wide: scaleOf(wide),
    vectors: scaleOf(vectors),
  };
  const header: NetworkHeader = { ...about, scales, inner: [...inner], outer: [...outer], bias, likenessBias };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(LENGTHS_BYTES + json.length + BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, json.length);
  bytes.set(json, LENGTHS_BYTES);
  let at = LENGTHS_BYTES + json.length;
  for (const [values, scale] of [
    [ofNumbers, scales.numbers],
    [ofWords, scales.words],
    [wide, scales.wide],
    [vectors, scales.vectors],
  ] as const) {
    for (const value of values) view.setInt8(at++, Math.round(value / scale));
  }
  return bytes;
}

/**
 * Reads a network's file.
 * @throws Error where the bytes are none, or are cut off
 */
export function decodeNetwork(bytes: Uint8Array): NetworkFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < LENGTHS_BYTES || view.getUint32(0) !== MAGIC) throw new Error("this is no file of a network");
  const from = LENGTHS_BYTES + view.getUint32(4);
  if (bytes.length !== from + BYTES) throw new Error("the file of the network is cut off");
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTHS_BYTES, from))) as NetworkHeader;
  const { scales, inner, outer, bias, likenessBias } = header;
  let at = from;
  const read = (count: number, scale: number) => Float32Array.from({ length: count }, () => view.getInt8(at++) * scale);
  const ofNumbers = read(SIZES.numbers, scales.numbers);
  const ofWords = read(SIZES.words, scales.words);
  const wide = read(SIZES.wide, scales.wide);
  const network = { ofNumbers, ofWords, wide, inner: Float32Array.from(inner), outer: Float32Array.from(outer), bias };
  const likeness = { vectors: read(SIZES.vectors, scales.vectors), bias: likenessBias };
  return { header, network, likeness };
}

function scaleOf(values: Float32Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most === 0 ? 1 : most / 127;
}
