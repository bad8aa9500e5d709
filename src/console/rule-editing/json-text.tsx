import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { sayFinding } from "../parts/naming/say-finding.ts";
import { lineOf, placeJson } from "../rule-content/json-places.ts";
import type { Found } from "./use-check.ts";

/** Shows a rule as JSON and takes it as JSON: the same rule as by clicking, with the line of what is wrong. */
export function JsonText(props: {
  readonly written: unknown;
  readonly found: readonly Found[];
  readonly onChange: (written: Readonly<Record<string, unknown>>) => void;
}) {
  const words = useWords();
  const { ruleEditor } = words;
  const [text, setText] = useState(() => JSON.stringify(props.written, null, 2));
  const placed = placeJson(text);
  const isObject =
    placed.ok && typeof placed.value === "object" && placed.value !== null && !Array.isArray(placed.value);
  const wrong = props.found.filter(({ weight }) => weight === "refused");
  return (
    <div className="stack">
      <Textarea
        label={ruleEditor.jsonLabel}
        description={ruleEditor.jsonHint}
        rows={14}
        value={text}
        spellCheck={false}
        className="json"
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          const read = placeJson(value);
          if (read.ok && typeof read.value === "object" && read.value !== null && !Array.isArray(read.value))
            props.onChange(read.value as Readonly<Record<string, unknown>>);
        }}
      />
      <div role="status">
        {placed.ok ? null : <p className="warn">{ruleEditor.notJson(placed.line)}</p>}
        {placed.ok && !isObject ? <p className="warn">{ruleEditor.notObject}</p> : null}
        {placed.ok
          ? wrong.map((one) => (
              <p className="warn" key={`${one.at} ${one.text}`}>
                {ruleEditor.jsonLine(
                  lineOf(placed.lines, (one.at ?? "").replace(/^rules\[\d+\]\.?/, "")),
                  sayFinding(one, words),
                )}
              </p>
            ))
          : null}
      </div>
    </div>
  );
}
