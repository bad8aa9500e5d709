import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { DoneNote, EmptyNote, RefusalNote, Skeleton } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import { PageFailure } from "../shell/failures.tsx";
import { FromFile } from "./from-file.tsx";
import { PlanForm } from "./plan-form.tsx";
import { type Preview, Steps } from "./steps.tsx";

type Succession = Answered<"GET /successions">["items"][number];

/** The page of who follows whom in office: a plan with a look at what it does, and what was planned and done. */
export function SuccessionsPage() {
  const { words } = useLanguage();
  const { successions } = words;
  const { me, call } = useSession();
  const [done, setDone] = useState("");
  const [looked, setLooked] = useState<{ readonly of: Succession; readonly steps: Preview } | null>(null);
  const [cancelling, setCancelling] = useState<Succession | null>(null);
  const { run, error } = useWorking();
  const asked = useQuery({
    queryKey: ["successions"],
    queryFn: async ({ signal }) => (await call("GET /successions", { signal })).body.items,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const mayPlan = mayAsk(me, "POST /successions");
  const finished = (said: string) => {
    setCancelling(null);
    setDone(said);
    void asked.refetch();
  };
  const look = (of: Succession) =>
    run(async () => {
      const { body } = await call("POST /successions/{id}/preview", { params: { id: of.id }, key: newKey() });
      setLooked({ of, steps: body.steps });
    });
  return (
    <>
      <p>
        <Link to="/people">{successions.toPeople}</Link>
      </p>
      <h1>{successions.title}</h1>
      <p>{successions.intro}</p>
      {done === "" ? null : <DoneNote text={done} />}
      {mayPlan ? <PlanForm onDone={() => finished(successions.planned)} /> : null}
      {mayPlan ? <FromFile onDone={() => finished(successions.planned)} /> : null}
      <h2>{successions.list}</h2>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={4} isLoading={asked.isPending} />
      <RefusalNote error={error} />
      {asked.data?.length === 0 ? <EmptyNote text={successions.none} /> : null}
      {asked.data === undefined || asked.data.length === 0 ? null : (
        <Listed rows={asked.data} mayPlan={mayPlan} onLook={(one) => void look(one)} onCancel={setCancelling} />
      )}
      {looked === null ? null : (
        <Dialog title={successions.look} onClose={() => setLooked(null)}>
          <Steps steps={looked.steps} />
        </Dialog>
      )}
      {cancelling === null ? null : (
        <CancelDialog
          one={cancelling}
          onDone={() => finished(successions.cancelled)}
          onClose={() => setCancelling(null)}
        />
      )}
    </>
  );
}

function Listed(props: {
  readonly rows: readonly Succession[];
  readonly mayPlan: boolean;
  readonly onLook: (one: Succession) => void;
  readonly onCancel: (one: Succession) => void;
}) {
  const { words, times } = useLanguage();
  const { successions } = words;
  return (
    <table className="table cards" aria-label={successions.list}>
      <TableHead names={[successions.day, successions.state, successions.who, successions.by]} />
      <tbody>
        {props.rows.map((one) => (
          <tr key={one.id}>
            <th scope="row">{times.day(one.on)}</th>
            <td data-label={successions.state}>
              {successions.states[one.state]}
              {props.mayPlan && one.state === "planned" ? (
                <p className="buttons">
                  <button type="button" className="deed" onClick={() => props.onLook(one)}>
                    {successions.look}
                  </button>
                  <button type="button" className="deed" onClick={() => props.onCancel(one)}>
                    {successions.cancel}
                  </button>
                </p>
              ) : null}
            </td>
            <td data-label={successions.who}>
              <ul className="plain-list">
                {one.steps.map((step) => (
                  <li key={`${step.from} ${step.to} ${step.places?.join() ?? ""}`}>
                    {successions.step(`${step.fromName} ${step.from}`, `${step.toName} ${step.to}`)}{" "}
                    {step.places === null ? null : (
                      <span className="small">{successions.takes(step.places.join(", "))}</span>
                    )}
                  </li>
                ))}
              </ul>
            </td>
            <td data-label={successions.by}>
              {one.by} <span className="small">{times.moment(one.madeAt)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CancelDialog(props: { readonly one: Succession; readonly onDone: () => void; readonly onClose: () => void }) {
  const { words, times } = useLanguage();
  const { successions } = words;
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const cancel = () =>
    run(async () => {
      await call("POST /successions/{id}/cancel", { params: { id: props.one.id }, key: key.current });
      props.onDone();
    });
  return (
    <Dialog title={successions.sureCancel(times.day(props.one.on))} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void cancel();
        }}
      >
        <p>{successions.cancelText}</p>
        <RefusalNote error={error} />
        <FormButtons doIt={successions.cancel} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
