import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { EmptyNote } from "../parts/notes.tsx";
import { EndDialog } from "./end-dialog.tsx";
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
  const { call } = useSession();
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
          title={people.sureEnd(props.deputy.name)}
          text={people.endText}
          end={(key) => call("POST /absences/{id}/end", { params: { id: chosen.id }, key })}
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
