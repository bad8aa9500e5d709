/** The number of UTF-16 units that there are. */
export const UNITS = 0x10000;
/** The number of different units that may have a number; the tables of the lists are as long. */
export const MOST_NUMBERS = 4096;

const numbers = new Uint16Array(UNITS);
let count = 0;

/**
 * Gives a unit a number, the same each time, from 1: what lists keep of units stands in short tables by these numbers, which stay near
 * the processor.
 * @throws Error where too many have one
 */
export function numberUnit(unit: number): number {
  const known = numbers[unit] ?? 0;
  if (known !== 0) return known;
  count += 1;
  if (count >= MOST_NUMBERS) throw new Error("the patterns have too many different signs");
  numbers[unit] = count;
  return count;
}

/** The number of a unit; 0 of one that has none. */
export function unitNumber(unit: number): number {
  return numbers[unit] ?? 0;
}
