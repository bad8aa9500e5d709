import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { isGoing, useErrand } from "../parts/errand.ts";
import type { Search } from "../parts/filter.ts";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Selection } from "./selection.ts";

/** Has the selected cases, or all that match, written into a file. */
export function ExportDialog(props: {
  readonly selection: Selection;
  readonly search: Search;
  readonly total: { readonly value: number; readonly isMore: boolean } | undefined;
  readonly onClose: () => void;
}) {
  const { lists, shell } = useWords();
  const { call } = useSession();
  const [id, setId] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const errand = useErrand(id);
  const { selection, search, total } = props;
  const count =
    selection.size > 0 ? String(selection.size) : `${total?.value ?? 0}${total?.isMore === true ? "+" : ""}`;
  const begin = () =>
    run(async () => {
      const numbers = selection.size > 0 ? [...selection.keys()] : null;
      const body = { filter: search.filter ?? {}, numbers };
      setId((await call("POST /cases/export", { body, key: key.current })).body.id);
    });
  const rows = (errand?.answer as { readonly rows?: number } | null | undefined)?.rows ?? 0;
  return (
    <Dialog title={lists.export.replace("…", "")} onClose={props.onClose}>
      {id === null ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void begin();
          }}
        >
          <p>{lists.exportText}</p>
          <p>{lists.exportCount(count)}</p>
          <RefusalNote error={error} />
          <FormButtons doIt={lists.go} isBusy={isBusy} onClose={props.onClose} />
        </form>
      ) : (
        <div className="stack">
          {errand === undefined || isGoing(errand) ? (
            <p role="status">{lists.running(errand?.done ?? 0, "…")}</p>
          ) : null}
          {errand?.problem == null ? null : <WrongNote text={`${lists.failed} ${errand.problem.detail}`} />}
          {errand?.file == null ? null : (
            <p role="status">
              {lists.ready(rows)} <a href={`/api/v1/errands/${id}/file`}>{lists.download}</a>
            </p>
          )}
          <div className="buttons">
            <Button variant="default" onClick={props.onClose}>
              {shell.close}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
