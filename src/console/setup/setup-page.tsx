import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DoneNote, RefusalNote, Skeleton } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { PageFailure } from "../shell/failures.tsx";
import { TrialPart } from "../trial-mode/trial-part.tsx";
import { Rehearsal } from "./rehearsal.tsx";
import { StarterRules } from "./starter-rules.tsx";
import { StepLinks } from "./step-links.tsx";

type Step = Answered<"GET /setup">["steps"][number];

/** The first setting up of a county: nine steps, each with what it still lacks and the page that does it. */
export function SetupPage() {
  const { setup } = useWords();
  const { me, call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const asked = useQuery({
    queryKey: ["setup"],
    queryFn: async ({ signal }) => (await call("GET /setup", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const { data } = asked;
  const skip = (code: Step["code"], isSkipped: boolean) =>
    run(async () => {
      const others = (data?.steps ?? []).filter((one) => one.state === "skipped" && one.code !== code);
      const skipped = [...others.map((one) => one.code), ...(isSkipped ? [code] : [])];
      try {
        await call("PATCH /setup", { body: { skipped }, key: key.current });
      } finally {
        key.current = newKey();
      }
      await asked.refetch();
    });
  return (
    <>
      <h1>{setup.title}</h1>
      <p>{setup.about}</p>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={9} isLoading={asked.isPending} />
      {data?.isOver === true ? <DoneNote text={setup.over} /> : null}
      <RefusalNote error={error} />
      <ol className="steps">
        {(data?.steps ?? []).map((step, at) => (
          <StepCard key={step.code} step={step} at={at + 1}>
            <div className="step-links">
              <StepLinks code={step.code} />
              {step.state === "open" || step.state === "blocked" ? (
                <button
                  type="button"
                  className="link-button"
                  disabled={isBusy}
                  onClick={() => void skip(step.code, true)}
                >
                  {setup.skip}
                  <span className="unseen"> {setup.steps[step.code].name}</span>
                </button>
              ) : null}
              {step.state === "skipped" ? (
                <button
                  type="button"
                  className="link-button"
                  disabled={isBusy}
                  onClick={() => void skip(step.code, false)}
                >
                  {setup.unskip}
                  <span className="unseen"> {setup.steps[step.code].name}</span>
                </button>
              ) : null}
            </div>
            {step.code === "rules" && step.state !== "blocked" && mayAsk(me, "POST /setup/starter-rules") ? (
              <StarterRules onDone={() => void asked.refetch()} />
            ) : null}
            {step.code === "rehearsal" && step.state !== "blocked" ? (
              mayAsk(me, "POST /setup/rehearsal") ? (
                <>
                  <Rehearsal onDone={() => void asked.refetch()} />
                  <TrialPart onSwitched={() => void asked.refetch()} />
                  <p>
                    <a className="deed" href="/api/v1/trial/record.pdf" download>
                      {setup.record}
                    </a>
                  </p>
                </>
              ) : (
                <p className="small">{setup.onlyOffice}</p>
              )
            ) : null}
          </StepCard>
        ))}
      </ol>
    </>
  );
}

function StepCard({ step, at, children }: { readonly step: Step; readonly at: number; readonly children: ReactNode }) {
  const { setup } = useWords();
  const { name, text } = setup.steps[step.code];
  const lacks: Readonly<Record<string, (count: number) => string>> = setup.lacks;
  return (
    <li className="card" aria-label={name}>
      <div className="step-head">
        <h2>
          {at}. {name}
        </h2>
        <span className={`mark mark-${step.state === "done" || step.state === "skipped" ? "closed" : "triage"}`}>
          {setup.state[step.state]}
        </span>
        {step.progress === null ? null : <span>{setup.progress(step.progress.done, step.progress.of)}</span>}
      </div>
      <p>{text}</p>
      {step.lacks.length === 0 ? null : (
        <ul>
          {step.lacks.map(({ code, count }) => (
            <li key={code}>{lacks[code]?.(count) ?? code}</li>
          ))}
        </ul>
      )}
      {children}
    </li>
  );
}
