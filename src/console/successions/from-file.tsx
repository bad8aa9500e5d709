import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { CellErrors } from "../findings/cell-errors.tsx";
import { Failed } from "../findings/ended.tsx";
import { type KeptNote, ListNotes } from "../findings/list-notes.tsx";
import { useErrand } from "../parts/errand.ts";
import { DoneNote, RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { Steps } from "./steps.tsx";

/** The answer of the check of a list, as far as the page needs it. */
type Checked = {
  readonly errors: number;
  readonly rows: number;
  readonly unused: number;
  readonly notes: readonly KeptNote[];
};

/** Plans who follows whom by an Excel list: a template, what is wrong cell by cell, what it does, then it is planned. */
export function FromFile({ onDone }: { readonly onDone: () => void }) {
  const { words } = useLanguage();
  const { successions } = words;
  const { call } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [check, setCheck] = useState<string | null>(null);
  const { run, isBusy, error, forget } = useWorking();
  const checked = useErrand(check);
  const answer = checked?.state === "done" ? (checked.answer as Checked) : null;
  const upload = () =>
    run(async () => {
      if (file === null) return;
      setCheck(null);
      const made = await call("POST /successions/files", { files: [file], key: newKey() });
      setCheck(made.body.id);
    });
  return (
    <section className="block" aria-label={successions.fromFile}>
      <h2>{successions.fromFile}</h2>
      <p>{successions.fromFileHow}</p>
      <p>
        <a href="/api/v1/successions/template.xlsx" download>
          ⇩ {successions.template}
        </a>
      </p>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void upload();
        }}
      >
        <label>
          {successions.file}
          <br />
          <input
            type="file"
            accept=".xlsx,.csv"
            onChange={(event) => {
              forget();
              setFile(event.currentTarget.files?.[0] ?? null);
            }}
          />
        </label>
        <div>
          <Button type="submit" variant="default" disabled={file === null} loading={isBusy}>
            {successions.checkFile}
          </Button>
        </div>
      </form>
      <RefusalNote error={error} />
      {check !== null && answer === null && checked?.state !== "failed" ? (
        <p role="status">{successions.checkingFile}</p>
      ) : null}
      {checked?.state === "failed" ? <Failed errand={checked} text={successions.fileFailed} /> : null}
      {check === null || answer === null ? null : answer.errors > 0 ? (
        <Wrong id={check} errors={answer.errors} />
      ) : (
        <Right
          key={check}
          id={check}
          checked={answer}
          onDone={() => {
            setCheck(null);
            onDone();
          }}
        />
      )}
      {answer === null ? null : <ListNotes notes={answer.notes} />}
    </section>
  );
}

function Wrong({ id, errors }: { readonly id: string; readonly errors: number }) {
  const { words } = useLanguage();
  const { successions, imports } = words;
  const { call } = useSession();
  return (
    <>
      <WrongNote text={successions.fileWrong(errors)}>
        <p>
          <a href={`/api/v1/successions/files/${id}/remarks.xlsx`} download>
            ⇩ {imports.remarks}
          </a>
        </p>
      </WrongNote>
      <CellErrors
        of={id}
        ask={async (after, signal) => {
          const query = after === undefined ? {} : { after };
          return (await call("GET /successions/files/{id}/errors", { params: { id }, query, signal })).body;
        }}
      />
    </>
  );
}

function Right({
  id,
  checked,
  onDone,
}: {
  readonly id: string;
  readonly checked: Checked;
  readonly onDone: () => void;
}) {
  const { words, times } = useLanguage();
  const { successions } = words;
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const seen = useQuery({
    queryKey: ["succession-file", id],
    queryFn: async ({ signal }) =>
      (await call("GET /successions/files/{id}/preview", { params: { id }, signal })).body.days,
    retry: mayAskAgain,
  });
  const plan = () =>
    run(async () => {
      await call("POST /successions/files/{id}/plan", { params: { id }, key: key.current });
      onDone();
    });
  return (
    <>
      <DoneNote text={successions.fileRight(checked.rows, checked.unused)} />
      <RefusalNote error={seen.error} />
      {seen.data?.map(({ on, steps }) => (
        <div key={on} className="block">
          <h3>{successions.beginsOn(times.day(on))}</h3>
          <Steps steps={steps} />
        </div>
      ))}
      <RefusalNote error={error} />
      {seen.data === undefined ? null : (
        <Button loading={isBusy} onClick={() => void plan()}>
          {successions.planFile}
        </Button>
      )}
    </>
  );
}
