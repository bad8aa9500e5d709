import { chance, type Network, shareOf, UNITS } from "../network.ts";
import { BUCKETS, NUMBERS, OF_WHOLE, type Signs } from "../signs.ts";
import { type Lots, lotsOf } from "./lots.ts";

/** A boundary to learn from; of those of one `group` exactly one is a cut, and which is found while learning. */
export type Point = {
  readonly signs: Signs;
  readonly isCut: boolean;
  readonly weight: number;
  readonly group: number | null;
};

const EPOCHS = 12;
const RATE = 0.05;
const SHRINK = 2e-5;
/** So much of the words is left out each time: no single one may decide. */
const LEFT_OUT = 0.15;
const WHOLE_LEFT_OUT = 0.5;
const NEGLIGIBLE = 1e-3;
const SEED = 20_261_130;

type Values = { readonly [K in Exclude<keyof Network, "bias">]: Float32Array } & { bias: number };

/**
 * Trains the network by Adagrad. The same points in the same order give the same weights on the same Node.
 * @param points in which those of a group stand together
 */
export function trainNetwork(points: readonly Point[]): Network {
  const lots = lotsOf(SEED);
  const net = begun(lots);
  const squares = zeros();
  const groups = [...Map.groupBy(points.keys(), (at) => points[at]?.group ?? null)].flatMap(([group, at]) =>
    group === null ? [] : [at],
  );
  const cuts = Uint8Array.from(points, ({ isCut }) => (isCut ? 1 : 0));
  const order = [...points.keys()];
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    if (epoch > 0) for (const group of groups) chooseCut(net, points, group, cuts);
    shuffle(order, lots);
    for (const at of order) {
      const point = points[at];
      if (point !== undefined && (point.group === null || epoch > 0))
        step({ net, squares, lots }, point, cuts[at] ?? 0);
    }
  }
  return net;
}

/** Of a message that has several matters, the likeliest boundary is the cut. */
function chooseCut(net: Network, points: readonly Point[], group: readonly number[], cuts: Uint8Array): void {
  let [best, most] = [-1, -1];
  for (const at of group) {
    cuts[at] = 0;
    const point = points[at];
    const probability = point === undefined ? 0 : chance(net, point.signs);
    if (probability > most) [best, most] = [at, probability];
  }
  if (best >= 0) cuts[best] = 1;
}

function begun({ next }: Lots): Values {
  const some = (length: number, spread: number) => Float32Array.from({ length }, () => (next() - 0.5) * spread);
  const ofNumbers = some(NUMBERS * UNITS, 0.3);
  return { ...zeros(), ofNumbers, ofWords: some(BUCKETS * UNITS, 0.1), outer: some(UNITS, 0.6), bias: -2 };
}

function zeros(): Values {
  const none = (length: number) => new Float32Array(length);
  return {
    ofNumbers: none(NUMBERS * UNITS),
    ofWords: none(BUCKETS * UNITS),
    inner: none(UNITS),
    outer: none(UNITS),
    wide: none(BUCKETS),
    bias: 0,
  };
}

type State = { readonly net: Values; readonly squares: Values; readonly lots: Lots };

function step({ net, squares, lots }: State, { signs, weight }: Point, isCut: number): void {
  const numbers = Float32Array.from(signs.numbers);
  // The reader knows the sentences from which it learned better than any other: what it says of the whole is not to be relied on.
  if (lots.next() < WHOLE_LEFT_OUT) numbers[OF_WHOLE] = 0;
  const words = signs.words.filter(() => lots.next() >= LEFT_OUT);
  const share = shareOf(signs.words.length) / (1 - LEFT_OUT);
  const units = Float32Array.from(net.inner);
  for (let at = 0; at < NUMBERS; at += 1) addTo(units, net.ofNumbers, at, numbers[at] ?? 0);
  for (const word of words) addTo(units, net.ofWords, word, share);
  let sum = net.bias;
  for (const word of words) sum += share * (net.wide[word] ?? 0);
  for (let unit = 0; unit < UNITS; unit += 1) sum += Math.max(0, units[unit] ?? 0) * (net.outer[unit] ?? 0);
  const slope = (1 / (1 + Math.exp(-sum)) - isCut) * weight;
  if (Math.abs(slope) < NEGLIGIBLE) return;
  squares.bias += slope * slope;
  net.bias -= (RATE * slope) / Math.sqrt(squares.bias + 1e-4);
  for (let unit = 0; unit < UNITS; unit += 1) {
    const value = units[unit] ?? 0;
    if (value <= 0) continue;
    const inner = slope * (net.outer[unit] ?? 0);
    move(net.outer, squares.outer, unit, slope * value);
    move(net.inner, squares.inner, unit, inner);
    for (let at = 0; at < NUMBERS; at += 1) {
      const number = numbers[at] ?? 0;
      if (number !== 0) move(net.ofNumbers, squares.ofNumbers, at * UNITS + unit, inner * number);
    }
    for (const word of words) move(net.ofWords, squares.ofWords, word * UNITS + unit, inner * share);
  }
  for (const word of words) move(net.wide, squares.wide, word, slope * share);
}

function addTo(units: Float32Array, weights: Float32Array, row: number, value: number): void {
  if (value === 0) return;
  for (let unit = 0; unit < UNITS; unit += 1) {
    units[unit] = (units[unit] ?? 0) + value * (weights[row * UNITS + unit] ?? 0);
  }
}

function move(values: Float32Array, squares: Float32Array, at: number, slope: number): void {
  const value = values[at] ?? 0;
  const gradient = slope + SHRINK * value;
  const square = (squares[at] ?? 0) + gradient * gradient;
  squares[at] = square;
  values[at] = value - (RATE * gradient) / Math.sqrt(square + 1e-4);
}

function shuffle(order: number[], { next }: Lots): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}
