import { Link } from "@tanstack/react-router";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import type { Version } from "./version/one-version.ts";

/** The head of a page about one version: which it is, who wrote it, what it comes from, and the other pages about it. */
export function VersionHead({ version, title }: { readonly version: Version; readonly title: string }) {
  const { words, times } = useLanguage();
  const { me } = useSession();
  const { proof } = words;
  const { number, name, state, author, basedOn, takesBack, submittedAt, publishedAt } = version;
  const params = { number: String(number) };
  return (
    <header className="version-head">
      <h1>
        {title} · {proof.version(number, name)}
      </h1>
      <p className="version-facts">
        <strong>{proof.states[state]}</strong>
        <span>{proof.by(author)}</span>
        {submittedAt === null ? null : <span>{proof.submitted(times.moment(submittedAt))}</span>}
        {publishedAt === null ? null : <span>{proof.published(times.moment(publishedAt))}</span>}
        <span>{basedOn === null ? proof.basedOnNone : proof.basedOn(basedOn)}</span>
      </p>
      {takesBack === null ? null : <p className="note note-banner">{proof.takesBack(takesBack)}</p>}
      <nav className="presets" aria-label={proof.version(number, name)}>
        <Link to="/rules" activeOptions={{ exact: true, includeSearch: false }}>
          {proof.pages.list}
        </Link>
        <Link to="/rules/$number" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          {proof.ways.content}
        </Link>
        <Link to="/rules/$number/trial" params={params} activeOptions={{ includeSearch: false }}>
          {proof.ways.trial}
        </Link>
        <Link to="/rules/$number/review" params={params}>
          {proof.ways.review}
        </Link>
        {basedOn === null ? null : (
          <Link to="/rules/compare" search={{ from: String(basedOn), to: params.number }}>
            {proof.ways.compare}
          </Link>
        )}
        <Link to="/rules/simulate" search={{ version: params.number }}>
          {proof.ways.simulate}
        </Link>
        {mayAsk(me, "GET /coverage") ? (
          <Link to="/coverage" search={{ version: params.number }}>
            {proof.ways.coverage}
          </Link>
        ) : null}
      </nav>
    </header>
  );
}
