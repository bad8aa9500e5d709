import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { isGoing, useErrand } from "../parts/errand.ts";
import type { Search } from "../parts/filter.ts";
import { FormButtons } from "../parts/form-buttons.tsx";
import { CodeField } from "../parts/naming/code-field.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { Results } from "./many-results.tsx";
import type { Selection } from "./selection.ts";

const MOST = 200;

/** Does the same to the selected cases, or to all that match once their number was typed, and shows what became of each. */
export function ManyDialog(props: {
  readonly kind: "place" | "category";
  readonly selection: Selection;
  readonly search: Search;
  readonly total: { readonly value: number; readonly isMore: boolean } | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { lists, verbs } = useWords();
  const { call } = useSession();
  const [code, setCode] = useState("");
  const [typed, setTyped] = useState("");
  const [id, setId] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const errand = useErrand(id);
  const { kind, selection, search, total, onDone } = props;
  const isAll = selection.size === 0;
  const count = isAll ? (total?.value ?? 0) : selection.size;
  const isTooMany = count > MOST || (isAll && total?.isMore === true) || ((search.q ?? "") !== "" && isAll);
  const isReady =
    !isTooMany && count > 0 && (kind === "category" || code !== "") && (!isAll || typed === String(count));
  const isEnded = errand !== undefined && !isGoing(errand);
  useEffect(() => {
    if (isEnded) onDone();
  }, [isEnded, onDone]);
  const begin = () =>
    run(async () => {
      const action =
        kind === "place" ? ({ kind, grid: code } as const) : ({ kind, code: code === "" ? null : code } as const);
      const which = isAll
        ? { all: { filter: search.filter ?? {}, count } }
        : { cases: [...selection].map(([number, etag]) => ({ number, etag })) };
      setId((await call("POST /cases/bulk", { body: { action, ...which }, key: key.current })).body.id);
    });
  return (
    <Dialog title={(kind === "place" ? lists.place : lists.category).replace("…", "")} onClose={props.onClose}>
      {id === null ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) void begin();
          }}
        >
          <p>{isAll ? lists.all(count) : lists.selected(count)}</p>
          <p>{lists.text}</p>
          {isTooMany ? <WrongNote text={lists.most} /> : null}
          <CodeField
            kind={kind === "place" ? "grid" : "category"}
            label={kind === "place" ? lists.grid : verbs.categoryCode}
            hint={kind === "place" ? undefined : verbs.categoryHint}
            value={code}
            onChange={setCode}
          />
          {isAll && !isTooMany ? (
            <TextInput
              label={lists.typed}
              description={lists.allText(count)}
              inputMode="numeric"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value.trim())}
              required
            />
          ) : null}
          <RefusalNote error={error} />
          <FormButtons doIt={lists.go} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
        </form>
      ) : (
        <Results errand={errand} onClose={props.onClose} />
      )}
    </Dialog>
  );
}
