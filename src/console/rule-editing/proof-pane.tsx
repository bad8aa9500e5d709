import { Button, Checkbox, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { CodePicker } from "../parts/naming/code-picker.tsx";
import type { NameOf } from "../parts/naming/say-condition.ts";
import { sayFinding } from "../parts/naming/say-finding.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { nameOf as idOfRule, lacksOf, type RuleDraft } from "../rule-content/content.ts";
import type { Checked } from "./use-check.ts";

/** The proof of what is written: what the check found, how many past messages a rule would take, and where one message would go. */
export function ProofPane(props: {
  readonly rules: readonly RuleDraft[];
  readonly rule: RuleDraft | null;
  readonly checked: Checked;
  readonly text: string;
  readonly nameOf: NameOf;
  readonly onSelect: (key: string) => void;
}) {
  const words = useWords();
  const { ruleProof, findings } = words;
  const { rules, rule, checked } = props;
  const { answer, byRule } = checked;
  const own = rule === null ? [] : (byRule.get(rule.key) ?? []);
  const whole = byRule.get("") ?? [];
  const hits = rule === null ? undefined : answer?.hits?.[idOfRule(rule)];
  const others = rules.flatMap((one, index) => (one !== rule && byRule.has(one.key) ? [{ one, index }] : []));
  return (
    <section className="proof-pane" aria-label={ruleProof.title}>
      <h2>{ruleProof.title}</h2>
      <p className="small" role="status">
        {checked.hasFailed ? ruleProof.failed : checked.isChecking ? ruleProof.checking : ruleProof.rested}
      </p>
      {rule !== null && lacksOf(rule).length === 0 && answer !== null && own.length === 0 ? (
        <p className="fine">{ruleProof.ok}</p>
      ) : null}
      {hits === undefined || answer === null || answer.matters === null ? null : (
        <p>{answer.matters === 0 ? ruleProof.noMatters : ruleProof.hits(hits, answer.matters)}</p>
      )}
      {others.length === 0 ? null : (
        <ul className="found-list">
          {others.map(({ one, index }) => (
            <li key={one.key}>
              <button type="button" className="link-button" onClick={() => props.onSelect(one.key)}>
                {ruleProof.seeRule(index + 1)} {idOfRule(one)}
              </button>{" "}
              {(byRule.get(one.key) ?? []).map(({ text, weight }) => (
                <span key={text} className={`mark-${weight}`}>
                  {findings.marks[weight]} {findings.weights[weight]}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
      {whole.length === 0 ? null : (
        <>
          <h3>{ruleProof.inSet}</h3>
          {whole.map((one) => (
            <p key={one.text} className={`finding finding-${one.weight}`}>
              <strong>
                {findings.marks[one.weight]} {findings.weights[one.weight]}
              </strong>{" "}
              {sayFinding(one, words)}
            </p>
          ))}
        </>
      )}
      <TryOne text={props.text} rules={rules} nameOf={props.nameOf} />
    </section>
  );
}

/** Shows where one message would go under the rules as they are written now; nothing of it is stored. */
function TryOne({ text, rules, nameOf }: Pick<Parameters<typeof ProofPane>[0], "text" | "rules" | "nameOf">) {
  const { ruleProof: words, ruleEditor } = useWords();
  const { call } = useSession();
  const [said, setSaid] = useState("");
  const [grid, setGrid] = useState<readonly string[]>([]);
  const [hasPhoto, setPhoto] = useState(false);
  const tried = useMutation({
    mutationFn: async () =>
      (
        await call("POST /simulate", {
          body: { message: { text: said, grid: grid[0] ?? null, hasPhoto }, content: JSON.parse(text) as unknown },
        })
      ).body,
  });
  const rule = tried.data?.decision?.rule;
  const at = rules.findIndex((one) => idOfRule(one) === rule);
  return (
    <form
      className="stack try-one"
      onSubmit={(event) => {
        event.preventDefault();
        if (said.trim() !== "") tried.mutate();
      }}
    >
      <h3>{words.try}</h3>
      <Textarea
        label={words.tryWords}
        placeholder={words.tryHint}
        rows={2}
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
      <div>
        <span className="small">{words.tryGrid}</span>
        <CodePicker
          kind="grid"
          label={words.tryGrid}
          values={grid}
          nameOf={(kind, code) => nameOf(kind, code) ?? code}
          onChange={setGrid}
          isSingle
        />
      </div>
      <Checkbox label={words.tryPhoto} checked={hasPhoto} onChange={(event) => setPhoto(event.currentTarget.checked)} />
      <div>
        <Button type="submit" variant="default" loading={tried.isPending}>
          {words.tryGo}
        </Button>
      </div>
      <RefusalNote error={tried.error} />
      <div role="status">
        {tried.data === undefined ? null : (
          <p className="note">
            <strong>
              {words.goesTo(tried.data.goesTo.name === "" ? ruleEditor.kinds.office : tried.data.goesTo.name)}
            </strong>
            <br />
            {tried.data.decision === null
              ? words.bySealed
              : at < 0
                ? words.byNone
                : words.byRule(at + 1, idOfRule(rules[at] as RuleDraft))}
          </p>
        )}
      </div>
    </form>
  );
}
