import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import type { Search } from "../parts/filter.ts";
import { ExportDialog } from "./export-dialog.tsx";
import { ManyDialog } from "./many-dialog.tsx";
import { MergeManyDialog } from "./merge-many-dialog.tsx";
import type { Selection } from "./selection.ts";

/** Offers what can be done to the selected cases, or to all that match. */
export function ManyBar(props: {
  readonly selection: Selection;
  readonly search: Search;
  readonly total: { readonly value: number; readonly isMore: boolean } | undefined;
  /** The masked words of the cases that are in the list, by number. */
  readonly summaries: ReadonlyMap<string, string>;
  readonly onClear: () => void;
  readonly onDone: () => void;
}) {
  const { lists } = useWords();
  const { me } = useSession();
  const [open, setOpen] = useState<"place" | "category" | "merge" | "export" | null>(null);
  const { selection, search, total, summaries } = props;
  const mayPlace = me.role === "office" && mayAsk(me, "POST /cases/bulk");
  const isSealed = search.filter?.sealed === true;
  if (isSealed || !mayAsk(me, "POST /cases/export")) return null;
  const close = () => setOpen(null);
  return (
    <section className="many" aria-label={lists.selected(selection.size)}>
      <p role="status">
        {selection.size === 0 ? null : (
          <>
            {lists.selected(selection.size)}{" "}
            <button type="button" className="link-button" onClick={props.onClear}>
              {lists.clear}
            </button>
          </>
        )}
      </p>
      <div className="buttons">
        {mayPlace ? (
          <button type="button" className="deed" onClick={() => setOpen("place")}>
            {lists.place}
          </button>
        ) : null}
        {mayAsk(me, "POST /cases/bulk") ? (
          <button type="button" className="deed" onClick={() => setOpen("category")}>
            {lists.category}
          </button>
        ) : null}
        {mayPlace && selection.size > 1 ? (
          <button type="button" className="deed" onClick={() => setOpen("merge")}>
            {lists.merge}
          </button>
        ) : null}
        <button type="button" className="deed" onClick={() => setOpen("export")}>
          {lists.export}
        </button>
      </div>
      {open === "place" || open === "category" ? (
        <ManyDialog {...{ selection, search, total }} kind={open} onClose={close} onDone={props.onDone} />
      ) : null}
      {open === "merge" ? (
        <MergeManyDialog {...{ selection, summaries }} onClose={close} onDone={props.onDone} />
      ) : null}
      {open === "export" ? <ExportDialog {...{ selection, search, total }} onClose={close} /> : null}
    </section>
  );
}
