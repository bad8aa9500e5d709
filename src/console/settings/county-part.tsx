import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";
import { PartnerNetworksForm, PetitionOfficeForm, RoomsForm } from "./setting-forms.tsx";

type Settings = Answered<"GET /settings">;
type Field = "name" | "workingDays" | "overloadShare" | "categoryThreshold";

const FIELDS: readonly Field[] = ["name", "workingDays", "overloadShare", "categoryThreshold"];
/** Fields that people read as per cent. */
const SHARES: readonly Field[] = ["overloadShare", "categoryThreshold"];

/** The county's name and its numbers, with who changed them last. */
export function CountyPart() {
  const { words, times } = useLanguage();
  const { settings } = words;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["settings"],
    queryFn: async ({ signal }) => (await call("GET /settings", { signal })).body,
    retry: mayAskAgain,
  });
  const { data } = asked;
  if (data === undefined) return <Asked asked={asked} rows={5} />;
  const { changeColumns: columns } = settings;
  const fields: Readonly<Record<string, string>> = settings.fields;
  const { missing, knownUntil } = data.calendar;
  return (
    <>
      <p className={missing === null ? undefined : "note note-refusal"}>
        {missing === null ? settings.calendarKnown(times.day(knownUntil)) : settings.calendarMissing(missing)}{" "}
        <Link to="/settings" search={{ part: "calendar", ...(missing === null ? {} : { year: missing }) }}>
          {settings.parts.calendar}
        </Link>
      </p>
      <CountyForm settings={data} onSaved={async () => void (await asked.refetch())} />
      <PetitionOfficeForm settings={data} onSaved={async () => void (await asked.refetch())} />
      <PartnerNetworksForm settings={data} onSaved={async () => void (await asked.refetch())} />
      <RoomsForm settings={data} onSaved={async () => void (await asked.refetch())} />
      <h2>{settings.changesTitle}</h2>
      {data.changes.length === 0 ? <p>{settings.noChanges}</p> : null}
      {data.changes.length === 0 ? null : (
        <table className="table cards" aria-label={settings.changesTitle}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {data.changes.map(({ type, by, at }) => (
              <tr key={`${at} ${type}`}>
                <th scope="row">{times.moment(at)}</th>
                <td data-label={columns.by}>{by}</td>
                <td data-label={columns.what}>{fields[type] ?? words.shell.nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function CountyForm({
  settings: seen,
  onSaved,
}: {
  readonly settings: Settings;
  readonly onSaved: () => Promise<void>;
}) {
  const { words } = useLanguage();
  const { settings } = words;
  const { me, call } = useSession();
  const [typed, setTyped] = useState<Readonly<Partial<Record<Field, string>>>>({});
  const [etag, setEtag] = useState(seen.etag);
  const [isSaved, setSaved] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error, forget } = useWorking();
  const mayChange = mayAsk(me, "PATCH /settings");
  const textOf = (field: Field) => typed[field] ?? shownOf(seen, field);
  const look = async () => {
    await onSaved();
    forget();
  };
  const save = async () => {
    const changed = FIELDS.filter((field) => typed[field] !== undefined && typed[field] !== shownOf(seen, field));
    const body = Object.fromEntries(changed.map((field) => [field, readField(field, textOf(field))]));
    const went = await run(async () => {
      try {
        const done = await call("PATCH /settings", { body, etag: latest(etag, seen.etag), key: key.current });
        setEtag(done.body.etag);
      } finally {
        key.current = newKey();
      }
    });
    setSaved(went);
    if (!went) return;
    setTyped({});
    await onSaved();
  };
  return (
    <form
      className="card stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={settings.fields[field]}
          description={field === "name" ? undefined : settings.standard(standardOf(seen, field))}
          value={textOf(field)}
          readOnly={!mayChange}
          onChange={(event) => {
            setSaved(false);
            setTyped({ ...typed, [field]: event.currentTarget.value });
          }}
        />
      ))}
      <ChangeRefusal error={error} onLook={() => void look()} />
      {isSaved ? <DoneNote text={settings.saved} /> : null}
      {mayChange ? (
        <div className="buttons">
          <Button type="submit" loading={isBusy}>
            {settings.save}
          </Button>
          <span className="small">{settings.promised}</span>
        </div>
      ) : (
        <p className="small">{settings.looksOnly}</p>
      )}
    </form>
  );
}

/** The version that is later: the one of the page may be older than the one that was written just now. */
function latest(one: string, other: string): string {
  return Number(one.slice(1)) > Number(other.slice(1)) ? one : other;
}

function shownOf(seen: Settings, field: Field): string {
  if (field === "name") return seen.name;
  const { own } = seen[field];
  return own === null ? "" : String(SHARES.includes(field) ? percent(own) : own);
}

function standardOf(seen: Settings, field: Exclude<Field, "name">): string {
  const { standard } = seen[field];
  return SHARES.includes(field) ? `${percent(standard)} %` : String(standard);
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

/** What a field says; a text that is no number is sent as one that no field takes. */
function readField(field: Field, text: string): string | number | null {
  if (field === "name") return text.trim();
  if (text.trim() === "") return null;
  const number = Number(text.trim().replace(/\s*[%％]$/, ""));
  if (!Number.isFinite(number)) return -1;
  return SHARES.includes(field) ? number / 100 : number;
}
