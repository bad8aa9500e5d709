import { NativeSelect, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import type { Answered } from "../client/call.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Person = Answered<"GET /duty">["people"][number];

/** Puts somebody of the staff on duty: for the office or one of their stations, from a day to a day. */
export function ShiftDialog(props: {
  readonly people: readonly Person[];
  readonly today: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { duty } = useWords();
  const { call } = useSession();
  const { people, today } = props;
  const [person, setPerson] = useState(people[0]?.id ?? "");
  const [station, setStation] = useState<string | null>(null);
  const [fromOn, setFromOn] = useState(today);
  const [untilOn, setUntilOn] = useState(today);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const chosen = people.find(({ id }) => id === person);
  const places = [
    ...(chosen?.role === "office" ? [{ value: "", label: duty.office }] : []),
    ...(chosen?.stations ?? []).map(({ code, name }) => ({ value: code, label: name })),
  ];
  const place = station ?? places[0]?.value ?? "";
  const isReady = chosen !== undefined && places.length > 0 && fromOn !== "" && fromOn <= untilOn;
  const save = async () => {
    const went = await run(async () => {
      try {
        const body = { person, station: place === "" ? null : place, fromOn, untilOn };
        await call("POST /duty/shifts", { body, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={duty.add} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void save();
        }}
      >
        <NativeSelect
          label={duty.form.person}
          value={person}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => {
            setPerson(event.currentTarget.value);
            setStation(null);
          }}
        />
        <NativeSelect
          label={duty.form.place}
          value={place}
          data={places}
          onChange={(event) => setStation(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={duty.form.from}
          value={fromOn}
          onChange={(event) => setFromOn(event.currentTarget.value)}
          required
        />
        <TextInput
          type="date"
          label={duty.form.until}
          value={untilOn}
          min={fromOn}
          onChange={(event) => setUntilOn(event.currentTarget.value)}
          required
        />
        <RefusalNote error={error} />
        <FormButtons doIt={duty.form.add} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
