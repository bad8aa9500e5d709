import { useWords } from "../client/language.tsx";
import { CodePicker } from "../parts/naming/code-picker.tsx";
import { KIND_OF, type NameOf } from "../parts/naming/say-condition.ts";
import type { Line, Span } from "../rule-content/query.ts";
import { WordChips } from "./word-chips.tsx";

/** The value of a line of the clicking editor: words as chips, names from the county's lists, days, spans. */
export function LineValue(props: {
  readonly line: Line;
  readonly nameOf: NameOf;
  readonly onChange: (value: Line["value"]) => void;
}) {
  const words = useWords();
  const { ruleEditor, ruleSentence } = words;
  const { line, nameOf, onChange } = props;
  switch (line.field) {
    case "text":
      return <WordChips words={line.value} label={ruleEditor.words} onChange={onChange} />;
    case "hasPhoto":
      return null;
    case "weekday":
      return (
        <Ticks
          label={ruleEditor.fields.weekday}
          all={ruleSentence.weekdays.map((name, index) => [index + 1, name])}
          chosen={line.value}
          onChange={onChange}
        />
      );
    case "hour":
    case "resident.openCases":
      return (
        <Ends
          label={ruleEditor.fields[line.field]}
          span={line.value}
          unit={line.field === "hour" ? ruleEditor.hourUnit : ruleEditor.caseUnit}
          most={line.field === "hour" ? 23 : 1000}
          onChange={onChange}
        />
      );
    default: {
      if (line.value === null) return null;
      if (typeof line.value === "string")
        return (
          <input
            className="short-field"
            aria-label={ruleEditor.part}
            value={line.value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        );
      const kind = KIND_OF[line.field];
      const label = ruleEditor.fields[line.field];
      if (kind !== null)
        return <CodePicker kind={kind} label={label} values={line.value} nameOf={nameOf} onChange={onChange} />;
      const names = line.field === "language" ? ruleSentence.languages : ruleSentence.channels;
      const known = Object.entries(names);
      const others = line.value
        .filter((code) => !known.some(([one]) => one === code))
        .map((code) => [code, code] as const);
      return <Ticks label={label} all={[...known, ...others]} chosen={line.value} onChange={onChange} />;
    }
  }
}

function Ticks<T extends string | number>(props: {
  readonly label: string;
  readonly all: readonly (readonly [value: T, name: string])[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}) {
  return (
    <fieldset className="ticks">
      <legend className="unseen">{props.label}</legend>
      {props.all.map(([value, name]) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={props.chosen.includes(value)}
            onChange={({ currentTarget: { checked } }) =>
              props.onChange(
                props.all.flatMap(([one]) => ((one === value ? checked : props.chosen.includes(one)) ? [one] : [])),
              )
            }
          />{" "}
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Ends(props: {
  readonly label: string;
  readonly span: Span;
  readonly unit: string;
  readonly most: number;
  readonly onChange: (span: Span) => void;
}) {
  const { ruleEditor } = useWords();
  const [from, until] = props.span;
  const field = (label: string, value: number | null, change: (value: number | null) => void) => (
    <label className="span-end">
      {label}{" "}
      <input
        type="number"
        min={0}
        max={props.most}
        aria-label={`${props.label} ${label}`}
        value={value ?? ""}
        onChange={({ currentTarget: { value: typed } }) => change(typed === "" ? null : Math.trunc(Number(typed)))}
      />
    </label>
  );
  return (
    <span className="span-ends">
      {field(ruleEditor.from, from, (value) => props.onChange([value, until]))}
      {field(ruleEditor.until, until, (value) => props.onChange([from, value]))} {props.unit}
    </span>
  );
}
