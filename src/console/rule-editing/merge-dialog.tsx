import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Condition } from "../../domain/rules/condition.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RuleSentence } from "../parts/naming/rule-sentence.tsx";
import { codesIn, useNames } from "../parts/naming/use-names.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { THEN, targetIn } from "../rule-content/content.ts";
import { type Choices, differencesOf, mergeContents } from "../rule-content/merge.ts";
import type { Conflict } from "./use-saving.ts";

/** Shows what two people changed of one draft, rule by rule, and puts together what is chosen: nothing is written over unseen. */
export function MergeDialog(props: {
  /** As it was when both began. */
  readonly base: string;
  readonly mine: string;
  readonly conflict: Conflict;
  readonly onMerged: (content: unknown, read: readonly (Condition | null)[]) => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { merge } = words.ruleProof;
  const { call } = useSession();
  const { conflict } = props;
  const [base, mine, hers] = useMemo(
    () => [props.base, props.mine, conflict.stored.text].map((text) => JSON.parse(text) as unknown),
    [props.base, props.mine, conflict],
  );
  const differences = useMemo(() => differencesOf(base, mine, hers), [base, mine, hers]);
  const [choices, setChoices] = useState<Choices>({});
  const merged = useMutation({
    mutationFn: async () => {
      const content = mergeContents(base, mine, hers, choices);
      const { read } = (await call("POST /rulesets/check", { body: { content } })).body;
      props.onMerged(content, read);
    },
  });
  const last = conflict.since.at(-1);
  return (
    <Dialog title={merge.title} onClose={props.onClose}>
      {last === undefined ? null : <p>{merge.since(last.by, times.clock(last.at))}</p>}
      <p>{merge.text}</p>
      <ul className="merge">
        {differences.map((one) => {
          const name = one.rule ?? "";
          const chosen = choices[name] ?? (one.by === "mine" ? "mine" : "hers");
          return (
            <li key={name}>
              <strong>{one.rule === null ? merge.set : one.rule}</strong> · {merge.who[one.by]}
              {one.rule === null ? null : (
                <dl>
                  {(["hers", "mine"] as const).map((who) => (
                    <div key={who} className={who === chosen ? "chosen" : "not-chosen"}>
                      <dt>{merge[who]}</dt>
                      <dd>{one[who] === null ? merge.gone : <Form written={one[who]} />}</dd>
                    </div>
                  ))}
                </dl>
              )}
              <NativeSelect
                aria-label={one.rule ?? merge.set}
                value={chosen}
                data={[
                  { value: "hers", label: merge.hers },
                  { value: "mine", label: merge.mine },
                ]}
                onChange={({ currentTarget: { value } }) =>
                  setChoices({ ...choices, [name]: value === "mine" ? "mine" : "hers" })
                }
              />
            </li>
          );
        })}
      </ul>
      <RefusalNote error={merged.error} />
      <div className="buttons">
        <Button onClick={() => merged.mutate()} loading={merged.isPending}>
          {merge.go}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {merge.later}
        </Button>
      </div>
    </Dialog>
  );
}

/** One form of a rule as a sentence with its reason; its condition is read by the service. */
function Form({ written }: { readonly written: unknown }) {
  const { call } = useSession();
  const { data: when } = useQuery({
    queryKey: ["rule-read", written],
    queryFn: async ({ signal }) => {
      const content = { name: "-", rules: [written], otherwise: { assign: { office: true } } };
      return (await call("POST /rulesets/check", { body: { content }, signal })).body.read[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rule = written as { readonly reason?: string; readonly [THEN]?: unknown };
  const to = targetIn(rule[THEN]);
  const nameOf = useNames(codesIn([when ?? null], to === null ? [] : [to]));
  return (
    <>
      {when == null || to === null ? null : <RuleSentence when={when} to={to} nameOf={nameOf} />}{" "}
      <span className="small">{rule.reason ?? ""}</span>
    </>
  );
}
