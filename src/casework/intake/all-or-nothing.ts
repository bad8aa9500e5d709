/** The error that ends a transaction, or a part of one, of which nothing is kept; `result` is what came of it. */
export class NotKept<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super("nothing is kept");
    this.result = result;
  }
}

/**
 * Gives the result of a transaction, also where it ended by {@link NotKept} and was rolled back.
 * @throws whatever else it ended by
 */
export async function keptOrNot<T>(transaction: Promise<T>): Promise<T> {
  try {
    return await transaction;
  } catch (ended) {
    if (ended instanceof NotKept) return ended.result;
    throw ended;
  }
}
