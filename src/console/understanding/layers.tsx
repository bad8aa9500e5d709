import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { useErrand } from "../parts/errand.ts";
import { DoneNote, EmptyNote, RefusalNote, Skeleton, WrongNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import { StepDialog } from "./step-dialog.tsx";

type Layer = Answered<"GET /understanding/layers">["items"][number];
type Learned = {
  readonly number: number;
  readonly rightBefore: number;
  readonly rightAfter: number;
  readonly texts: number;
  readonly mayPublish: boolean;
};

/** The layers that were learned: their versions, what was measured, and the steps of their life. @param props.agreed on how many messages two agree */
export function Layers({ agreed }: { readonly agreed: number }) {
  const { words, times } = useLanguage();
  const { understanding, shell } = words;
  const { me, call } = useSession();
  const [errand, setErrand] = useState<string | null>(null);
  const [step, setStep] = useState<{ readonly kind: "publish" | "take-back"; readonly number: number | null } | null>(
    null,
  );
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const asked = useQuery({
    queryKey: ["layers"],
    queryFn: async ({ signal }) => (await call("GET /understanding/layers", { signal })).body.items,
    retry: mayAskAgain,
  });
  const learning = useErrand(errand);
  const learned = learning?.state === "done" ? (learning.answer as Learned) : null;
  const { refetch } = asked;
  useEffect(() => {
    if (learned !== null) void refetch();
  }, [learned, refetch]);
  const isRunning =
    errand !== null && (learning === undefined || learning.state === "waiting" || learning.state === "running");
  const learn = () =>
    run(async () => {
      const made = await call("POST /understanding/learn", { key: key.current });
      key.current = newKey();
      setErrand(made.body.id);
    });
  const rows = asked.data ?? [];
  const { layerColumns: columns } = understanding;
  const mayStep = mayAsk(me, "POST /understanding/take-back");
  return (
    <section aria-labelledby="layers">
      <h2 id="layers">{understanding.layers}</h2>
      {mayAsk(me, "POST /understanding/learn") ? (
        <div className="buttons">
          <Button variant="default" loading={isBusy} disabled={isRunning} onClick={() => void learn()}>
            {understanding.learn}
          </Button>
          <span className="small">{understanding.learnAbout(agreed)}</span>
        </div>
      ) : null}
      <RefusalNote error={error ?? asked.error} />
      {isRunning ? <p role="status">{understanding.learning}</p> : null}
      {learning?.state === "failed" || learning?.state === "stopped" ? (
        <WrongNote text={understanding.learnFailed} />
      ) : null}
      {learned === null ? null : (
        <DoneNote
          text={`${understanding.learned(learned.number, learned.rightBefore, learned.rightAfter, learned.texts)} ${learned.mayPublish ? understanding.learnedMay : understanding.learnedMayNot}`}
        />
      )}
      <Skeleton rows={2} isLoading={asked.isPending} />
      {asked.isSuccess && rows.length === 0 ? <EmptyNote text={understanding.noLayers} /> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={understanding.layers}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <th scope="row">{row.number}</th>
                <td data-label={columns.state}>
                  {understanding.layerState[row.state]}
                  <span className="small block">{understanding.madeBy(row.author, times.moment(row.createdAt))}</span>
                  {row.reviewer === null ? null : (
                    <span className="small block">{understanding.reviewedBy(row.reviewer)}</span>
                  )}
                  {row.isEmptied ? <span className="small block">{understanding.emptied}</span> : null}
                  {row.isOfTheseWeights ? null : <span className="small block">{understanding.otherWeights}</span>}
                </td>
                <td data-label={columns.measured}>
                  {understanding.measured(row.measured.rightBefore, row.measured.rightAfter, row.measured.texts)}
                  <span className="small block">
                    {understanding.lost(row.measured.dangersLost, row.measured.accusationsLost)}
                  </span>
                  <span className="small block">
                    {understanding.changed(row.measured.changed, row.measured.messages)}
                  </span>
                </td>
                <td data-label={columns.people}>{understanding.madeFrom(row.rows, row.people)}</td>
                <td data-label={columns.acts}>
                  {mayStep ? <Deeds row={row} me={me.name} onStep={setStep} /> : shell.nothing}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {step === null ? null : (
        <StepDialog
          {...step}
          onDone={() => {
            setStep(null);
            void asked.refetch();
          }}
          onClose={() => setStep(null)}
        />
      )}
    </section>
  );
}

function Deeds(props: {
  readonly row: Layer;
  readonly me: string;
  readonly onStep: (step: { readonly kind: "publish" | "take-back"; readonly number: number | null }) => void;
}) {
  const { understanding, shell } = useLanguage().words;
  const { row, me, onStep } = props;
  const isUsable = !row.isEmptied && row.isOfTheseWeights;
  if (row.state === "measured" && isUsable && row.author !== me)
    return (
      <button type="button" className="deed" onClick={() => onStep({ kind: "publish", number: row.number })}>
        {understanding.publish}
      </button>
    );
  if (row.state === "retired" && isUsable)
    return (
      <button type="button" className="deed" onClick={() => onStep({ kind: "take-back", number: row.number })}>
        {understanding.takeBack}
      </button>
    );
  if (row.state === "published")
    return (
      <button type="button" className="deed" onClick={() => onStep({ kind: "take-back", number: null })}>
        {understanding.useNone}
      </button>
    );
  return <>{shell.nothing}</>;
}
