import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { CaseTable } from "../parts/case-table.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";
import { AbsenceDialog } from "./absence-dialog.tsx";
import { Absences } from "./absences.tsx";
import { CodeDialog } from "./code-dialog.tsx";
import { DeputyDetails } from "./deputy-details.tsx";
import { Servings } from "./servings.tsx";
import { WeeklyAbsences, WeeklyDialog } from "./weekly.tsx";

/** A deputy: where they serve, when they are away, what they have in hand. */
export function DeputyPage() {
  const { words, times } = useLanguage();
  const { people } = words;
  const { me, call } = useSession();
  const { code = "" } = useParams({ strict: false });
  const [open, setOpen] = useState<"absence" | "weekly" | "code" | "details" | null>(null);
  const [done, setDone] = useState("");
  const asked = useQuery({
    queryKey: ["deputy", code],
    queryFn: ({ signal }) => call("GET /deputies/{code}", { params: { code }, signal }),
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const deputy = asked.data?.body;
  const etag = asked.data?.etag ?? "";
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
      <Asked asked={asked} rows={6} />
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
              <button type="button" className="deed" onClick={() => setOpen("weekly")}>
                {people.enterWeekly}
              </button>
              <button type="button" className="deed" onClick={() => setOpen("code")}>
                {people.invite}
              </button>
              {mayAsk(me, "PATCH /deputies/{code}") ? (
                <button type="button" className="deed" onClick={() => setOpen("details")}>
                  {words.successions.editDeputy}
                </button>
              ) : null}
            </p>
          ) : null}
          <Absences deputy={deputy} mayEnd={mayChange} onEnded={() => finished(people.ended)} />
          <WeeklyAbsences deputy={deputy} mayEnd={mayChange} onEnded={() => finished(people.weeklyEnded)} />
          {deputy.movedMeanwhile === null || deputy.movedMeanwhile.length === 0 ? null : (
            <section className="block" aria-label={people.movedMeanwhile}>
              <h2>{people.movedMeanwhile}</h2>
              <p className="small">{people.movedMeanwhileText}</p>
              <CaseTable rows={deputy.movedMeanwhile} label={people.movedMeanwhile} />
            </section>
          )}
          <Servings deputy={deputy} etag={etag} onDone={finished} />
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
          {open === "weekly" ? (
            <WeeklyDialog
              deputy={deputy}
              today={times.dayOf(new Date())}
              onDone={() => finished(people.weeklyDone)}
              onClose={() => setOpen(null)}
            />
          ) : null}
          {open === "details" ? (
            <DeputyDetails
              deputy={deputy}
              etag={etag}
              onDone={() => finished(words.places.saved)}
              onClose={() => setOpen(null)}
            />
          ) : null}
          {open === "code" ? <CodeDialog deputy={deputy} onClose={() => setOpen(null)} /> : null}
        </>
      )}
    </>
  );
}
