import { useMemo } from "react";
import { type Field, QueryBuilder, type RuleGroupType, type ValueEditorProps } from "react-querybuilder";
import { useWords } from "../client/language.tsx";
import type { NameOf } from "../parts/naming/say-condition.ts";
import { isGroup, type Line, type Query } from "../rule-content/query.ts";
import { LineValue } from "./line-values.tsx";

/** Groups inside the first one: with it three deep. */
const INNER_LEVELS = 2;

/** The operators of each field, with what each asks for when nothing is chosen yet. */
const EMPTY = {
  text: { any: [], all: [], none: [] },
  codes: { is: [], "is-not": [], unknown: null, known: null },
  coded: { is: [], "is-not": [], unknown: null, known: null, contains: "", "contains-not": "" },
  weekday: { is: [], "is-not": [] },
  span: { within: [null, null], "not-within": [null, null] },
  hasPhoto: { yes: null, no: null },
} as const;

type Kind = keyof typeof EMPTY;

const KINDS: Readonly<Record<Line["field"], Kind>> = {
  text: "text",
  "grid.township": "coded",
  "grid.community": "coded",
  "grid.code": "coded",
  "grid.station": "coded",
  category: "coded",
  hasPhoto: "hasPhoto",
  hour: "span",
  weekday: "weekday",
  "resident.openCases": "span",
  channel: "codes",
  language: "codes",
};

/** Stays the same, so that the field in which somebody types is not made anew. */
const CONTROLS = { valueEditor: ValueEditor };

function ValueEditor({ field, operator, value, handleOnChange, context }: ValueEditorProps) {
  const { nameOf } = context as { readonly nameOf: NameOf };
  return <LineValue line={{ field, operator, value } as Line} nameOf={nameOf} onChange={handleOnChange} />;
}

/** Shows a condition for clicking: groups, and in them lines of what is looked at, how, and for what. */
export function Clicks(props: {
  readonly query: Query;
  readonly nameOf: NameOf;
  readonly onChange: (query: Query) => void;
}) {
  const { ruleEditor: words } = useWords();
  const { nameOf } = props;
  const fields = useMemo<Field[]>(
    () =>
      (Object.keys(KINDS) as Line["field"][]).map((name) => ({
        name,
        label: words.fields[name],
        operators: operatorsOf(name, words),
      })),
    [words],
  );
  return (
    <>
      <QueryBuilder
        fields={fields}
        query={props.query as unknown as RuleGroupType}
        onQueryChange={(query) => props.onChange(fitted(query as unknown as Query))}
        combinators={Object.entries(words.combinators).map(([name, label]) => ({ name, label }))}
        getDefaultField="text"
        getDefaultOperator={(field) => Object.keys(EMPTY[KINDS[field as Line["field"]]])[0] ?? ""}
        getDefaultValue={({ field, operator }) => emptyFor(field, operator)}
        controlElements={CONTROLS}
        context={{ nameOf }}
        maxLevels={INNER_LEVELS}
        addRuleToNewGroups
        enableMountQueryChange={false}
        resetOnOperatorChange={false}
        translations={{
          fields: { title: words.what },
          operators: { title: words.how },
          combinators: { title: words.how2 },
          addRule: { label: words.addLine, title: words.addLine },
          addGroup: { label: words.addGroup, title: words.addGroup },
          removeRule: { label: "✕", title: words.removeLine },
          removeGroup: { label: "✕", title: words.removeGroup },
        }}
      />
      <button type="button" className="deed" onClick={() => props.onChange(withException(props.query))}>
        {words.addException}
      </button>
    </>
  );
}

/** Adds what must not hold, empty, to what must. */
function withException(query: Query): Query {
  const exception: Query = { combinator: "none", rules: [{ field: "text", operator: "any", value: [] }] };
  return query.combinator === "all"
    ? { ...query, rules: [...query.rules, exception] }
    : { combinator: "all", rules: [query, exception] };
}

function operatorsOf(field: Line["field"], { operators }: ReturnType<typeof useWords>["ruleEditor"]) {
  const kind = KINDS[field];
  const names: Readonly<Record<string, string>> = operators[kind === "coded" ? "codes" : kind];
  return Object.keys(EMPTY[kind]).map((name) => ({ name, label: names[name] ?? name }));
}

function emptyFor(field: string, operator: string): unknown {
  const values: Readonly<Record<string, unknown>> = EMPTY[KINDS[field as Line["field"]]];
  return values[operator] ?? null;
}

/** Gives each line a value of the kind that its operator asks for: what was chosen stays where it can. */
function fitted(query: Query): Query {
  return {
    ...query,
    rules: query.rules.map((part) => {
      if (isGroup(part)) return fitted(part);
      const empty = emptyFor(part.field, part.operator);
      const isFit = (Array.isArray(empty) && Array.isArray(part.value)) || typeof empty === typeof part.value;
      const fits = empty === null ? part.value === null : part.value !== null && isFit;
      return fits ? part : ({ ...part, value: empty } as Line);
    }),
  };
}
