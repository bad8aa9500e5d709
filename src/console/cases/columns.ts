import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { useSession } from "../client/session.ts";

/** A column of the list that may be left out. */
export type Column = Answered<"GET /views">["items"][number]["columns"][number];

/** The columns that can be shown, in their order. */
export const ALL_COLUMNS: readonly Column[] = [
  "words",
  "state",
  "place",
  "holder",
  "due",
  "spoken",
  "rating",
  "delivery",
];
const USUAL: readonly Column[] = ["words", "state", "place", "holder", "due", "spoken"];

/** The columns that this person has chosen, kept in this browser: they say nothing of anybody. */
export function useColumns(): readonly [readonly Column[], (columns: readonly Column[]) => void] {
  const { me } = useSession();
  const place = `liaison.columns.${me.id}`;
  const [columns, setColumns] = useState<readonly Column[]>(() => read(localStorage.getItem(place)));
  return [
    columns,
    (next) => {
      const chosen = next.length === 0 ? USUAL : ALL_COLUMNS.filter((one) => next.includes(one));
      localStorage.setItem(place, chosen.join());
      setColumns(chosen);
    },
  ];
}

function read(kept: string | null): readonly Column[] {
  const chosen = ALL_COLUMNS.filter((one) => kept?.split(",").includes(one));
  return chosen.length === 0 ? USUAL : chosen;
}
