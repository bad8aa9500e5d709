import { NativeSelect, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { EmptyNote, RefusalNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import type { OneDeputy } from "./one-deputy.ts";

type Serving = OneDeputy["assignments"][number];

/** The places where a deputy serves, from when until when; the office adds a place and ends one on a day. */
export function Servings(props: {
  readonly deputy: OneDeputy;
  /** The version of the deputy that is shown. */
  readonly etag: string;
  readonly onDone: (said: string) => void;
}) {
  const { words, times } = useLanguage();
  const { people, successions } = words;
  const { me } = useSession();
  const { deputy, etag, onDone } = props;
  const [open, setOpen] = useState<Serving | "new" | null>(null);
  const today = times.dayOf(new Date());
  const mayEdit = mayAsk(me, "POST /assignments") && deputy.isInOffice;
  const finished = (said: string) => {
    setOpen(null);
    onDone(said);
  };
  return (
    <section className="block" aria-label={people.serves}>
      <h2>{people.serves}</h2>
      {deputy.assignments.length === 0 ? <EmptyNote text={people.noServing} /> : null}
      {deputy.assignments.length === 0 ? null : (
        <table className="table cards" aria-label={people.serves}>
          <TableHead
            names={[
              ...[people.place, people.code, people.as, people.from, people.until],
              ...(mayEdit ? [words.staff.acts] : []),
            ]}
          />
          <tbody>
            {deputy.assignments.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.name} <span className="small">{one.township}</span>
                </th>
                <td data-label={people.code}>{one.code}</td>
                <td data-label={people.as}>{people.roles[one.role]}</td>
                <td data-label={people.from}>{times.day(one.fromOn)}</td>
                <td data-label={people.until}>{one.untilOn === null ? people.today : times.day(one.untilOn)}</td>
                {mayEdit ? (
                  <td data-label={successions.end}>
                    {one.untilOn !== null && one.untilOn < today ? null : (
                      <button
                        type="button"
                        className="deed"
                        aria-label={successions.endOf(one.name)}
                        onClick={() => setOpen(one)}
                      >
                        {successions.end}
                      </button>
                    )}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayEdit ? (
        <p className="buttons">
          <button type="button" className="deed" onClick={() => setOpen("new")}>
            {successions.assign}
          </button>
        </p>
      ) : null}
      {open === "new" ? (
        <AssignDialog
          {...{ deputy, etag, today }}
          onDone={() => finished(successions.assigned)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === null || open === "new" ? null : (
        <EndDialog
          {...{ etag, today }}
          one={open}
          onDone={() => finished(successions.ended)}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

type Ends = { readonly onDone: () => void; readonly onClose: () => void };

function AssignDialog(props: { readonly deputy: OneDeputy; readonly etag: string; readonly today: string } & Ends) {
  const { words } = useLanguage();
  const { successions } = words;
  const { call } = useSession();
  const [kind, setKind] = useState<"grid" | "station">("grid");
  const [role, setRole] = useState<"primary" | "backup">("primary");
  const [code, setCode] = useState("");
  const [from, setFrom] = useState(props.today);
  const [until, setUntil] = useState("");
  const { run, isBusy, error } = useWorking();
  const assign = () =>
    run(async () => {
      const body = {
        ...{ deputy: props.deputy.code, kind, code: code.trim(), role, from },
        until: until === "" ? null : until,
      };
      await call("POST /assignments", { body, etag: props.etag, key: newKey() });
      props.onDone();
    });
  return (
    <Dialog title={`${successions.assign.replace("…", "")}: ${props.deputy.name}`} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void assign();
        }}
      >
        <NativeSelect
          label={successions.kind}
          value={kind}
          data={Object.entries(successions.kinds).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => setKind(value as "grid" | "station")}
        />
        <TextInput
          label={successions.code}
          value={code}
          required
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <NativeSelect
          label={successions.role}
          value={role}
          data={Object.entries(successions.roles).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => setRole(value as "primary" | "backup")}
        />
        <TextInput
          type="date"
          label={successions.fromDay}
          min={props.today}
          value={from}
          required
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={successions.untilDay}
          min={from}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <p className="small">{successions.stayNote}</p>
        <RefusalNote error={error} />
        <FormButtons doIt={words.places.save} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}

function EndDialog(props: { readonly one: Serving; readonly etag: string; readonly today: string } & Ends) {
  const { words } = useLanguage();
  const { successions } = words;
  const { call } = useSession();
  const [on, setOn] = useState(props.today);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const end = () =>
    run(async () => {
      const given = { params: { id: props.one.id }, body: { on }, etag: props.etag, key: key.current };
      await call("POST /assignments/{id}/end", given);
      props.onDone();
    });
  return (
    <Dialog title={successions.endOf(props.one.name)} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void end();
        }}
      >
        <TextInput
          type="date"
          label={successions.lastDay}
          value={on}
          required
          onChange={(event) => {
            key.current = newKey();
            setOn(event.currentTarget.value);
          }}
        />
        <p className="small">{successions.stayNote}</p>
        <RefusalNote error={error} />
        <FormButtons doIt={words.places.save} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
