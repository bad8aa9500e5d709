import type { Transaction } from "../../../db/database.ts";
import { compareRules, type RuleChange } from "../../domain/rules/compare.ts";
import type { Condition } from "../../domain/rules/condition.ts";
import { rulesIn } from "../../domain/rules/finding-place.ts";
import { readCondition } from "../../domain/rules/read-condition.ts";
import { type VersionRow, versionRow } from "../rules/steps.ts";

/** A change between two versions, with the conditions of the rule before and after as they are read. */
export type ReadChange = RuleChange & { readonly readFrom: Condition | null; readonly readTo: Condition | null };

/**
 * The changes from one version to another.
 * @param against the number of the older one; the one on which this is based when left out
 * @returns null where there is no such version
 */
export async function changesOf(
  tx: Transaction,
  version: VersionRow,
  against?: number,
): Promise<{ readonly against: number | null; readonly changes: readonly ReadChange[] } | null> {
  const number = against ?? version.basedOn;
  const before = number === null ? null : await versionRow(tx, number);
  if (number !== null && before === null) return null;
  const changes = compareRules(before?.content ?? null, version.content);
  return {
    against: number,
    changes: changes.map((one) => ({
      ...one,
      readFrom: one.rule === null ? null : conditionOf(one.from),
      readTo: one.rule === null ? null : conditionOf(one.to),
    })),
  };
}

/** The conditions of a content's rules in their order, as they are read; null for one that cannot be. */
export function conditionsIn(content: unknown): (Condition | null)[] {
  return rulesIn(content).map(conditionOf);
}

function conditionOf(rule: unknown): Condition | null {
  if (typeof rule !== "object" || rule === null || !("when" in rule)) return null;
  const read = readCondition(rule.when);
  return read.ok ? read.condition : null;
}
