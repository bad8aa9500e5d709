import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useBlocker, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { useKeys } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { codesIn, useNames } from "../parts/naming/use-names.ts";
import {
  copyOf,
  freeName,
  nameOf as idOfRule,
  moved,
  newRule,
  openContent,
  type RuleDraft,
  targetIn,
  targetOf,
  withRule,
  withWritten,
  writtenTarget,
} from "../rule-content/content.ts";
import { fromQuery } from "../rule-content/query.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { ProofPane } from "./proof-pane.tsx";
import { RuleList } from "./rule-list.tsx";
import { RulePane } from "./rule-pane.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import { TargetFields } from "./target-fields.tsx";
import { useCheck } from "./use-check.ts";
import { type Editing, useEditing } from "./use-editing.ts";
import { useReadRule } from "./use-read-rule.ts";

const YEAR_MS = 365 * 86_400_000;

/** Edits a draft of the rules: their order, one rule, and the proof of it; saves by itself and never over somebody else's work. */
export function Editor(props: { readonly version: Answered<"GET /rulesets/{number}">; readonly etag: string | null }) {
  const { words, times } = useLanguage();
  const { ruleEditor, ruleProof } = words;
  const { me } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const number = String(props.version.number);
  const editing = useEditing(props.version, props.etag);
  const { content, change, saving, written, unfinished } = editing;
  const { rules } = content;
  const [selected, setSelected] = useState<string | null>(rules[0]?.key ?? null);
  const [removed, setRemoved] = useState<{ readonly rule: RuleDraft; readonly index: number } | null>(null);
  const [dialog, setDialog] = useState<"submit" | "merge" | null>(null);
  const checked = useCheck(written.text, written.keys.join("\n"));
  const rule = rules.find(({ key }) => key === selected) ?? null;
  const otherwise = targetIn(content.written.otherwise);
  const targets = [...rules.map(targetOf), otherwise].filter((target) => target !== null);
  const conditions = rules.flatMap(({ condition, query }) => [condition, query === null ? null : fromQuery(query)]);
  const nameOf = useNames(codesIn(conditions, targets));
  const readRule = useReadRule();
  const isSaved = saving.state === "saved" && unfinished.length === 0;
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => !isSaved && !next.pathname.endsWith(`/rules/${number}`),
    enableBeforeUnload: () => !isSaved,
    withResolver: true,
  });
  useKeys(
    { t: () => void navigate({ to: "/rules/$number/trial", params: { number } }) },
    me.preferences.singleKeys && isSaved,
  );
  const add = (made: RuleDraft) => {
    change((now) => ({ ...now, rules: [...now.rules, made] }));
    setSelected(made.key);
  };
  return (
    <div className="rule-editor">
      <div className="editor-head">
        <h1>{ruleEditor.draft(props.version.number)}</h1>
        {props.version.basedOn === null ? null : (
          <span className="small">{ruleEditor.basedOn(props.version.basedOn)}</span>
        )}
        <SaveMark editing={editing} onOpen={() => setDialog("merge")} />
        <span className="editor-deeds">
          <Link className="button-link" to="/rules/$number/trial" params={{ number }}>
            {ruleProof.trial}
          </Link>
          <Button disabled={!isSaved || rules.length === 0} onClick={() => setDialog("submit")}>
            {ruleProof.submit}
          </Button>
        </span>
      </div>
      {unfinished.length === 0 ? null : (
        <p className="note note-banner" role="status">
          {ruleEditor.save.unfinished(unfinished.map(idOfRule).join(words.shell.comma))}
        </p>
      )}
      {editing.isRestored ? <p className="note note-done">{ruleEditor.restored}</p> : null}
      <div className="panes">
        <div className="pane">
          <RuleList
            rules={rules}
            checked={checked}
            at={selected}
            onSelect={setSelected}
            onMove={(key, by) => change((now) => moved(now, key, by))}
            onAdd={() =>
              add(
                newRule(freeName(content, ruleEditor.newName), {
                  owner: me.name,
                  expires: times.dayOf(new Date(Date.now() + YEAR_MS)),
                }),
              )
            }
          />
          <TargetFields
            label={ruleEditor.otherwiseTo}
            target={otherwise}
            nameOf={nameOf}
            onChange={(target) =>
              change((now) => ({ ...now, written: { ...now.written, otherwise: writtenTarget(target) } }))
            }
          />
          <TextInput
            label={ruleEditor.setName}
            value={String(content.written.name ?? "")}
            maxLength={200}
            onChange={({ currentTarget: { value } }) =>
              change((now) => ({ ...now, written: { ...now.written, name: value } }))
            }
          />
        </div>
        <div className="pane">
          {rule === null ? (
            <p className="note note-empty">{rules.length === 0 ? ruleEditor.none : ruleEditor.pickOne}</p>
          ) : (
            <>
              <RulePane
                key={rule.key}
                rule={rule}
                nameOf={nameOf}
                found={checked.byRule.get(rule.key) ?? []}
                onChange={(next) => change((now) => withRule(now, rule.key, next))}
                onWritten={(text) => {
                  change((now) => withRule(now, rule.key, (one) => withWritten(one, text, null)));
                  readRule(text, (read) =>
                    change((now) => withRule(now, rule.key, (one) => withWritten(one, text, read))),
                  );
                }}
              />
              <div className="buttons">
                <Button variant="default" onClick={() => add(copyOf(rule, freeName(content, idOfRule(rule))))}>
                  {ruleEditor.copy}
                </Button>
                <Button
                  variant="default"
                  onClick={() => {
                    const index = rules.indexOf(rule);
                    change((now) => ({ ...now, rules: now.rules.filter(({ key }) => key !== rule.key) }));
                    setRemoved({ rule, index });
                    setSelected((rules[index + 1] ?? rules[index - 1])?.key ?? null);
                  }}
                >
                  {ruleEditor.remove}
                </Button>
              </div>
            </>
          )}
          {removed === null ? null : (
            <p className="note" role="status">
              {ruleEditor.removed(idOfRule(removed.rule))}{" "}
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  change((now) => ({ ...now, rules: now.rules.toSpliced(removed.index, 0, removed.rule) }));
                  setSelected(removed.rule.key);
                  setRemoved(null);
                }}
              >
                {ruleEditor.undo}
              </button>
            </p>
          )}
        </div>
        <div className="pane">
          <ProofPane
            rules={rules}
            rule={rule}
            checked={checked}
            text={written.text}
            nameOf={nameOf}
            onSelect={setSelected}
          />
        </div>
      </div>
      {dialog === "submit" ? (
        <SubmitDialog
          number={number}
          onClose={() => setDialog(null)}
          onDone={() => {
            void queries.invalidateQueries({ queryKey: ["ruleset"] });
            void queries.invalidateQueries({ queryKey: ["rulesets"] });
            void navigate({ to: "/rules/$number/review", params: { number } });
          }}
        />
      ) : null}
      {dialog === "merge" && saving.conflict !== null ? (
        <MergeDialog
          base={saving.stored.text}
          mine={written.text}
          conflict={saving.conflict}
          onClose={() => setDialog(null)}
          onMerged={(merged, read) => {
            const { stored } = saving.conflict ?? saving;
            const fresh = openContent(merged, read);
            const kept = unfinished.filter((one) => !fresh.rules.some((other) => idOfRule(other) === idOfRule(one)));
            change(() => ({ ...fresh, rules: [...fresh.rules, ...kept] }));
            setSelected(fresh.rules[0]?.key ?? null);
            saving.accept(stored);
            setDialog(null);
          }}
        />
      ) : null}
      {blocker.status === "blocked" ? (
        <Dialog title={ruleProof.leave.title} onClose={() => blocker.reset?.()}>
          <p>{ruleProof.leave.text}</p>
          <div className="buttons">
            <Button onClick={() => blocker.reset?.()}>{ruleProof.leave.stay}</Button>
            <Button variant="default" onClick={() => blocker.proceed?.()}>
              {ruleProof.leave.go}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}

/** Says what became of the last change. */
function SaveMark({ editing: { saving }, onOpen }: { readonly editing: Editing; readonly onOpen: () => void }) {
  const { words, times } = useLanguage();
  const { save } = words.ruleEditor;
  const { state, stored } = saving;
  // Somebody submitted it meanwhile.
  const isOver = state === "refused" && saving.error instanceof Refused && saving.error.status === 409;
  const said = state === "saved" ? save.saved(stored.at === null ? "" : times.clock(stored.at)) : save[state];
  return (
    <span className={`save save-${state}`} role="status">
      {isOver ? words.ruleProof.notDraft : said}{" "}
      {state === "conflict" ? (
        <button type="button" className="link-button" onClick={onOpen}>
          {words.ruleProof.merge.open}
        </button>
      ) : null}
    </span>
  );
}
