import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Condition } from "../../../domain/rules/condition.ts";
import type { RuleTarget } from "../../../domain/rules/ruleset.ts";
import { useSession } from "../../client/session.ts";
import { KIND_OF, type NameKind, type NameOf } from "./say-condition.ts";

/** The codes of which names are wanted, by kind. */
export type Codes = Partial<Record<NameKind, string[]>>;

const FRESH_MS = 5 * 60_000;

/** Collects the codes that conditions and targets name. */
export function codesIn(conditions: readonly (Condition | null)[], targets: readonly RuleTarget[] = []): Codes {
  const found = new Map<NameKind, Set<string>>();
  const add = (kind: NameKind, code: string) => found.set(kind, (found.get(kind) ?? new Set()).add(code));
  const look = (condition: Condition): void => {
    if (condition.kind === "all" || condition.kind === "any") condition.of.forEach(look);
    if (condition.kind === "not") look(condition.of);
    const kind = condition.kind === "is" ? KIND_OF[condition.variable] : null;
    if (condition.kind === "is" && kind !== null)
      for (const code of condition.oneOf) if (code !== null && code !== "") add(kind, code);
  };
  for (const condition of conditions) if (condition !== null) look(condition);
  for (const target of targets)
    if (target.kind !== "grid" && target.kind !== "office" && target.code !== null && target.code !== "")
      add(target.kind, target.code);
  return Object.fromEntries([...found].map(([kind, codes]) => [kind, [...codes].sort()]));
}

/** The names behind codes, asked for together; a code without a name is shown as it is. */
export function useNames(codes: Codes): NameOf {
  const { call } = useSession();
  const { data } = useQuery({
    queryKey: ["names", codes],
    queryFn: async ({ signal }) => (await call("POST /codes/names", { body: codes, signal })).body.names,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
    enabled: Object.keys(codes).length > 0,
  });
  return (kind, code) => data?.[kind]?.[code] ?? null;
}
