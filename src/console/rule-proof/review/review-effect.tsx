import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../client/language.tsx";
import type { TrialAnswer } from "../differences/trial-answer.ts";
import { useVersions } from "../version/one-version.ts";
import { NetChange } from "./impact.tsx";
import type { Readiness } from "./review-state.ts";

/** Shows what will change for whom once a version is published, by its latest dry run. */
export function Effect({ number, answer }: { readonly number: string; readonly answer: TrialAnswer | null }) {
  const { words, times } = useLanguage();
  const { review } = words;
  const toTrial = (
    <Link to="/rules/$number/trial" params={{ number }}>
      {review.toTrial}
    </Link>
  );
  if (answer === null)
    return (
      <section className="card">
        <h2>{review.effect}</h2>
        <p>
          {review.noDryRun} {toTrial}
        </p>
      </section>
    );
  const { messages, movedAgainstPublished, nobody, since, kinds } = answer;
  const count = (value: number) => value.toLocaleString("en");
  const from = times.day(since);
  return (
    <section className="card">
      <h2>{review.effect}</h2>
      <p className="effect-text">
        {movedAgainstPublished === 0
          ? review.effectNone(count(messages), from)
          : review.effectText(count(messages), count(movedAgainstPublished), from)}
      </p>
      <NetChange kinds={kinds.filter(({ kind }) => kind === "published")} />
      {nobody === 0 ? null : <p className="mark-danger-text">{review.nobody(count(nobody))}</p>}
      <p>
        {review.onlyNew} {toTrial}
      </p>
    </section>
  );
}

/** Says that the version on which this one is based is no longer in force, and what to do about it. */
export function Stale({ number, readiness }: { readonly number: string; readonly readiness: Readiness }) {
  const { words } = useLanguage();
  const { review } = words;
  const versions = useVersions();
  const { base } = readiness;
  if (base.isPublished) return null;
  const now = versions.data?.find(({ state }) => state === "published")?.number ?? null;
  return (
    <div className="note note-banner" role="status">
      <p>
        <strong>{review.stale(base.number, now)}</strong>
      </p>
      <p>{review.staleDo}</p>
      {now === null ? null : (
        <Link to="/rules/compare" search={{ from: String(now), to: number }}>
          {review.seeAgainst(now)}
        </Link>
      )}
    </div>
  );
}
