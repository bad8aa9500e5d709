import { useState } from "react";

/** A thing that a person asked for: whether it runs, and how it failed. */
export type Working = {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Does it, unless something runs already; whether it went well. */
  run(work: () => Promise<void>): Promise<boolean>;
  forget(): void;
};

/** Follows what a button does. */
export function useWorking(): Working {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    isBusy,
    error,
    forget: () => setError(null),
    async run(work) {
      if (isBusy) return false;
      setBusy(true);
      setError(null);
      try {
        await work();
        return true;
      } catch (refusal) {
        setError(refusal);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
