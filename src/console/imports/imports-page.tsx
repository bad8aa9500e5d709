import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Ended, Failed } from "../findings/ended.tsx";
import { useErrand } from "../parts/errand.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { CheckResult } from "./check-result.tsx";
import type { Checked } from "./checked.ts";
import { History } from "./history.tsx";

/** Imports lists: choose files, have them checked, look at every wrong cell or every change, import. */
export function ImportsPage() {
  const { words } = useLanguage();
  const { imports } = words;
  const { call } = useSession();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [check, setCheck] = useState<string | null>(null);
  const [applied, setApplied] = useState<string | null>(null);
  const { run, isBusy, error, forget } = useWorking();
  const key = useRef(newKey());
  const checked = useErrand(check);
  const imported = useErrand(applied);
  const upload = () =>
    run(async () => {
      setApplied(null);
      const made = await call("POST /imports", { files, key: newKey() });
      key.current = newKey();
      setCheck(made.body.id);
    });
  const apply = (hash: string) =>
    run(async () => {
      if (check === null) return;
      const made = await call("POST /imports/{id}/apply", { params: { id: check }, body: { hash }, key: key.current });
      setApplied(made.body.id);
    });
  const answer = checked?.state === "done" ? (checked.answer as Checked) : null;
  const isWaiting = check !== null && answer === null && checked?.state !== "failed";
  return (
    <>
      <h1>{imports.title}</h1>
      <p>{imports.intro}</p>
      <p>
        <a href="/api/v1/exports/county.xlsx" download>
          ⇩ {imports.template}
        </a>
      </p>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void upload();
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          setFiles([...event.dataTransfer.files]);
        }}
      >
        <label>
          {imports.files}
          <br />
          <input
            type="file"
            multiple
            accept=".xlsx,.csv,.geojson"
            onChange={(event) => {
              forget();
              setFiles([...(event.currentTarget.files ?? [])]);
            }}
          />
        </label>
        <p className="small">
          {files.length === 0 ? imports.none : imports.chosen(files.map(({ name }) => name).join(", "))}
        </p>
        <div>
          <Button type="submit" disabled={files.length === 0 || isWaiting} loading={isBusy}>
            {imports.check}
          </Button>
        </div>
      </form>
      <RefusalNote error={error} />
      {isWaiting ? (
        <p role="status">
          {checked?.state === "running" ? imports.checking(checked.done, checked.total ?? 1) : imports.waits}
        </p>
      ) : null}
      {checked?.state === "failed" ? <Failed errand={checked} text={imports.failed} /> : null}
      {answer === null || check === null ? null : (
        <>
          <CheckResult key={check} id={check} checked={answer} />
          {applied === null ? (
            <div className="stack">
              <div>
                <Button disabled={answer.errors > 0} loading={isBusy} onClick={() => void apply(answer.hash)}>
                  {imports.import}
                </Button>
              </div>
              {answer.errors > 0 ? <p className="small">{imports.importHint}</p> : null}
            </div>
          ) : null}
        </>
      )}
      {imported === undefined ? null : (
        <Ended
          errand={imported}
          words={{ done: imports.imported, failed: imports.importFailed, going: imports.importing }}
        />
      )}
      <History latest={imported?.state} />
    </>
  );
}
