import type { Database, Transaction } from "../../../db/database.ts";

/**
 * Runs work whose parts each want a transaction of their own in a single one: nobody sees any of it before all of it is there, and
 * after a failure nothing has happened.
 */
export function atOnce<T>(
  database: Database,
  jurisdictionId: string,
  work: (whole: Database, tx: Transaction) => Promise<T>,
): Promise<T> {
  return database.inCounty(jurisdictionId, (tx) => {
    let last: Promise<unknown> = Promise.resolve();
    // Parts of one transaction follow one another.
    const inTurn = <R>(part: (inner: Transaction) => Promise<R>): Promise<R> => {
      const next = last.then(() => tx.transaction(part));
      last = next.catch(() => undefined);
      return next;
    };
    const whole: Database = {
      login: database.login,
      inCounty: (_county, part) => inTurn(part),
      inDirectory: (part) => database.inDirectory(part),
      close: async () => undefined,
    };
    return work(whole, tx);
  });
}
