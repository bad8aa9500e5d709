import { NUMBERS, type Signs } from "./signs.ts";

/** The number of inner units of the network. */
export const UNITS = 24;

/** A small network: numbers and words into {@link UNITS} inner units, and those into log-odds that another matter begins. */
export type Network = {
  readonly ofNumbers: Float32Array;
  readonly ofWords: Float32Array;
  readonly inner: Float32Array;
  readonly outer: Float32Array;
  readonly wide: Float32Array;
  readonly bias: number;
};

/** The probability that another matter begins where these signs are. */
export function chance(net: Network, { numbers, words }: Signs): number {
  const units = Float32Array.from(net.inner);
  for (let n = 0; n < NUMBERS; n += 1) {
    const v = numbers[n] ?? 0;
    if (v !== 0)
      for (let u = 0; u < UNITS; u += 1) units[u] = (units[u] ?? 0) + v * (net.ofNumbers[n * UNITS + u] ?? 0);
  }
  const share = shareOf(words.length);
  let sum = net.bias;
  for (const word of words) {
    sum += share * (net.wide[word] ?? 0);
    for (let u = 0; u < UNITS; u += 1) units[u] = (units[u] ?? 0) + share * (net.ofWords[word * UNITS + u] ?? 0);
  }
  for (let u = 0; u < UNITS; u += 1) sum += Math.max(0, units[u] ?? 0) * (net.outer[u] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** The share with which each word counts among so many. */
export function shareOf(words: number): number {
  return words === 0 ? 0 : 3 / Math.sqrt(words);
}
