import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { EndDialog } from "./end-dialog.tsx";
import type { OneDeputy } from "./one-deputy.ts";

type Weekly = OneDeputy["weekly"][number];

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** The days of each week on which a deputy is away; not there where there are none. Each can be ended. */
export function WeeklyAbsences(props: {
  readonly deputy: OneDeputy;
  readonly mayEnd: boolean;
  readonly onEnded: () => void;
}) {
  const { words, times } = useLanguage();
  const { people, staff } = words;
  const { call } = useSession();
  const { weekly } = props.deputy;
  const [chosen, setChosen] = useState<Weekly | null>(null);
  if (weekly.length === 0) return null;
  return (
    <section className="block" aria-label={people.weekly}>
      <h2>{people.weekly}</h2>
      <p className="small">{people.weeklyText}</p>
      <table className="table cards" aria-label={people.weekly}>
        <thead>
          <tr>
            {[people.weekdaysOf, people.from, people.until, staff.acts].map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekly.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.weekdays.map((day) => people.weekdays[day - 1]).join(people.weekdayJoin)}
                {one.part === null ? null : ` ${people.dayParts[one.part]}`}
              </th>
              <td data-label={people.from}>{times.day(one.from)}</td>
              <td data-label={people.until}>{one.until === null ? people.noEnd : times.day(one.until)}</td>
              <td data-label={staff.acts} className="acts">
                {props.mayEnd ? (
                  <button type="button" className="link-button" onClick={() => setChosen(one)}>
                    {people.endWeekly}
                  </button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen === null ? null : (
        <EndDialog
          title={people.sureEndWeekly(props.deputy.name)}
          text={people.endWeeklyText}
          end={(key) => call("POST /weekly-absences/{id}/end", { params: { id: chosen.id }, key })}
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

/** Enters days of each week on which a deputy is away: which, from when, and until when where it ends. */
export function WeeklyDialog(props: {
  readonly deputy: OneDeputy;
  /** The first day that can be chosen. */
  readonly today: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words } = useLanguage();
  const { people, shell } = words;
  const { call } = useSession();
  const [days, setDays] = useState<readonly number[]>([]);
  const [part, setPart] = useState<Weekly["part"]>(null);
  const [from, setFrom] = useState(props.today);
  const [until, setUntil] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const enter = () =>
    run(async () => {
      const body = { weekdays: [...days], from, part, ...(until === "" ? {} : { until }) };
      const params = { code: props.deputy.code };
      await call("POST /deputies/{code}/weekly-absences", { params, body, key: key.current });
      props.onDone();
    });
  return (
    <Dialog title={`${people.weekly}: ${props.deputy.name}`} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <fieldset className="stack">
          <legend>{people.weekdaysOf}</legend>
          {WEEK.map((day) => (
            <Checkbox
              key={day}
              size="md"
              label={people.weekdays[day - 1]}
              checked={days.includes(day)}
              onChange={({ currentTarget: { checked } }) =>
                setDays(checked ? [...days, day].toSorted() : days.filter((one) => one !== day))
              }
            />
          ))}
        </fieldset>
        <NativeSelect
          label={people.dayPart}
          value={part ?? "whole"}
          data={(["whole", "morning", "afternoon"] as const).map((value) => ({ value, label: people.dayParts[value] }))}
          onChange={({ currentTarget: { value } }) =>
            setPart(value === "morning" || value === "afternoon" ? value : null)
          }
        />
        <TextInput
          type="date"
          label={people.firstDay}
          min={props.today}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          required
        />
        <TextInput
          type="date"
          label={people.lastDay}
          description={people.noEndHint}
          min={from}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <p className="small">{people.weeklyText}</p>
        {props.deputy.hasChat ? null : <p className="note note-banner">{people.noChatNote}</p>}
        <RefusalNote error={error} />
        <div className="buttons">
          <Button type="submit" loading={isBusy} disabled={days.length === 0}>
            {people.doIt}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
