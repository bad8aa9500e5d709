import { useLanguage } from "../client/language.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { type Rule, sayAbout, sayPeriod, sayRule } from "./say-rule.ts";

/** Rules of deadlines as a table: what each gives to which cases, on what it rests, and who stands for it. */
export function RuleTable(props: {
  readonly rules: readonly Rule[];
  readonly name: string;
  readonly nameOf: (code: string) => string;
  /** Null for whoever may only look. */
  readonly onReplace: ((rule: Rule) => void) | null;
}) {
  const { words, times } = useLanguage();
  const { clockRules, clocks } = words;
  const { acts, ...columns } = clockRules.columns;
  const { onReplace, nameOf } = props;
  return (
    <table className="table cards" aria-label={props.name}>
      <TableHead names={[...Object.values(columns), ...(onReplace === null ? [] : [acts])]} />
      <tbody>
        {props.rules.map((rule) => (
          <tr key={rule.id ?? [rule.kind, rule.category, rule.priority].join()}>
            <th scope="row">{clocks.kind[rule.kind]}</th>
            <td data-label={columns.about}>{sayAbout(rule, words, nameOf)}</td>
            <td data-label={columns.period}>{sayPeriod(rule, words)}</td>
            <td data-label={columns.source}>{rule.source}</td>
            <td data-label={columns.from}>{rule.id === null ? clockRules.always : times.day(rule.fromOn)}</td>
            <td data-label={columns.people} className="small">
              {rule.author === null || rule.reviewer === null
                ? clockRules.builtIn
                : clockRules.people(rule.author, rule.reviewer)}
            </td>
            {onReplace === null ? null : (
              <td data-label={acts} className="acts">
                <RowDeed does={clockRules.replace} row={sayRule(rule, words, nameOf)} onClick={() => onReplace(rule)} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
