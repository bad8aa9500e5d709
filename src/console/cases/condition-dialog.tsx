import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { choicesOf, FILTER_NAMES, type FilterName, KINDS } from "../parts/filter.ts";
import { FormButtons } from "../parts/form-buttons.tsx";

/** Chooses one more condition for the list, and its values. */
export function ConditionDialog(props: {
  readonly onClose: () => void;
  readonly onAdd: (name: FilterName, values: readonly string[]) => void;
}) {
  const words = useWords();
  const { me } = useSession();
  const { cases } = words;
  const [name, setName] = useState<FilterName>("state");
  const [values, setValues] = useState<readonly string[]>([]);
  const choose = (next: FilterName) => {
    setName(next);
    setValues(KINDS[next] === "flag" ? ["true"] : []);
  };
  const maySealed = mayAsk(me, "POST /cases/{number}/open-sealed");
  const names = FILTER_NAMES.filter((one) => one !== "sealed" || maySealed);
  const given = KINDS[name] === "codes" ? splitCodes(values[0] ?? "") : values.filter((value) => value !== "");
  return (
    <Dialog title={cases.addCondition} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (given.length > 0) props.onAdd(name, given);
        }}
      >
        <NativeSelect
          label={cases.condition}
          value={name}
          data={names.map((value) => ({ value, label: cases.filter[value] }))}
          onChange={(event) => choose(names.find((one) => one === event.currentTarget.value) ?? "state")}
        />
        <Values key={name} name={name} values={values} onChange={setValues} />
        <FormButtons doIt={cases.add} isReady={given.length > 0} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}

function splitCodes(text: string): string[] {
  return text.split(/[,，、\s]+/).filter((code) => code !== "");
}

function Values(props: {
  readonly name: FilterName;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}) {
  const { name, values, onChange } = props;
  const words = useWords();
  const { cases } = words;
  const choices = choicesOf(name, words);
  switch (KINDS[name]) {
    case "flag":
      return (
        <NativeSelect
          label={cases.value}
          value={values[0] ?? "true"}
          data={Object.entries(choices ?? {}).map(([value, label]) => ({ value, label }))}
          onChange={(event) => onChange([event.currentTarget.value])}
        />
      );
    case "choice":
      return (
        <fieldset className="choices">
          <legend>{cases.value}</legend>
          {Object.entries(choices ?? {}).map(([value, label]) => (
            <Checkbox
              key={value}
              label={label}
              checked={values.includes(value)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...values, value] : values.filter((one) => one !== value))
              }
            />
          ))}
        </fieldset>
      );
    case "day":
      return (
        <TextInput
          type="date"
          label={cases.value}
          value={values[0] ?? ""}
          onChange={(event) => onChange([event.currentTarget.value])}
        />
      );
    case "span": {
      const [from = "", to = ""] = (values[0] ?? "").split("..");
      return (
        <div className="span">
          <TextInput
            type="date"
            label={cases.from}
            value={from}
            onChange={(event) => onChange([`${event.currentTarget.value}..${to}`])}
          />
          <TextInput
            type="date"
            label={cases.until}
            value={to}
            onChange={(event) => onChange([`${from}..${event.currentTarget.value}`])}
          />
        </div>
      );
    }
    case "codes":
    case "code":
      return (
        <TextInput
          label={cases.value}
          description={KINDS[name] === "codes" ? cases.valueHint : undefined}
          value={values[0] ?? ""}
          onChange={(event) => onChange([event.currentTarget.value])}
        />
      );
  }
}
