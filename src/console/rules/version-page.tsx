import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { RuleSentence } from "../parts/naming/rule-sentence.tsx";
import { codesIn, useNames } from "../parts/naming/use-names.ts";
import { Skeleton } from "../parts/notes.tsx";
import { nameOf as idOfRule, openContent, targetIn, targetOf, textOf } from "../rule-content/content.ts";
import { Editor } from "../rule-editing/editor.tsx";
import { PageFailure } from "../shell/failures.tsx";

/** Shows a version of the rules: a draft in its editor for whoever may write, any other to be read. */
export function VersionPage() {
  const { me, call } = useSession();
  const { number = "" }: { readonly number?: string } = useParams({ strict: false });
  const found = useQuery({
    // With its version beside it: not what the other pages of a version keep under the shorter key.
    queryKey: ["ruleset", number, "opened"],
    queryFn: ({ signal }) => call("GET /rulesets/{number}", { params: { number }, signal }),
    // What is being edited is not asked for again: saving tells whether somebody was faster.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: mayAskAgain,
  });
  if (found.error !== null) return <PageFailure error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton rows={8} isLoading />;
  const { body, etag } = found.data;
  return body.state === "draft" && mayAsk(me, "PUT /rulesets/{number}") ? (
    <Editor key={number} version={body} etag={etag} />
  ) : (
    <Reading version={body} />
  );
}

/** A version to be read: each rule as a sentence. */
function Reading({ version }: { readonly version: Answered<"GET /rulesets/{number}"> }) {
  const { ruleEditor, ruleProof, rules: list, compare } = useWords();
  const { me } = useSession();
  const { rules, written } = openContent(version.content, version.read);
  const otherwise = targetIn(written.otherwise);
  const targets = [...rules.map(targetOf), otherwise].filter((target) => target !== null);
  const nameOf = useNames(
    codesIn(
      rules.map(({ condition }) => condition),
      targets,
    ),
  );
  const params = { number: String(version.number) };
  const file = `data:application/json,${encodeURIComponent(JSON.stringify(version.content, null, 2))}`;
  return (
    <>
      <h1>
        {ruleEditor.version(version.number)}《{version.name}》
      </h1>
      <p>
        {list.marks[version.state]} {list.states[version.state]} · {ruleProof.readOnly}
      </p>
      <p className="presets">
        <Link to="/rules/$number/review" params={params}>
          {ruleProof.review}
        </Link>
        <Link to="/rules/$number/trial" params={params}>
          {ruleProof.trial}
        </Link>
        {version.state === "retired" &&
        version.publishedAt !== null &&
        mayAsk(me, "POST /rulesets/{number}/take-back") ? (
          <Link to="/rules/compare" search={{ to: params.number }}>
            {compare.takeBack(version.number)}
          </Link>
        ) : null}
        <a href={file} download={`rules-${version.number}.json`}>
          {ruleProof.download}
        </a>
      </p>
      <ol className="rules-read">
        {rules.map((rule, index) => {
          const target = targetOf(rule);
          return (
            <li key={rule.key}>
              <strong>
                {index + 1} {idOfRule(rule)}
              </strong>
              <p>
                {rule.condition === null || target === null ? null : (
                  <RuleSentence when={rule.condition} to={target} nameOf={nameOf} />
                )}
              </p>
              <p className="small">
                {ruleEditor.reason}: {textOf(rule, "reason")} · {ruleEditor.owner}: {textOf(rule, "owner")} ·{" "}
                {ruleEditor.expires}: {textOf(rule, "expires") || "–"}
              </p>
            </li>
          );
        })}
      </ol>
      {otherwise === null ? null : (
        <p>
          {ruleEditor.otherwise}: <RuleSentence to={otherwise} nameOf={nameOf} />
        </p>
      )}
    </>
  );
}
