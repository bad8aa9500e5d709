import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { WithdrawDialog } from "../rule-editing/withdraw-dialog.tsx";
import type { OpenVersion } from "./use-open-versions.ts";

type Version = Answered<"GET /rulesets">[number];

const KINDS = ["added", "removed", "changed", "moved"] as const;

/** A version in the list: its state in words, who wrote and reviews it, what it changes, and the one next step. */
export function VersionRow({ version, open }: { readonly version: Version; readonly open: OpenVersion | null }) {
  const { words, times } = useLanguage();
  const { rules } = words;
  const { me } = useSession();
  const navigate = useNavigate();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const { number, state, author, reviewer, reviewerWanted, takesBack } = version;
  const params = { number: String(number) };
  const wasTurnedDown = state === "retired" && version.publishedAt === null;
  const mayWrite = mayAsk(me, "PUT /rulesets/{number}");
  const labels = rules.columns;
  return (
    <tr>
      <th scope="row">
        <Link to="/rules/$number" params={params}>
          {rules.version(number)}
        </Link>
      </th>
      <td data-label={labels.state}>
        <strong className={`state-${state}`}>
          {rules.marks[state]}{" "}
          {wasTurnedDown ? (reviewer === null ? rules.withdrawn : rules.turnedDown) : rules.states[state]}
        </strong>
        {takesBack === null ? null : <div className="small">{rules.takesBack(takesBack)}</div>}
      </td>
      <td data-label={labels.who}>
        {author}
        <div className="small">
          {reviewer !== null ? rules.reviewer(reviewer) : reviewerWanted !== null ? rules.wanted(reviewerWanted) : null}
        </div>
      </td>
      <td data-label={labels.changes}>
        <Changes version={version} open={open} />
      </td>
      <td data-label={labels.check}>
        {open === null ? (
          words.shell.nothing
        ) : open.hasFailed ? (
          rules.checkFailed
        ) : open.findings === null ? (
          words.shell.nothing
        ) : (
          <span className={open.findings === 0 ? "fine" : "warn"}>
            {open.findings === 0 ? rules.checkOk : rules.checkFound(open.findings)}
          </span>
        )}
      </td>
      <td data-label={labels.trial}>
        {open?.readiness == null ? (
          words.shell.nothing
        ) : open.readiness.dryRun === null ? (
          rules.trialNone
        ) : (
          <Link to="/rules/$number/trial" params={params}>
            {rules.trialDone(times.moment(open.readiness.dryRun.at))}
          </Link>
        )}
      </td>
      <td data-label={labels.next} className="acts">
        {state === "draft" && mayWrite ? (
          <Link className="button-link" to="/rules/$number" params={params}>
            {rules.next.edit}
          </Link>
        ) : state === "in-review" ? (
          <Link className="button-link" to="/rules/$number/review" params={params}>
            {me.role === "reviewer" ? rules.next.review : rules.next.look}
          </Link>
        ) : (
          <Link to="/rules/$number" params={params}>
            {rules.next.look}
          </Link>
        )}
        {state === "retired" && !wasTurnedDown && mayAsk(me, "POST /rulesets/{number}/take-back") ? (
          <Link to="/rules/compare" search={{ to: params.number }}>
            {words.compare.takeBack(number)}
          </Link>
        ) : null}
        {state === "in-review" && author === me.name ? (
          <button type="button" className="link-button" onClick={() => setWithdrawing(true)}>
            {rules.withdraw}
          </button>
        ) : null}
        {isWithdrawing ? (
          <WithdrawDialog
            number={number}
            onDone={(made) => void navigate({ to: "/rules/$number", params: { number: String(made) } })}
            onClose={() => setWithdrawing(false)}
          />
        ) : null}
      </td>
    </tr>
  );
}

function Changes({ version, open }: { readonly version: Version; readonly open: OpenVersion | null }) {
  const { rules, shell } = useLanguage().words;
  if (open?.changes == null) return shell.nothing;
  const { against, changes } = open.changes;
  const counts = KINDS.flatMap((kind) => {
    const count = changes.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [rules.count(rules.kinds[kind], count)];
  });
  return (
    <>
      {counts.length === 0 ? rules.unchanged : counts.join(shell.comma)}
      <div className="small">
        {against === null ? (
          rules.newSet
        ) : (
          <Link to="/rules/compare" search={{ from: String(against), to: String(version.number) }}>
            {rules.against(against)}
          </Link>
        )}
      </div>
    </>
  );
}
