import { useQuery } from "@tanstack/react-query";
import { Link, Navigate } from "@tanstack/react-router";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DueMark, holderOf, placeOf, UrgentMarks } from "../parts/marks.tsx";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";
import { PageFailure } from "../shell/failures.tsx";
import { type Section, SectionLink } from "./section-link.tsx";

/** The page of today: what waits for this person, each with its reason and the one button that leads to it. */
export function TodayPage() {
  const { words, times } = useLanguage();
  const { me, call } = useSession();
  const mayLook = mayAsk(me, "GET /setup");
  const setup = useQuery({
    queryKey: ["setup"],
    queryFn: async ({ signal }) => (await call("GET /setup", { signal })).body,
    enabled: mayLook,
    retry: mayAskAgain,
  });
  const asked = useQuery({
    queryKey: ["today"],
    queryFn: async ({ signal }) => (await call("GET /today", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const { data } = asked;
  const steps = setup.data?.steps ?? [];
  const done = steps.filter(({ state }) => state === "done" || state === "skipped").length;
  // As long as no resident has written, nothing is waiting that could be overlooked behind it.
  if (setup.data?.takesToday === true) return <Navigate to="/setup" replace />;
  return (
    <>
      {setup.data?.isOver === false ? (
        <p className="note note-banner">
          {words.setup.line(done, steps.length)} <Link to="/setup">{words.setup.go}</Link>
        </p>
      ) : null}
      <h1>
        {words.today.title} {data === undefined ? null : <span className="small">{times.day(data.day)}</span>}
      </h1>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={6} isLoading={asked.isPending} />
      {data === undefined ? null : (
        <>
          {data.sections.every(({ count }) => count === 0) ? <EmptyNote text={words.today.empty} /> : null}
          <ul className="today">
            {data.sections.map((section) => (
              <SectionLine key={section.code} section={section} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const URGENT: readonly Section["code"][] = ["danger"];
const LATE: readonly Section["code"][] = ["late", "escalated", "undelivered", "failed-sends"];

function SectionLine({ section }: { readonly section: Section }) {
  const { words, times } = useLanguage();
  const { today } = words;
  const { code, count, oldestAt, first } = section;
  const name = today.sections[code];
  if (count === 0)
    return (
      <li className="line line-empty">
        <span className="line-name">{name}</span> <span>{today.nothing}</span>
      </li>
    );
  const kind = URGENT.includes(code) ? "danger" : LATE.includes(code) ? "late" : "waits";
  const shape = { danger: "▲", late: "⚠", waits: "●" }[kind];
  return (
    <li className={`line line-${kind}`}>
      <div className="line-head">
        <h2 className="line-name">
          <span aria-hidden="true">{shape} </span>
          {name} <span className="line-count">{count}</span>
        </h2>
        {oldestAt === null ? null : <span className="small">{today.oldest(times.moment(oldestAt))}</span>}
        <SectionLink section={section} />
      </div>
      {first.length === 0 ? null : (
        <ul className="line-cases">
          {first.map((row) => (
            <li key={row.number}>
              <Link className="number" to="/cases/$number" params={{ number: row.number }}>
                {row.number}
              </Link>{" "}
              <UrgentMarks row={row} />{" "}
              <span className="line-words">{row.sealed ? words.cases.sealedWords : row.summary}</span>
              <span className="small">
                {row.sealed ? "" : `${placeOf(row, words)} · `}
                {holderOf(row.holder, words)} · <DueMark row={row} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
