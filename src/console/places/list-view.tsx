import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { NextPage } from "../parts/asking/next-page.tsx";
import { EditDialog } from "../parts/edit-dialog.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { AddPlace } from "./add-place.tsx";
import { ChatsDialog, type SpokenPlace } from "./chats-dialog.tsx";
import { listOf, type Row } from "./lists.ts";
import type { View } from "./params.ts";

/** A list of the county as a table; the office changes a row in place. */
export function ListView({ view }: { readonly view: Exclude<View, "map"> }) {
  const { words, times } = useLanguage();
  const { places, shell, cases, chats } = words;
  const { me, call } = useSession();
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const [speaking, setSpeaking] = useState<Row | null>(null);
  const [done, setDone] = useState("");
  const list = listOf(view, { call, words, today: times.day });
  const found = useInfiniteQuery({
    queryKey: ["places", view, q, words],
    queryFn: ({ pageParam, signal }) =>
      list.read({ ...(q === "" ? {} : { q }), ...(pageParam === null ? {} : { after: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    retry: mayAskAgain,
    placeholderData: (before) => before,
  });
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  const mayEdit = mayAsk(me, list.patch);
  const spoken = isSpoken(view) && mayAsk(me, `GET /${view}/{code}/chats`) ? view : null;
  const saved = () => {
    setOpen(null);
    setDone(places.saved);
    void found.refetch();
  };
  return (
    <>
      <form
        className="toolbar toolbar-start"
        onSubmit={(event) => {
          event.preventDefault();
          setQ(typed.trim());
        }}
      >
        <TextInput
          label={places.find}
          description={places.findLabel}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {cases.find}
        </Button>
        {view === "places" && mayEdit ? (
          <Button variant="default" onClick={() => setOpen("new")}>
            {places.addPlace}
          </Button>
        ) : null}
        <p className="shown" role="status">
          {places.shown(rows.length, total)}
        </p>
      </form>
      {done === "" ? null : <DoneNote text={done} />}
      <Asked asked={found} rows={8} />
      {found.isSuccess && rows.length === 0 ? <EmptyNote text={q === "" ? places.emptyAll : places.empty} /> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={places.views[view]}>
          <TableHead
            names={[
              places.name,
              ...list.columns,
              ...(spoken === null ? [] : [chats.list]),
              ...(mayEdit ? [places.edit] : []),
            ]}
          />
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {row.cells.map((cell, at) => (
                  <td key={list.columns[at]} data-label={list.columns[at]}>
                    {cell === "" ? shell.nothing : cell}
                  </td>
                ))}
                {spoken === null ? null : (
                  <td data-label={chats.list}>
                    <RowDeed does={chats.open} row={row.name} onClick={() => setSpeaking(row)} />
                  </td>
                )}
                {mayEdit ? (
                  <td data-label={places.edit}>
                    <button
                      type="button"
                      className="deed"
                      onClick={() => setOpen(row)}
                      aria-label={places.editOf(row.name)}
                    >
                      {places.edit}
                    </button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <NextPage list={found} text={shell.more} />
      {speaking === null || spoken === null ? null : (
        <ChatsDialog of={spoken} code={speaking.key} name={speaking.name} onClose={() => setSpeaking(null)} />
      )}
      {open === "new" ? <AddPlace onDone={saved} onClose={() => setOpen(null)} /> : null}
      {open === null || open === "new" ? null : (
        <EditDialog
          edited={open.edited}
          {...(view === "places" ? { note: places.removeHint } : {})}
          save={(changed, etag, key) => list.save(open.key, changed, etag, key)}
          readAgain={async () => {
            const { rows: again } = await list.read({ q: view === "places" ? open.name : open.key, limit: 200 });
            return again.find(({ key }) => key === open.key)?.edited ?? null;
          }}
          onDone={saved}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** Whether people speak in chat for what a list is of. */
function isSpoken(view: View): view is SpokenPlace {
  return view === "stations" || view === "grids";
}
