import { CodePicker } from "./code-picker.tsx";
import type { NameKind } from "./say-condition.ts";
import { useNames } from "./use-names.ts";

/** A field in which one thing of the county is chosen by name or code; empty where nothing is. */
export function CodeField(props: {
  readonly kind: NameKind;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (code: string) => void;
}) {
  const { kind, label, hint, value, onChange } = props;
  const nameOf = useNames(value === "" ? {} : { [kind]: [value] });
  return (
    <div>
      <span className="small">{label}</span>
      {hint === undefined ? null : <p className="small">{hint}</p>}
      <CodePicker
        kind={kind}
        label={label}
        values={value === "" ? [] : [value]}
        nameOf={(of, code) => nameOf(of, code) ?? code}
        onChange={([code]) => onChange(code ?? "")}
        isSingle
      />
    </div>
  );
}
