import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { type Answered, type Given, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { placeOf, StateMark } from "../parts/marks.tsx";
import { DoneNote, RefusalNote, Skeleton } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { useWorking } from "../parts/working.ts";
import { PrintPoster } from "../printing/print-poster.tsx";
import { AddCase, AnswerAll, CloseAll } from "./topic-forms.tsx";

type Page = Answered<"GET /topics/{number}">;
type Row = Page["cases"][number];

/** The page of one topic: its cases by number, what their residents say, and what the office does with it. */
export function TopicPage() {
  const { number } = useParams({ from: "/topics/$number" });
  const { words } = useLanguage();
  const { topics } = words;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["topic", number],
    queryFn: async ({ signal }) => (await call("GET /topics/{number}", { params: { number }, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  return (
    <>
      <h1>
        <span className="number">{number}</span> {asked.data?.title ?? ""}
      </h1>
      <p>
        <Link to="/topics">{topics.back}</Link>
      </p>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={6} isLoading={asked.isPending} />
      {asked.data === undefined ? null : <Whole page={asked.data} again={() => void asked.refetch()} />}
    </>
  );
}

function Whole({ page, again }: { readonly page: Page; readonly again: () => void }) {
  const { words, times } = useLanguage();
  const { topics } = words;
  const { call, me } = useSession();
  const { run, isBusy, error } = useWorking();
  const [done, setDone] = useState<string | null>(null);
  const { number, etag, state, people, deputy, verdicts } = page;
  const isLive = state === "open" || state === "answered";
  const isDone = (said: string) => {
    setDone(said);
    again();
  };
  const decide = (decision: "join" | "apart") =>
    run(async () => {
      await call("POST /topics/{number}/decide", { params: { number }, etag, body: { decision }, key: newKey() });
      isDone(decision === "join" ? topics.joined : topics.apart);
    });
  const take = (one: string, where: "in" | "out") =>
    run(async () => {
      const body = { case: one, take: where };
      await call("POST /topics/{number}/cases", { params: { number }, etag, body, key: newKey() });
      isDone(where === "in" ? topics.added(one) : topics.takenOut(one));
    });
  const answer = (text: string) =>
    run(async () => {
      await call("POST /topics/{number}/answer", { params: { number }, etag, body: { text }, key: newKey() });
      isDone(topics.answering);
    });
  const close = (body: Given<"POST /topics/{number}/close">["body"]) =>
    run(async () => {
      await call("POST /topics/{number}/close", { params: { number }, etag, body, key: newKey() });
      isDone(topics.closing);
    });
  const mayChange = mayAsk(me, "POST /topics/{number}/cases");
  return (
    <>
      <dl className="card">
        <Fact name={topics.columns.state}>{topics.state[state]}</Fact>
        <Fact name={topics.columns.people}>{people === null ? topics.nobodySaid : topics.people(people)}</Fact>
        <Fact name={topics.columns.deputy}>{deputy?.name ?? topics.office}</Fact>
        <Fact name={topics.columns.since}>{times.moment(page.openedAt)}</Fact>
        <Fact name={topics.verdicts}>{topics.counted(verdicts.confirmed, verdicts.denied, verdicts.silent)}</Fact>
      </dl>
      {done === null ? null : <DoneNote text={done} />}
      <RefusalNote error={error} />
      {state === "offered" && mayChange ? (
        <div className="buttons">
          <Button loading={isBusy} onClick={() => void decide("join")}>
            {topics.join}
          </Button>
          <Button variant="default" disabled={isBusy} onClick={() => void decide("apart")}>
            {topics.keepApart}
          </Button>
        </div>
      ) : null}
      {isLive && mayChange ? <AnswerAll isBusy={isBusy} onAnswer={answer} /> : null}
      <Cases
        page={page}
        {...(state !== "offered" && mayChange ? { onTakeOut: (one: string) => void take(one, "out") } : {})}
      />
      {isLive && mayChange ? <AddCase isBusy={isBusy} onAdd={(one) => take(one, "in")} /> : null}
      {isLive && mayChange ? <CloseAll isBusy={isBusy} onClose={close} /> : null}
      {isLive && people !== null && mayAsk(me, "POST /posters") ? (
        <section aria-label={topics.poster}>
          <h2>{topics.poster}</h2>
          <p>{topics.posterHow}</p>
          <PrintPoster scene={`t:${number}`} label={topics.print} />
        </section>
      ) : null}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Cases({ page, onTakeOut }: { readonly page: Page; readonly onTakeOut?: (number: string) => void }) {
  const { words, times } = useLanguage();
  const { topics } = words;
  const { caseColumns } = topics;
  const label = page.state === "offered" ? topics.candidates : topics.cases;
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <table className="table cards" aria-label={label}>
        <thead>
          <tr>
            {Object.entries(caseColumns).map(([code, name]) => (
              <th scope="col" key={code}>
                {name}
              </th>
            ))}
            {onTakeOut === undefined ? null : (
              <th scope="col">
                <span className="unseen">{topics.takeOut}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {page.cases.map((row: Row) => (
            <tr key={row.number}>
              <th scope="row">
                <Link className="number" to="/cases/$number" params={{ number: row.number }}>
                  {row.number}
                </Link>{" "}
                {row.summary}
              </th>
              <td data-label={caseColumns.state}>
                <StateMark row={row} />
              </td>
              <td data-label={caseColumns.place}>{placeOf(row, words)}</td>
              <td data-label={caseColumns.received} className="number">
                {times.moment(row.receivedAt)}
              </td>
              {onTakeOut === undefined ? null : (
                <td>
                  <RowDeed does={topics.takeOut} row={row.number} onClick={() => onTakeOut(row.number)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
