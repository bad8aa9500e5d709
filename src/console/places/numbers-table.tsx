import { Button } from "@mantine/core";
import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { type Counted, numberOf, stepOf } from "./layers.ts";
import type { Layer } from "./params.ts";

const FIRST = 30;
const FURTHER = 200;

/** The numbers of the map as a table, the largest first. */
export function NumbersTable(props: {
  readonly grids: readonly Counted[];
  readonly layer: Layer;
  readonly onChoose: (code: string) => void;
}) {
  const { words } = useLanguage();
  const { places } = words;
  const { layer } = props;
  const [shown, setShown] = useState(FIRST);
  const steps: readonly string[] = places.steps[layer];
  const say = (grid: Counted): string => {
    const value = numberOf(grid, layer);
    return value === null ? words.shell.nothing : places.units[layer](value);
  };
  // Who has nobody comes first; of everything else, who has most.
  const sign = layer === "answering" ? 1 : -1;
  const rank = (grid: Counted) => numberOf(grid, layer) ?? (sign > 0 ? Infinity : -Infinity);
  const sorted = props.grids.toSorted(
    (one, other) => sign * (rank(one) - rank(other)) || (one.code < other.code ? -1 : 1),
  );
  const rest = sorted.length - shown;
  return (
    <section className="block" aria-label={places.table}>
      <h2>{places.table}</h2>
      <table className="table cards" aria-label={places.table}>
        <TableHead names={[places.name, places.code, places.township, places.layers[layer], places.legend]} />
        <tbody>
          {sorted.slice(0, shown).map((grid) => (
            <tr key={grid.code}>
              <th scope="row">
                <button type="button" className="link-button" onClick={() => props.onChoose(grid.code)}>
                  {grid.name}
                </button>
              </th>
              <td data-label={places.code}>{grid.code}</td>
              <td data-label={places.township}>{grid.township}</td>
              <td data-label={places.value} className="number">
                {say(grid)}
              </td>
              <td data-label={places.legend}>
                {steps[stepOf(numberOf(grid, layer), layer) ?? -1] ?? words.shell.nothing}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest <= 0 ? null : (
        <p className="list-end">
          <Button variant="default" onClick={() => setShown(shown + FURTHER)}>
            ↓ {places.more(rest)}
          </Button>
        </p>
      )}
    </section>
  );
}
