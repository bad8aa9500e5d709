import { Button, Checkbox } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { CodePicker } from "../parts/naming/code-picker.tsx";
import { useNames } from "../parts/naming/use-names.ts";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Trial = Answered<"GET /trial">;

/** The people who are listed in a trial, chosen by name: deputies, and people of the staff with the words that make a chat theirs. */
export function ListedPeople({ trial, onSaved }: { readonly trial: Trial; readonly onSaved: () => void }) {
  const { trialMode, shell } = useWords();
  const { me, call } = useSession();
  const [deputies, setDeputies] = useState<readonly string[] | null>(null);
  const [staff, setStaff] = useState<readonly string[] | null>(null);
  const [isSaved, setSaved] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const codes = deputies ?? trial.deputies.map(({ code }) => code);
  const ids = staff ?? trial.staff.map(({ id }) => id);
  const nameOf = useNames({ deputy: [...codes] });
  const mayChange = mayAsk(me, "PUT /trial/people");
  const isChanged = deputies !== null || staff !== null;
  const save = async () => {
    const went = await run(async () => {
      try {
        const body = { deputies: [...codes], staff: [...ids] };
        await call("PUT /trial/people", { body, etag: trial.etag, key: key.current });
      } finally {
        key.current = newKey();
        onSaved();
      }
    });
    setSaved(went);
    if (!went) return;
    setDeputies(null);
    setStaff(null);
  };
  const toggle = (id: string) => {
    setSaved(false);
    setStaff(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  };
  const unbound = trial.deputies.filter(({ isBound }) => !isBound);
  return (
    <section aria-label={trialMode.people} className="stack">
      <h2>{trialMode.people}</h2>
      {codes.length + ids.length === 0 ? <p>{trialMode.noPeople}</p> : null}
      <h3>{trialMode.deputies}</h3>
      {mayChange ? (
        <CodePicker
          kind="deputy"
          label={trialMode.deputies}
          values={codes}
          nameOf={(of, code) => nameOf(of, code) ?? trial.deputies.find((one) => one.code === code)?.name ?? code}
          onChange={(values) => {
            setSaved(false);
            setDeputies(values);
          }}
        />
      ) : (
        <p>{trial.deputies.map(({ name }) => name).join("、") || shell.nothing}</p>
      )}
      {unbound.length === 0 ? null : (
        <p className="small">
          {unbound.map(({ name }) => name).join("、")}: {trialMode.unbound}
        </p>
      )}
      <h3>{trialMode.staff}</h3>
      <p className="small">{trialMode.staffAbout}</p>
      <ul className="plain-list colleagues">
        {trial.colleagues.map(({ id, name, role }) => {
          const listed = trial.staff.find((one) => one.id === id);
          const joins = listed?.isJoined === true ? trialMode.joined : null;
          const says = listed === undefined || listed.code === null ? null : trialMode.say(listed.code);
          return (
            <li key={id}>
              <Checkbox
                label={`${name} (${shell.roles[role]})`}
                checked={ids.includes(id)}
                disabled={!mayChange}
                onChange={() => toggle(id)}
              />
              {listed === undefined ? null : (
                <span className="small">
                  {[joins, says ?? trialMode.notYet].filter((one) => one !== null).join(" · ")}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <RefusalNote error={error} />
      {isSaved && !isChanged ? <DoneNote text={trialMode.saved} /> : null}
      {mayChange ? (
        <div className="buttons">
          <Button variant="default" loading={isBusy} disabled={!isChanged} onClick={() => void save()}>
            {trialMode.save}
          </Button>
          {isChanged ? <span className="small">{trialMode.hasChanged}</span> : null}
        </div>
      ) : null}
    </section>
  );
}
