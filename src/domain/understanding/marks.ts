import { DANGER_KINDS, type DangerKind, type Head } from "./meaning.ts";
import type { Reading } from "./model.ts";

/** The questions of the model that each mark of a text answers with yes; of a kind of danger it is `danger:` and the kind. */
const MARKS: Readonly<Record<string, Head>> = {
  "names-own-matter": "own-matter",
  "accuses-official": "accuses",
  "tells-on-official": "tells-on",
  minor: "minor",
  "wants-anonymity": "anonymity",
  "several-matters": "several",
};

/** The marks that a label may have. */
export const MARK_NAMES: readonly string[] = [...Object.keys(MARKS), ...DANGER_KINDS.map((kind) => `danger:${kind}`)];

/** The questions of the model that marks answer with yes; marks that no question asks for answer none. */
export function headsOf(marks: readonly string[]): Head[] {
  const kinds = marks.flatMap((mark) => dangerIn(mark) ?? []);
  const others = marks.flatMap((mark) => MARKS[mark] ?? []);
  return [...(kinds.length > 0 ? (["danger"] as const) : []), ...kinds, ...others];
}

/** The marks of a text whose questions the model answers with yes from `share` on, 0 to 1. */
export function marksIn({ heads }: Reading, share: number): string[] {
  const kinds = heads.danger >= share ? DANGER_KINDS.filter((kind) => heads[kind] >= share) : [];
  const others = Object.entries(MARKS).flatMap(([mark, head]) => (heads[head] >= share ? mark : []));
  return [...kinds.map((kind) => `danger:${kind}`), ...others];
}

function dangerIn(mark: string): DangerKind | undefined {
  return DANGER_KINDS.find((kind) => mark === `danger:${kind}`);
}
