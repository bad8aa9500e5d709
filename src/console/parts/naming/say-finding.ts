import type { PlacedFinding } from "../../../domain/rules/finding-place.ts";
import type { FindingSaid } from "../../../domain/rules/finding-values.ts";
import type { Words } from "../../words/zh-CN.ts";

/** A finding of a check; of one that was kept before findings had codes, its kind alone is known. */
type Found = Pick<PlacedFinding, "kind"> & Partial<FindingSaid>;

/** Says what a check found in the language of the page, with rules by their names; by its kind alone where it has no code that this page knows. */
export function sayFinding(found: Found, { findings }: Words, nameOf: (id: string) => string = (id) => id): string {
  const { kind, code, values } = found;
  if (code === undefined || values === undefined || !Object.hasOwn(findings.sentences, code))
    return findings.other[kind];
  // Code and parameters belong together where they are made.
  const say = findings.sentences[code] as (values: unknown, named: (id: string) => string) => string;
  return say(values, nameOf);
}
