import { Button } from "@mantine/core";
import { useState } from "react";
import { isComposing, useKeys } from "../client/keys.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { lacksOf, nameOf, type RuleDraft } from "../rule-content/content.ts";
import type { Checked } from "./use-check.ts";

const HEAVIEST = ["refused", "dead", "nobody", "overload", "notice"] as const;

/** The rules in their order: each with what was found and how many messages it takes; moved by buttons and Alt with the arrows. */
export function RuleList(props: {
  readonly rules: readonly RuleDraft[];
  readonly checked: Checked;
  readonly at: string | null;
  readonly onSelect: (key: string) => void;
  readonly onMove: (key: string, by: -1 | 1) => void;
  readonly onAdd: () => void;
}) {
  const words = useWords();
  const { ruleEditor, findings } = words;
  const { me } = useSession();
  const { rules, at, checked, onSelect } = props;
  const [said, setSaid] = useState("");
  const move = (rule: RuleDraft, index: number, by: -1 | 1) => {
    const to = index + by;
    if (to < 0 || to >= rules.length) return;
    props.onMove(rule.key, by);
    setSaid(ruleEditor.movedTo(nameOf(rule), to + 1, rules.length));
  };
  const step = (by: -1 | 1) => {
    const next = rules[rules.findIndex(({ key }) => key === at) + by];
    if (next !== undefined) onSelect(next.key);
  };
  useKeys({ j: () => step(1), k: () => step(-1) }, me.preferences.singleKeys);
  const markOf = (rule: RuleDraft) => {
    if (lacksOf(rule).length > 0) return { mark: "…", says: ruleEditor.unfinishedSentence };
    const found = checked.byRule.get(rule.key) ?? [];
    const weight = HEAVIEST.find((one) => found.some((finding) => finding.weight === one));
    if (weight !== undefined) return { mark: findings.marks[weight], says: findings.weights[weight] };
    return checked.answer === null ? { mark: "", says: "" } : { mark: "✓", says: "" };
  };
  return (
    <section className="rule-list" aria-label={ruleEditor.list}>
      <h2>{ruleEditor.list}</h2>
      <p className="small">
        {ruleEditor.order} {rules.length > 1 ? ruleEditor.moveHint : null}
      </p>
      {rules.length === 0 ? <p className="note note-empty">{ruleEditor.none}</p> : null}
      <ol>
        {rules.map((rule, index) => {
          const { mark, says } = markOf(rule);
          const hits = checked.answer?.hits?.[nameOf(rule)];
          return (
            <li key={rule.key} className={rule.key === at ? "at" : undefined}>
              <button
                type="button"
                className="rule-name"
                aria-current={rule.key === at ? "true" : undefined}
                onClick={() => onSelect(rule.key)}
                onKeyDown={(event) => {
                  if (!event.altKey || isComposing(event.nativeEvent)) return;
                  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
                  event.preventDefault();
                  move(rule, index, event.key === "ArrowUp" ? -1 : 1);
                }}
              >
                <span className="order">{index + 1}</span> <span className="name">{nameOf(rule)}</span>{" "}
                <span className="mark">{mark}</span> <span className="unseen">{says}</span>
                {hits === undefined ? null : (
                  <span className="hits" title={ruleEditor.hits(hits)}>
                    {hits}
                    <span className="unseen"> {ruleEditor.hits(hits)}</span>
                  </span>
                )}
              </button>
              <button
                type="button"
                className="plain-button"
                disabled={index === 0}
                aria-label={ruleEditor.up(nameOf(rule))}
                onClick={() => move(rule, index, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                className="plain-button"
                disabled={index === rules.length - 1}
                aria-label={ruleEditor.down(nameOf(rule))}
                onClick={() => move(rule, index, 1)}
              >
                ↓
              </button>
            </li>
          );
        })}
      </ol>
      <p className="unseen" role="status">
        {said}
      </p>
      <Button variant="default" onClick={props.onAdd}>
        {ruleEditor.add}
      </Button>
    </section>
  );
}
