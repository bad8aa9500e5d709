import { isSameJson } from "../../domain/rules/compare.ts";
import { idOf, rulesIn } from "../../domain/rules/finding-place.ts";

/** A rule, or what is said of the whole set where `rule` is null, that somebody changed meanwhile. */
export type Difference = {
  readonly rule: string | null;
  /** Who changed it since the common beginning. */
  readonly by: "hers" | "mine" | "both";
  /** As each has it; null where it is taken out. */
  readonly hers: unknown;
  readonly mine: unknown;
};

/** The choice of whose form of a rule is taken, by the rule's id; of the set itself by the empty name. */
export type Choices = Readonly<Record<string, "hers" | "mine">>;

type Rules = ReadonlyMap<string, unknown>;

/** Lists what two people changed of the same rules since they were the same. */
export function differencesOf(base: unknown, mine: unknown, hers: unknown): Difference[] {
  const [before, own, other] = [base, mine, hers].map(byId);
  const ids = new Set([...(other?.keys() ?? []), ...(own?.keys() ?? []), ...(before?.keys() ?? [])]);
  const found: Difference[] = [];
  const look = (rule: string | null, was: unknown, one: unknown, two: unknown) => {
    if (isSameJson(one, two)) return;
    const [isMine, isHers] = [!isSameJson(was, one), !isSameJson(was, two)];
    found.push({ rule, by: isMine && isHers ? "both" : isMine ? "mine" : "hers", mine: one, hers: two });
  };
  const [setBefore, setMine, setHers] = [base, mine, hers].map(withoutRules);
  look(null, setBefore, setMine, setHers);
  for (const id of ids) look(id, before?.get(id) ?? null, own?.get(id) ?? null, other?.get(id) ?? null);
  return found;
}

/** Puts both together: of each rule the form that was chosen, and where only one changed it, theirs. */
export function mergeContents(base: unknown, mine: unknown, hers: unknown, choices: Choices): unknown {
  const chosen = new Map(
    differencesOf(base, mine, hers).map(({ rule, by }) => [
      rule ?? "",
      choices[rule ?? ""] ?? (by === "mine" ? "mine" : "hers"),
    ]),
  );
  const [own, other] = [byId(mine), byId(hers)];
  const pick = (id: string): unknown => ((chosen.get(id) ?? "hers") === "mine" ? own : other).get(id) ?? null;
  const orders = [base, mine, hers].map((content) => [...byId(content).keys()]);
  const [before = [], ownOrder = [], otherOrder = []] = orders;
  // Whoever moved rules decides their order; where both did, hers is stored already.
  const [lead, follow] = isSameOrder(before, otherOrder) ? [ownOrder, otherOrder] : [otherOrder, ownOrder];
  const order = [...lead];
  for (const [index, id] of follow.entries()) {
    if (order.includes(id)) continue;
    const previous = follow[index - 1];
    order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, id);
  }
  const set = withoutRules(chosen.get("") === "mine" ? mine : hers);
  return { ...set, rules: order.map(pick).filter((rule) => rule !== null) };
}

function byId(content: unknown): Rules {
  return new Map(
    rulesIn(content).flatMap((rule) => {
      const id = idOf(rule);
      return id === null ? [] : [[id, rule] as const];
    }),
  );
}

function withoutRules(content: unknown): object {
  if (typeof content !== "object" || content === null) return {};
  return Object.fromEntries(Object.entries(content).filter(([key]) => key !== "rules"));
}

/** Whether the rules that are in both stand in the same order. */
function isSameOrder(one: readonly string[], other: readonly string[]): boolean {
  const both = other.filter((id) => one.includes(id));
  const kept = one.filter((id) => both.includes(id));
  return kept.every((id, index) => both[index] === id);
}
