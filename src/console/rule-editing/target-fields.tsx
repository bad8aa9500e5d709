import { NativeSelect } from "@mantine/core";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import { useWords } from "../client/language.tsx";
import { CodePicker } from "../parts/naming/code-picker.tsx";
import type { NameOf } from "../parts/naming/say-condition.ts";

type Choice = "group" | "deputy" | "unit" | "station" | "own-station" | "grid" | "office";

function choiceOf(target: RuleTarget | null): Choice | "" {
  if (target === null) return "";
  return target.kind === "station" && target.code === null ? "own-station" : target.kind;
}

function targetFor(choice: Choice): RuleTarget {
  if (choice === "grid" || choice === "office") return { kind: choice };
  return choice === "own-station" ? { kind: "station", code: null } : { kind: choice, code: "" };
}

/** Chooses who gets what a rule takes: first the kind, then which by name. */
export function TargetFields(props: {
  readonly label: string;
  /** Null for what is not understood: then nothing is chosen. */
  readonly target: RuleTarget | null;
  readonly nameOf: NameOf;
  readonly onChange: (target: RuleTarget) => void;
}) {
  const { ruleEditor: words } = useWords();
  const { target, onChange } = props;
  const choice = choiceOf(target);
  const code = target !== null && "code" in target ? target.code : null;
  return (
    <div className="target">
      <NativeSelect
        label={props.label}
        value={choice}
        data={[
          ...(choice === "" ? [{ value: "", label: "…" }] : []),
          ...Object.entries(words.kinds).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => onChange(targetFor(event.currentTarget.value as Choice))}
      />
      {target === null || !("code" in target) || code === null ? null : (
        <CodePicker
          kind={target.kind}
          label={words.toWhom}
          values={code === "" ? [] : [code]}
          nameOf={props.nameOf}
          onChange={([chosen = ""]) => onChange({ kind: target.kind, code: chosen })}
          isSingle
        />
      )}
    </div>
  );
}
