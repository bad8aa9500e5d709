import { Button, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote, RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { type Errand, trialAnswerOf } from "./differences/trial-answer.ts";
import { TrialReport } from "./trial-report.tsx";
import { isEditedSince, useVersion } from "./version/one-version.ts";
import { VersionHead } from "./version-head.tsx";

const LOOK_MS = 1000;

/** The page of the dry runs of one version: asks for one, shows how far it is, and what it would change for whom. */
export function TrialPage() {
  const { words, times } = useLanguage();
  const { trial, proof } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const { number = "" } = useParams({ strict: false });
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const version = useVersion(number);
  const runs = useQuery({
    queryKey: ["trials", number],
    queryFn: async ({ signal }) => (await call("GET /errands", { query: { kind: "dry-run" }, signal })).body,
    select: ({ items }) => items.filter(({ asked }) => isOf(asked, Number(number))),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) === true ? LOOK_MS : pollEvery()),
    retry: mayAskAgain,
  });
  const [since, setSince] = useState("");
  const { run, isBusy, error } = useWorking();
  const key = useRef(newKey());
  const mayTry = mayAsk(me, "POST /rulesets/{number}/dry-run");
  const all = runs.data ?? [];
  const open = all.find(isOpen);
  const shown = all.find(({ id }) => id === search.run) ?? all.find(({ state }) => state === "done");
  const answer = trialAnswerOf(shown);
  const last = all[0];
  const renew = () => queries.invalidateQueries({ queryKey: ["trials", number] });
  const begin = () =>
    run(async () => {
      await call("POST /rulesets/{number}/dry-run", {
        params: { number },
        body: since === "" ? {} : { since },
        key: key.current,
      });
      key.current = newKey();
      await renew();
    });
  const stop = (id: string) =>
    run(async () => {
      await call("POST /errands/{id}/stop", { params: { id }, key: newKey() });
      await renew();
    });
  if (version.error !== null || version.data === undefined) return <Asked asked={version} rows={6} />;
  return (
    <>
      <VersionHead version={version.data} title={trial.title} />
      <p>{trial.about}</p>
      {mayTry ? (
        <form
          className="toolbar toolbar-start card"
          onSubmit={(event) => {
            event.preventDefault();
            void begin();
          }}
        >
          <TextInput
            type="date"
            label={trial.since}
            description={trial.sinceHint}
            value={since}
            max={times.dayOf(new Date())}
            onChange={(event) => setSince(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy} disabled={open !== undefined}>
            {trial.go}
          </Button>
        </form>
      ) : (
        <p className="small">{trial.mayNot}</p>
      )}
      <RefusalNote error={error} />
      {open === undefined ? null : (
        <div className="note note-banner" role="status">
          <p>
            {open.state === "waiting"
              ? trial.waits
              : trial.running(open.done.toLocaleString("en"), open.total?.toLocaleString("en") ?? null)}{" "}
            {trial.mayLeave}
          </p>
          {open.total === null ? null : (
            <progress className="wide" value={open.done} max={Math.max(open.total, 1)} aria-label={trial.title} />
          )}
          {mayTry ? (
            <Button size="compact-md" variant="default" onClick={() => void stop(open.id)}>
              {trial.stop}
            </Button>
          ) : null}
        </div>
      )}
      {last?.state === "failed" ? (
        <WrongNote text={trial.failed}>
          {last.problem === null ? null : <p className="small">{last.problem.detail}</p>}
        </WrongNote>
      ) : null}
      {last?.state === "stopped" ? <p role="status">{trial.stopped}</p> : null}
      {runs.error === null ? null : <RefusalNote error={runs.error} again={() => void runs.refetch()} />}
      {runs.isSuccess && answer === null && open === undefined ? <EmptyNote text={trial.none} /> : null}
      {answer === null || shown === undefined ? null : (
        <>
          {isEditedSince(version.data, answer.events) ? (
            <p className="note note-banner" role="status">
              {trial.outdated}
            </p>
          ) : null}
          <TrialReport key={shown.id} errand={shown} answer={answer} />
          <p className="buttons">
            {trial.next}
            <Link className="deed" to="/rules/$number/review" params={{ number }}>
              {trial.toReview}
            </Link>
          </p>
        </>
      )}
      {all.length < 2 ? null : (
        <details className="card">
          <summary>{trial.earlier}</summary>
          <ul>
            {all
              .filter(({ state }) => state === "done")
              .map(({ id, by, madeAt }) => (
                <li key={id}>
                  <Link to="/rules/$number/trial" params={{ number }} search={{ run: id }}>
                    {by} · {times.moment(madeAt)} · {proof.short(Number(number))}
                  </Link>
                </li>
              ))}
          </ul>
        </details>
      )}
    </>
  );
}

function isOpen({ state }: Errand): boolean {
  return state === "waiting" || state === "running";
}

function isOf(asked: unknown, number: number): boolean {
  return typeof asked === "object" && asked !== null && "number" in asked && asked.number === number;
}
