import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Ended, Failed } from "../findings/ended.tsx";
import { Listed, usePages } from "../findings/pages.tsx";
import { useErrand } from "../parts/errand.ts";
import { DoneNote, RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { Changes, Consequences, shownValue } from "./check-result.tsx";
import type { Imported, UndoChecked } from "./checked.ts";

type Tab = "changes" | "left" | "consequences";

/** Undoes an import: first what would be changed back and what stays, then the deed. */
export function UndoCard(props: { readonly one: Imported; readonly onDone: () => void; readonly onClose: () => void }) {
  const { words, times } = useLanguage();
  const { imports } = words;
  const { call } = useSession();
  const [check, setCheck] = useState<string | null>(null);
  const [applied, setApplied] = useState<string | null>(null);
  const { run, isBusy, error } = useWorking();
  const key = useRef({ look: newKey(), apply: newKey() });
  const checked = useErrand(check);
  const undone = useErrand(applied);
  const answer = checked?.state === "done" ? (checked.answer as UndoChecked) : null;
  const { id } = props.one;
  const { onDone } = props;
  const look = () =>
    run(async () => {
      const made = await call("POST /imports/{id}/undo", { params: { id }, key: key.current.look });
      key.current = { look: newKey(), apply: newKey() };
      setCheck(made.body.id);
    });
  const apply = (hash: string) =>
    run(async () => {
      if (check === null) return;
      const given = { params: { id: check }, body: { hash }, key: key.current.apply };
      setApplied((await call("POST /imports/{id}/apply", given)).body.id);
    });
  const isAsked = useRef(false);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void look();
  });
  useEffect(() => {
    if (undone?.state === "done") onDone();
  }, [undone?.state, onDone]);
  return (
    <section className="card stack" aria-label={imports.undoTitle(times.moment(props.one.at))}>
      <h3>{imports.undoTitle(times.moment(props.one.at))}</h3>
      {applied === null ? <p>{imports.undoIntro}</p> : null}
      {check !== null && answer === null && checked?.state !== "failed" ? (
        <p role="status">{imports.undoLooking}</p>
      ) : null}
      {checked?.state === "failed" ? <Failed errand={checked} text={imports.undoLookFailed} /> : null}
      {answer === null || check === null || applied !== null ? null : <Looked id={check} checked={answer} />}
      <RefusalNote error={error} again={() => void look()} />
      {undone === undefined ? null : (
        <Ended errand={undone} words={{ done: imports.undone, failed: imports.undoFailed, going: imports.undoing }} />
      )}
      <div className="buttons">
        {answer === null || applied !== null ? null : (
          <Button disabled={answer.changes === 0} loading={isBusy} onClick={() => void apply(answer.hash)}>
            {imports.undoNow}
          </Button>
        )}
        <Button variant="default" onClick={props.onClose}>
          {applied === null ? imports.undoNot : words.shell.close}
        </Button>
      </div>
    </section>
  );
}

function Looked({ id, checked }: { readonly id: string; readonly checked: UndoChecked }) {
  const { words } = useLanguage();
  const { imports } = words;
  const [tab, setTab] = useState<Tab>("changes");
  return (
    <>
      {checked.changes === 0 ? <WrongNote text={imports.nothingBack} /> : null}
      {checked.left === 0 ? (
        <DoneNote text={imports.noLeft} />
      ) : (
        <p className="note note-banner">{imports.leftCount(checked.left)}</p>
      )}
      <div className="buttons">
        {(["changes", "left", "consequences"] as const).map((one) => (
          <button key={one} type="button" className="deed" aria-pressed={tab === one} onClick={() => setTab(one)}>
            {imports[one]} {checked[one].toLocaleString("en")}
          </button>
        ))}
      </div>
      {tab === "changes" ? <Changes id={id} /> : null}
      {tab === "left" ? <Left id={id} /> : null}
      {tab === "consequences" ? <Consequences id={id} /> : null}
    </>
  );
}

function Left({ id }: { readonly id: string }) {
  const { words } = useLanguage();
  const { imports, shell } = words;
  const { call } = useSession();
  const pages = usePages(["left", id], async (after, signal) => {
    const query = after === undefined ? {} : { after };
    return (await call("GET /imports/{id}/left", { params: { id }, query, signal })).body;
  });
  const shown = (field: string | null, value: string | null) =>
    value === null ? shell.nothing : shownValue(words, field ?? "", value);
  return (
    <Listed
      pages={pages}
      label={imports.left}
      columns={[imports.who, imports.kind, imports.field, imports.before, imports.now, imports.why]}
      none={imports.noLeft}
      row={(one, at) => (
        <tr key={`${one.kind} ${one.code} ${one.field ?? ""} ${at}`}>
          <th scope="row">
            <span className="number">{one.code}</span> {one.name}
          </th>
          <td data-label={imports.kind}>{imports.kinds[one.kind]}</td>
          <td data-label={imports.field}>
            {one.field === null ? imports.wholeRow : (imports.fieldNames[one.field] ?? one.field)}
          </td>
          <td data-label={imports.before}>{shown(one.field, one.wanted)}</td>
          <td data-label={imports.now}>{shown(one.field, one.is)}</td>
          <td data-label={imports.why}>{imports.leftWhy[one.why]}</td>
        </tr>
      )}
    />
  );
}
