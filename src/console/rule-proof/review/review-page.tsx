import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { newKey } from "../../client/call.ts";
import { useLanguage } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { codesIn, useNames } from "../../parts/naming/use-names.ts";
import { DoneNote, RefusalNote, Skeleton } from "../../parts/notes.tsx";
import { SubmitDialog } from "../../rule-editing/submit-dialog.tsx";
import { WithdrawDialog } from "../../rule-editing/withdraw-dialog.tsx";
import { PageFailure } from "../../shell/failures.tsx";
import { type Change, ChangeCard } from "../change-card.tsx";
import { DifferenceTable } from "../differences/difference-table.tsx";
import { type TrialAnswer, trialAnswerOf } from "../differences/trial-answer.ts";
import { useVersion } from "../version/one-version.ts";
import { targetOf } from "../version/written-rule.ts";
import { VersionHead } from "../version-head.tsx";
import { Comments } from "./comments.tsx";
import { Impact } from "./impact.tsx";
import { Deciding, type Step } from "./review-deciding.tsx";
import { Effect, Stale } from "./review-effect.tsx";
import { useReview } from "./review-state.ts";
import { VerdictDialog } from "./verdict-dialog.tsx";

/** The page on which a second person reads what a version changes for whom, and publishes it or turns it down. */
export function ReviewPage() {
  const { words, times } = useLanguage();
  const { review } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const { number = "" } = useParams({ strict: false });
  const version = useVersion(number);
  const state = useReview(number);
  const [step, setStep] = useState<Step | null>(null);
  const [done, setDone] = useState<Step | null>(null);
  const changes = state.changes.data?.changes ?? [];
  const targets = changes.flatMap(({ from, to }) => [targetOf(from), targetOf(to)]).filter((one) => one !== null);
  const nameOf = useNames(
    codesIn(
      changes.flatMap(({ readFrom, readTo }) => [readFrom, readTo]),
      targets,
    ),
  );
  const failed = version.error ?? state.changes.error ?? state.readiness.error;
  if (failed !== null) {
    const again = () => void Promise.all([version.refetch(), state.renew()]);
    return <PageFailure error={failed} again={again} />;
  }
  const readiness = state.readiness.data;
  if (version.data === undefined || readiness === undefined || state.changes.data === undefined)
    return <Skeleton rows={6} isLoading />;
  const answer = trialAnswerOf(state.trial);
  const sample = state.sample.data ?? [];
  const judged = sample.filter(({ marks }) => marks.some(({ isMine }) => isMine)).length;
  const isInReview = version.data.state === "in-review";
  const looksCount = me.role === "reviewer" && isInReview && !readiness.isOwn;
  const look = (change: Change) => {
    if (!looksCount || change.isLooked) return;
    void call("PUT /rulesets/{number}/looks", {
      params: { number },
      body: { change: change.change },
      key: newKey(),
    }).then(state.renew, () => undefined);
  };
  const finish = (taken: Step) => {
    setDone(taken);
    setStep(null);
    void state.renew();
  };
  const right = (state.marks.data ?? []).filter(({ verdict }) => verdict === "right").length;
  const comments = state.comments.data ?? [];
  const deciding = (
    <Deciding
      version={version.data}
      readiness={readiness}
      isSampleOpen={judged < sample.length}
      onStep={(next) => {
        setDone(null);
        setStep(next);
      }}
    />
  );
  return (
    <>
      <VersionHead version={version.data} title={review.title} />
      <p>{review.about}</p>
      {done === null ? null : <DoneNote text={review.done[done]} />}
      {isInReview || version.data.state === "draft" ? <Stale number={number} readiness={readiness} /> : null}
      {/* Whoever wrote it has this one thing to do here; whoever reviews it reads first. */}
      {version.data.state === "draft" ? deciding : null}
      <Effect number={number} answer={answer} />
      <section aria-labelledby="changes">
        <h2 id="changes">{review.changes(changes.length)}</h2>
        {looksCount ? <p role="status">{review.looked(readiness.looked, readiness.changes)}</p> : null}
        {changes.length === 0 ? <p>{review.noChanges}</p> : null}
        {changes.map((change) => (
          <ChangeCard
            key={change.change}
            change={change}
            nameOf={nameOf}
            showsLooks={looksCount}
            onOpen={() => look(change)}
          >
            {answer === null || change.rule === null ? null : (
              <Impact
                errand={state.errand}
                kinds={kindsOf(answer, change.rule)}
                wanted={{ kind: "published", touches: change.rule }}
              />
            )}
            {change.rule === null || change.kind === "removed" ? null : (
              <Comments number={number} rule={change.rule} comments={comments} onChanged={() => void state.renew()} />
            )}
          </ChangeCard>
        ))}
      </section>
      {sample.length === 0 ? null : (
        <section className="card">
          <h2>{review.sample(sample.length)}</h2>
          <p>{review.sampleText}</p>
          <p role="status">{review.sampleDone(judged, sample.length)}</p>
          <DifferenceTable errand={state.errand} items={sample} />
        </section>
      )}
      {(state.marks.data ?? []).length === 0 ? null : (
        <p>
          {review.evidence}: {review.evidenceCount(right, (state.marks.data ?? []).length - right)}
        </p>
      )}
      <section className="card">
        <Comments number={number} rule={null} comments={comments} onChanged={() => void state.renew()} />
      </section>
      {version.data.state === "draft" ? null : deciding}
      <RefusalNote error={state.comments.error} />
      <section className="card">
        <h2>{review.history}</h2>
        <ol className="events">
          {version.data.events.map(({ type, by, at, note }) => (
            <li key={`${type} ${at}`}>
              <time dateTime={at}>{times.moment(at)}</time> {by}: {review.events[type]}
              {note === null ? "" : ` · ${note}`}
            </li>
          ))}
        </ol>
      </section>
      {step === "submit" ? (
        <SubmitDialog number={number} onDone={() => finish("submit")} onClose={() => setStep(null)} />
      ) : null}
      {step === "withdraw" ? (
        <WithdrawDialog
          number={version.data.number}
          onDone={(made) => {
            finish("withdraw");
            void navigate({ to: "/rules/$number/review", params: { number: String(made) } });
          }}
          onClose={() => setStep(null)}
        />
      ) : null}
      {step === "publish" || step === "turn-down" ? (
        <VerdictDialog
          verdict={step}
          number={version.data.number}
          changes={changes.length}
          onDone={() => finish(step)}
          onClose={() => setStep(null)}
        />
      ) : null}
    </>
  );
}

/** The cases of the past that a rule takes from others, or that others take from it. */
function kindsOf({ kinds }: TrialAnswer, rule: string) {
  return kinds.filter((one) => one.kind === "published" && (one.rule === rule || one.fromRule === rule));
}
