import { TextInput } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useWords } from "../client/language.tsx";
import { RuleSentence } from "../parts/naming/rule-sentence.tsx";
import type { NameOf } from "../parts/naming/say-condition.ts";
import { sayFinding } from "../parts/naming/say-finding.ts";
import {
  nameOf as idOfRule,
  lacksOf,
  type RuleDraft,
  targetOf,
  textOf,
  withField,
  withQuery,
  withTarget,
} from "../rule-content/content.ts";
import { fromQuery } from "../rule-content/query.ts";
import { JsonText } from "./json-text.tsx";
import { TargetFields } from "./target-fields.tsx";
import type { Found } from "./use-check.ts";

const Clicks = lazy(async () => ({ default: (await import("./clicks.tsx")).Clicks }));

/** Shows one rule for editing: what it looks for, who gets it, why, until when, and how it reads. */
export function RulePane(props: {
  readonly rule: RuleDraft;
  readonly nameOf: NameOf;
  readonly found: readonly Found[];
  readonly onChange: (change: (rule: RuleDraft) => RuleDraft) => void;
  /** Takes the rule as JSON; its condition is read by the service. */
  readonly onWritten: (written: Readonly<Record<string, unknown>>) => void;
}) {
  const words = useWords();
  const { ruleEditor } = words;
  const { rule, nameOf, onChange } = props;
  const [isJson, setJson] = useState(false);
  const lacks = lacksOf(rule);
  const target = targetOf(rule);
  const name = idOfRule(rule);
  return (
    <section className="rule-pane" aria-label={ruleEditor.rule(name)}>
      <h2>{ruleEditor.rule(name)}</h2>
      <Sentence rule={rule} nameOf={nameOf} />
      {lacks.length === 0 ? null : (
        <p className="note note-banner" role="status">
          {ruleEditor.lacks.title} {lacks.map((lack) => ruleEditor.lacks[lack]).join(words.shell.comma)}
        </p>
      )}
      {props.found.map(({ text, kind, weight }) => (
        <p key={text} className={`finding finding-${weight}`}>
          <strong>
            {words.findings.marks[weight]} {words.findings.weights[weight]}
          </strong>{" "}
          {sayFinding({ kind, text }, words)}
        </p>
      ))}
      <fieldset className="presets tabs" aria-label={ruleEditor.tabs}>
        {([false, true] as const).map((json) => (
          <button
            key={String(json)}
            type="button"
            className="tab-button"
            aria-pressed={isJson === json}
            onClick={() => setJson(json)}
          >
            {json ? ruleEditor.json : ruleEditor.clicks}
          </button>
        ))}
      </fieldset>
      {isJson ? (
        <JsonText key={rule.key} written={rule.written} found={props.found} onChange={props.onWritten} />
      ) : (
        <>
          <h3>{ruleEditor.when}</h3>
          {rule.query === null ? (
            <NotForClicking rule={rule} />
          ) : (
            <Suspense fallback={null}>
              <Clicks
                key={rule.key}
                query={rule.query}
                nameOf={nameOf}
                onChange={(query) => onChange((one) => withQuery(one, query))}
              />
            </Suspense>
          )}
          <TargetFields
            label={ruleEditor.to}
            target={target}
            nameOf={nameOf}
            onChange={(chosen) => onChange((one) => withTarget(one, chosen))}
          />
          <Why rule={rule} onChange={onChange} />
        </>
      )}
    </section>
  );
}

function Sentence({ rule, nameOf }: { readonly rule: RuleDraft; readonly nameOf: NameOf }) {
  const { ruleEditor } = useWords();
  const target = targetOf(rule);
  const condition = rule.query === null ? rule.condition : fromQuery(rule.query);
  const isWhole = condition !== null && target !== null && !("code" in target && target.code === "");
  return (
    <p className="reads">
      <span className="small">{ruleEditor.sentence}</span>{" "}
      {isWhole ? <RuleSentence when={condition} to={target} nameOf={nameOf} /> : ruleEditor.unfinishedSentence}
    </p>
  );
}

function NotForClicking({ rule }: { readonly rule: RuleDraft }) {
  const { ruleEditor } = useWords();
  return (
    <>
      <p className="note">{ruleEditor.notForClicking}</p>
      <pre className="json-shown">{JSON.stringify(rule.written.when, null, 2)}</pre>
    </>
  );
}

/** The name, the reason, and who is asked when it ends. */
function Why({ rule, onChange }: Pick<Parameters<typeof RulePane>[0], "rule" | "onChange">) {
  const { ruleEditor: words } = useWords();
  const set = (field: "id" | "reason" | "owner" | "expires", value: string | null) =>
    onChange((one) => withField(one, field, value));
  const expires = textOf(rule, "expires");
  return (
    <div className="why">
      <TextInput
        label={words.name}
        description={rule.stored === null ? words.nameHint : words.nameFixed}
        value={idOfRule(rule)}
        readOnly={rule.stored !== null}
        onChange={(event) => set("id", event.currentTarget.value.trim().replaceAll(/\s+/g, "-"))}
      />
      <TextInput
        label={words.reason}
        description={words.reasonHint}
        value={textOf(rule, "reason")}
        onChange={(event) => set("reason", event.currentTarget.value)}
        maxLength={200}
      />
      <TextInput
        label={words.owner}
        description={words.ownerHint}
        value={textOf(rule, "owner")}
        onChange={(event) => set("owner", event.currentTarget.value)}
        maxLength={200}
      />
      <TextInput
        type="date"
        label={words.expires}
        description={words.expiresHint}
        value={expires}
        onChange={(event) => set("expires", event.currentTarget.value === "" ? null : event.currentTarget.value)}
      />
      {expires === "" ? (
        <p className="small warn" role="status">
          {words.noExpiry}
        </p>
      ) : null}
    </div>
  );
}
