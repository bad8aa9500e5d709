/** A message whose matters are known: where each but the first begins, by its place in the text; null where it has several and nobody said where. */
export type MatterRow = {
  readonly id: string;
  readonly text: string;
  readonly cuts: readonly number[] | null;
  readonly author: string;
  readonly split: "train" | "dev" | "test";
};

/**
 * A row of the corpus of matters from its line.
 * @throws Error where it is none
 */
export function readMatterRow(line: string): MatterRow {
  const row = JSON.parse(line) as MatterRow;
  const { text, cuts } = row;
  const isInOrder = cuts === null || cuts.every((cut, index) => cut > (cuts[index - 1] ?? 0) && cut < text.length);
  if (!isInOrder) throw new Error(`${row.id}: its cuts are not in order`);
  return row;
}
