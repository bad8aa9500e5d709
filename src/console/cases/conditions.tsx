import { Button, NativeSelect } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { FILTER_NAMES, type Filter, type Params, paramsOf, sayCondition, sortOf } from "../parts/filter.ts";
import { ConditionDialog } from "./condition-dialog.tsx";

const PRESETS = {
  triage: { state: ["triage"] },
  late: { late: true },
  undelivered: { delivery: ["waiting", "uncertain", "failed"] },
  unhappy: { rating: [1, 2] },
  reopened: { reopened: true },
  open: { open: true },
  "walk-ins": { channel: ["desk"] },
  all: {},
} as const satisfies Readonly<Record<string, Filter | object>>;

/** The conditions of a list: often used ones as links, those that hold as chips to take away, and the order. */
export function Conditions({
  params,
  onChange,
}: {
  readonly params: Params;
  readonly onChange: (params: Params) => void;
}) {
  const { words, times } = useLanguage();
  const { cases } = words;
  const [isAdding, setAdding] = useState(false);
  const presets = { ...PRESETS, "due-today": { dueUntil: times.dayOf(new Date()), late: false } };
  const set = FILTER_NAMES.filter((name) => params[name] !== undefined);
  const without = (name: keyof Params): Params => ({ ...params, [name]: undefined });
  const isAll = (preset: Filter): boolean =>
    JSON.stringify(paramsOf(preset)) === JSON.stringify(Object.fromEntries(set.map((name) => [name, params[name]])));
  return (
    <>
      <nav className="presets" aria-label={cases.presets}>
        {(Object.keys(presets) as (keyof typeof presets)[]).map((name) => {
          const preset = presets[name] as unknown as Filter;
          const search: Params = { ...paramsOf(preset), ...(params.sort === undefined ? {} : { sort: params.sort }) };
          return (
            <Link key={name} to="/cases" search={search} aria-current={isAll(preset) ? "true" : undefined}>
              {cases.preset[name]}
            </Link>
          );
        })}
      </nav>
      <div className="conditions">
        <ul className="chips">
          {set.map((name) => (
            <li key={name} className="chip">
              {sayCondition(name, params, words)}
              <button
                type="button"
                aria-label={cases.remove(sayCondition(name, params, words))}
                onClick={() => onChange(without(name))}
              >
                ✕
              </button>
            </li>
          ))}
          <li>
            <Button size="compact-md" variant="default" onClick={() => setAdding(true)}>
              ＋ {cases.addCondition}
            </Button>
          </li>
          {set.length > 1 ? (
            <li>
              <button type="button" className="link-button" onClick={() => onChange({ sort: params.sort ?? "newest" })}>
                {cases.clear}
              </button>
            </li>
          ) : null}
        </ul>
        <NativeSelect
          className="sort"
          label={cases.sort}
          value={sortOf(params)}
          data={Object.entries(cases.sorts).map(([value, label]) => ({ value, label }))}
          onChange={(event) => onChange({ ...params, sort: event.currentTarget.value })}
        />
      </div>
      {isAdding ? (
        <ConditionDialog
          onClose={() => setAdding(false)}
          onAdd={(name, values) => {
            setAdding(false);
            onChange({ ...params, [name]: values });
          }}
        />
      ) : null}
    </>
  );
}
