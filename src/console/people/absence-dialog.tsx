import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage, useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { holderOf } from "../parts/marks.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { OneDeputy } from "./one-deputy.ts";

type Effect = Answered<"POST /deputies/{code}/absences">;

/** Enters an absence: days and who stands in, then which cases go where and what everybody would read, then it is done. */
export function AbsenceDialog(props: {
  readonly deputy: OneDeputy;
  /** The first day that can be chosen. */
  readonly today: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words } = useLanguage();
  const { people, shell } = words;
  const { call } = useSession();
  const [from, setFrom] = useState(props.today);
  const [until, setUntil] = useState(props.today);
  const [substitute, setSubstitute] = useState(props.deputy.standIns[0]?.code ?? "");
  const [effect, setEffect] = useState<Effect | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const given = { from, until, ...(substitute === "" ? {} : { substitute }) };
  const params = { code: props.deputy.code };
  const next = () =>
    run(async () => {
      if (effect === null) {
        const body = { ...given, preview: true };
        setEffect((await call("POST /deputies/{code}/absences", { params, body, key: newKey() })).body);
        return;
      }
      await call("POST /deputies/{code}/absences", { params, body: given, key: key.current });
      props.onDone();
    });
  return (
    <Dialog title={`${people.absences}: ${props.deputy.name}`} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void next();
        }}
      >
        {effect === null ? (
          <>
            <TextInput
              type="date"
              label={people.firstDay}
              min={props.today}
              value={from}
              onChange={({ currentTarget: { value } }) => {
                setFrom(value);
                if (until < value) setUntil(value);
              }}
              required
            />
            <TextInput
              type="date"
              label={people.lastDay}
              min={from}
              value={until}
              onChange={(event) => setUntil(event.currentTarget.value)}
              required
            />
            <NativeSelect
              label={people.standIn}
              description={people.standInHint}
              value={substitute}
              data={[
                { value: "", label: people.byRules },
                ...props.deputy.standIns.map(({ code, name, near }) => ({
                  value: code,
                  label: `${name} (${people.near[near]})`,
                })),
              ]}
              onChange={(event) => setSubstitute(event.currentTarget.value)}
            />
          </>
        ) : (
          <AbsenceEffect effect={effect} />
        )}
        <RefusalNote error={error} />
        <div className="buttons">
          <Button type="submit" loading={isBusy}>
            {effect === null ? people.preview : people.doIt}
          </Button>
          <Button variant="default" onClick={effect === null ? props.onClose : () => setEffect(null)}>
            {effect === null ? shell.cancel : people.change}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function AbsenceEffect({ effect }: { readonly effect: Effect }) {
  const words = useWords();
  const { people, codes, verbs } = words;
  const moved = effect.cases.filter(({ isMoved }) => isMoved).length;
  return (
    <section className="effect" aria-label={verbs.previewTitle}>
      <p>
        <strong>
          {effect.cases.length === 0 ? people.effectNone : people.effect(moved, effect.cases.length - moved)}
        </strong>
      </p>
      {effect.begins === "planned" ? <p>{people.effectPlanned}</p> : null}
      {effect.hasChat ? null : <p className="note note-banner">{people.noChatNote}</p>}
      <ul>
        {effect.cases.map(({ number, summary, isMoved, goesTo }) => (
          <li key={number}>
            {isMoved ? people.goes(number, holderOf(goesTo, words)) : people.stays(number)}{" "}
            <span className="small">{summary}</span>
          </li>
        ))}
      </ul>
      {effect.told.length === 0 ? null : <h3>{people.toldTitle}</h3>}
      <ul className="told">
        {effect.told.map(({ to, text, rung }) => (
          <li key={`${to} ${text}`}>
            <p className="told-to">
              <strong>{codes.to[to]}</strong> <span className="small">{verbs.by(codes.rung[rung])}</span>
            </p>
            <blockquote>{text}</blockquote>
          </li>
        ))}
      </ul>
    </section>
  );
}
