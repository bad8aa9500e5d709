import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { EmptyNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { OneDeputy } from "./one-deputy.ts";

type Absence = OneDeputy["absences"][number];

/** The absences of a deputy, the latest first, each with who stands in; what holds or is planned can be ended. */
export function Absences(props: {
  readonly deputy: OneDeputy;
  readonly mayEnd: boolean;
  readonly onEnded: () => void;
}) {
  const { words, times } = useLanguage();
  const { people, staff } = words;
  const { absences } = props.deputy;
  const [chosen, setChosen] = useState<Absence | null>(null);
  return (
    <section className="block" aria-label={people.absences}>
      <h2>{people.absences}</h2>
      {absences.length === 0 ? (
        <EmptyNote text={people.noAbsence} />
      ) : (
        <table className="table cards" aria-label={people.absences}>
          <thead>
            <tr>
              {[people.from, people.until, people.standIn, staff.state, staff.acts].map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {absences.map((absence) => (
              <tr key={absence.id}>
                <th scope="row">{times.day(absence.from)}</th>
                <td data-label={people.until}>{times.day(absence.until)}</td>
                <td data-label={people.standIn}>{absence.standIn?.name ?? people.byRules}</td>
                <td data-label={staff.state}>{people.states[absence.state]}</td>
                <td data-label={staff.acts} className="acts">
                  {props.mayEnd && absence.state !== "over" ? (
                    <button type="button" className="link-button" onClick={() => setChosen(absence)}>
                      {absence.state === "now" ? people.endAbsence : people.cancelAbsence}
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen === null ? null : (
        <EndDialog
          absence={chosen}
          name={props.deputy.name}
          onClose={() => setChosen(null)}
          onDone={() => {
            setChosen(null);
            props.onEnded();
          }}
        />
      )}
    </section>
  );
}

function EndDialog(props: {
  readonly absence: Absence;
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { words } = useLanguage();
  const { people, shell } = words;
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const end = () =>
    run(async () => {
      await call("POST /absences/{id}/end", { params: { id: props.absence.id }, key: key.current });
      props.onDone();
    });
  return (
    <Dialog title={people.sureEnd(props.name)} onClose={props.onClose}>
      <div className="stack">
        <p>{people.endText}</p>
        <RefusalNote error={error} />
        <div className="buttons">
          <Button loading={isBusy} onClick={() => void end()}>
            {people.endGo}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
