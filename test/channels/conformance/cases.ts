import { expect, test } from "vitest";

/** The cases of a suite: each is a test, and those for which a platform has nothing are gathered. */
export type Cases = {
  /** @param run calls `nothing` where the platform has nothing for the case */
  add(name: string, run: (nothing: () => void) => void | Promise<void>, timeoutMs?: number): void;
  /** Adds the test that the platform had nothing for these, and something for every other. */
  end(without: readonly string[]): void;
};

/** Opens the cases of a part of the suite. */
export function openCases(): Cases {
  const known: string[] = [];
  const without: string[] = [];
  return {
    add(name, run, timeoutMs = 60_000) {
      const [id = ""] = name.split(" ");
      known.push(id);
      const work = async () => run(() => void without.push(id));
      test(name, work, timeoutMs);
    },
    end(expected) {
      test("the cases without a subject are those that are expected", () => {
        expect(without).toEqual(expected.filter((id) => known.includes(id)));
      });
    },
  };
}
