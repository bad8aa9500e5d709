import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { CaseTable } from "../parts/case-table.tsx";
import { DoneNote, EmptyNote, Skeleton } from "../parts/notes.tsx";
import { PageFailure } from "../shell/failures.tsx";
import { AbsenceDialog } from "./absence-dialog.tsx";
import { Absences } from "./absences.tsx";
import { CodeDialog } from "./code-dialog.tsx";
import type { OneDeputy } from "./one-deputy.ts";

/** A deputy: where they serve, when they are away, what they have in hand. */
export function DeputyPage() {
  const { words, times } = useLanguage();
  const { people } = words;
  const { me, call } = useSession();
  const { code = "" } = useParams({ strict: false });
  const [open, setOpen] = useState<"absence" | "code" | null>(null);
  const [done, setDone] = useState("");
  const asked = useQuery({
    queryKey: ["deputy", code],
    queryFn: async ({ signal }) => (await call("GET /deputies/{code}", { params: { code }, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const deputy = asked.data;
  const finished = (said: string) => {
    setOpen(null);
    setDone(said);
    void asked.refetch();
  };
  const mayChange = mayAsk(me, "POST /deputies/{code}/absences") && deputy?.isInOffice === true;
  return (
    <>
      <p>
        <Link to="/people">{people.toList}</Link>
      </p>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={6} isLoading={asked.isPending} />
      {deputy === undefined ? null : (
        <>
          <h1>
            {deputy.name} <span className="small number">{deputy.code}</span>
          </h1>
          <p>
            {people.levels[deputy.level]}
            {deputy.district === "" ? null : ` · ${people.district}: ${deputy.district}`}
            {deputy.groups.length === 0 ? null : ` · ${people.groups}: ${deputy.groups.join(", ")}`}
            {" · "}
            {deputy.isInOffice || deputy.untilOn === null
              ? `${people.term}: ${deputy.untilOn ?? people.noTerm}`
              : people.left(deputy.untilOn)}
            {" · "}
            {people.chat}: {deputy.hasChat ? people.hasChat : people.hasNoChat}
          </p>
          {done === "" ? null : <DoneNote text={done} />}
          {mayChange ? (
            <p className="buttons">
              <button type="button" className="deed" onClick={() => setOpen("absence")}>
                {people.enterAbsence}
              </button>
              <button type="button" className="deed" onClick={() => setOpen("code")}>
                {people.invite}
              </button>
            </p>
          ) : null}
          <Absences deputy={deputy} mayEnd={mayChange} onEnded={() => finished(people.ended)} />
          <Servings deputy={deputy} />
          {deputy.cases === null ? null : (
            <section className="block" aria-label={people.openCases}>
              <h2>{people.openCases}</h2>
              {deputy.cases.length === 0 ? (
                <EmptyNote text={people.noCases} />
              ) : (
                <CaseTable rows={deputy.cases} label={people.openCases} />
              )}
            </section>
          )}
          {deputy.figures === null && !deputy.areFiguresHidden ? null : (
            <section className="block" aria-label={people.figures}>
              <h2>{people.figures}</h2>
              <p>
                {deputy.figures === null
                  ? people.figuresHidden
                  : people.figuresText(deputy.figures.open, deputy.figures.overdue, deputy.figures.closed)}
              </p>
            </section>
          )}
          {open === "absence" ? (
            <AbsenceDialog
              deputy={deputy}
              today={times.dayOf(new Date())}
              onDone={() => finished(people.done)}
              onClose={() => setOpen(null)}
            />
          ) : null}
          {open === "code" ? <CodeDialog deputy={deputy} onClose={() => setOpen(null)} /> : null}
        </>
      )}
    </>
  );
}

function Servings({ deputy }: { readonly deputy: OneDeputy }) {
  const { words, times } = useLanguage();
  const { people } = words;
  if (deputy.assignments.length === 0) return <EmptyNote text={people.noServing} />;
  return (
    <section className="block" aria-label={people.serves}>
      <h2>{people.serves}</h2>
      <table className="table cards" aria-label={people.serves}>
        <thead>
          <tr>
            {[people.place, people.code, people.as, people.from, people.until].map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {deputy.assignments.map(({ kind, code, name, township, role, fromOn, untilOn }) => (
            <tr key={`${kind} ${code} ${role} ${fromOn}`}>
              <th scope="row">
                {name} <span className="small">{township}</span>
              </th>
              <td data-label={people.code}>{code}</td>
              <td data-label={people.as}>{people.roles[role]}</td>
              <td data-label={people.from}>{times.day(fromOn)}</td>
              <td data-label={people.until}>{untilOn === null ? people.today : times.day(untilOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
