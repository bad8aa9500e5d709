import { Button, Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { filterOf, type Params, paramsOf, sortOf } from "../parts/filter.ts";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ALL_COLUMNS, type Column } from "./columns.ts";

/** The lists that are kept under a name, as links; the way to keep this one, and to choose its columns. */
export function ViewsBar(props: {
  readonly params: Params;
  readonly columns: readonly Column[];
  readonly onColumns: (columns: readonly Column[]) => void;
}) {
  const { lists } = useWords();
  const { call } = useSession();
  const [open, setOpen] = useState<"save" | "columns" | null>(null);
  const { run, error } = useWorking();
  const asked = useQuery({
    queryKey: ["views"],
    queryFn: async ({ signal }) => (await call("GET /views", { signal })).body.items,
    retry: mayAskAgain,
  });
  const remove = (id: string) =>
    run(async () => {
      await call("DELETE /views/{id}", { params: { id }, key: newKey() });
      await asked.refetch();
    });
  return (
    <>
      <nav className="presets" aria-label={lists.mine}>
        {(asked.data ?? []).map((view) => (
          <span key={view.id} className="chip">
            <Link
              to="/cases"
              search={{ ...paramsOf(view.filter), sort: view.sort ?? "newest" }}
              onClick={() => props.onColumns(view.columns)}
            >
              {view.name}
            </Link>
            {view.isShared ? <span className="small"> {lists.sharedBy(view.by)}</span> : null}
            {view.isOwn ? (
              <button type="button" aria-label={lists.remove(view.name)} onClick={() => void remove(view.id)}>
                ✕
              </button>
            ) : null}
          </span>
        ))}
        <Button size="compact-md" variant="default" onClick={() => setOpen("save")}>
          {lists.save}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => setOpen("columns")}>
          {lists.columns} ▾
        </Button>
      </nav>
      <RefusalNote error={error ?? asked.error} />
      {open === "save" ? (
        <SaveDialog
          {...props}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            void asked.refetch();
          }}
        />
      ) : null}
      {open === "columns" ? <ColumnsDialog {...props} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function SaveDialog(props: {
  readonly params: Params;
  readonly columns: readonly Column[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { lists } = useWords();
  const { me, call } = useSession();
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const save = () =>
    run(async () => {
      const { params, columns } = props;
      const view = { filter: filterOf(params), sort: sortOf(params), columns: [...columns] };
      await call("POST /views", { body: { ...view, name: name.trim(), isShared }, key: key.current });
      props.onDone();
    });
  return (
    <Dialog title={lists.saveTitle} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void save();
        }}
      >
        <p>{lists.saveText}</p>
        <TextInput
          label={lists.name}
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        {me.role === "office" ? (
          <Checkbox
            label={lists.shared}
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        ) : null}
        <RefusalNote error={error} />
        <FormButtons doIt={lists.keep} isBusy={isBusy} isReady={name.trim() !== ""} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}

function ColumnsDialog(
  props: Pick<Parameters<typeof ViewsBar>[0], "columns" | "onColumns"> & { readonly onClose: () => void },
) {
  const { lists, cases, shell } = useWords();
  const names: Readonly<Record<Column, string>> = { ...cases.columns, ...lists.column };
  return (
    <Dialog title={lists.columnsTitle} onClose={props.onClose}>
      <fieldset className="choices">
        <legend>{lists.columns}</legend>
        {ALL_COLUMNS.map((column) => (
          <Checkbox
            key={column}
            label={names[column]}
            checked={props.columns.includes(column)}
            onChange={({ currentTarget: { checked } }) =>
              props.onColumns(checked ? [...props.columns, column] : props.columns.filter((one) => one !== column))
            }
          />
        ))}
      </fieldset>
      <div className="buttons">
        <Button onClick={props.onClose}>{shell.close}</Button>
      </div>
    </Dialog>
  );
}
