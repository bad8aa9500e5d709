import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { placeOf } from "../parts/marks.tsx";
import { DoneNote, EmptyNote, Skeleton } from "../parts/notes.tsx";
import { NoticeDialog } from "./notice-dialog.tsx";
import type { Petition } from "./petition.ts";

type State = "waiting" | "given";

/** The petitions: what waits for its written notice with the days that are left, and what was given. */
export function PetitionsPage() {
  const { words } = useLanguage();
  const { petitions } = words;
  const [writing, setWriting] = useState<Petition | null>(null);
  const [given, setGiven] = useState<string | null>(null);
  return (
    <>
      <h1>{petitions.title}</h1>
      <p>{petitions.text}</p>
      {given === null ? null : <DoneNote text={petitions.done(given)} />}
      <PetitionList state="waiting" onWrite={setWriting} />
      <PetitionList state="given" />
      {writing === null ? null : (
        <NoticeDialog
          petition={writing}
          onClose={() => setWriting(null)}
          onGiven={(number) => {
            setWriting(null);
            setGiven(number);
          }}
        />
      )}
    </>
  );
}

function PetitionList({ state, onWrite }: { readonly state: State; readonly onWrite?: (one: Petition) => void }) {
  const { words, times } = useLanguage();
  const { petitions } = words;
  const { call, me } = useSession();
  const asked = useQuery({
    queryKey: ["petitions", state],
    queryFn: async ({ signal }) => (await call("GET /petitions", { query: { state }, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const title = petitions[state];
  const mayWrite = onWrite !== undefined && mayAsk(me, "POST /cases/{number}/petition-notice");
  const mayPrint = mayAsk(me, "GET /cases/{number}/petition-notice.pdf");
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={3} isLoading={asked.isPending} />
      {asked.data?.items.length === 0 ? (
        <EmptyNote text={state === "waiting" ? petitions.noneWaiting : petitions.noneGiven} />
      ) : null}
      <ul className="today">
        {asked.data?.items.map((one) => (
          <li key={one.case.number} className="line line-waits">
            <p>
              <Link className="number" to="/cases/$number" params={{ number: one.case.number }}>
                {one.case.number}
              </Link>{" "}
              {one.case.summary}
            </p>
            <p className="small">
              {placeOf(one.case, words)}
              {one.notice === null
                ? ` · ${petitions.dueOn(times.day(one.dueOn))} · `
                : ` · ${one.notice.number} · ${one.notice.organ} · ${petitions.ways[one.notice.way]} · ${petitions.by(one.notice.by, times.moment(one.notice.at))}`}
              {one.daysLeft === null ? null : (
                <span className={one.daysLeft < 0 ? "mark mark-late" : undefined}>{petitions.left(one.daysLeft)}</span>
              )}
            </p>
            {mayWrite ? (
              <button type="button" className="deed" onClick={() => onWrite(one)}>
                {petitions.write}
                <span className="unseen"> {one.case.number}</span>
              </button>
            ) : null}
            {one.notice !== null && mayPrint ? (
              <a className="deed" href={`/api/v1/cases/${one.case.number}/petition-notice.pdf`} download>
                {petitions.print}
                <span className="unseen"> {one.case.number}</span>
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
