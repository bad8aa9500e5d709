import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useKeys } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { grouped } from "../client/numbers.ts";
import { useSession } from "../client/session.ts";
import { CaseTable } from "../parts/case-table.tsx";
import { FILTER_NAMES, filterOf, readParams, type Search, sortOf } from "../parts/filter.ts";
import { type LastList, LIST_KEY } from "../parts/last-list.ts";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";
import { PageFailure } from "../shell/failures.tsx";
import { useColumns } from "./columns.ts";
import { Conditions } from "./conditions.tsx";
import { ManyBar } from "./many.tsx";
import type { Selection } from "./selection.ts";
import { ViewsBar } from "./views-bar.tsx";
import { WordsBox } from "./words-box.tsx";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The words that are searched for: they never stand in an address. */
    words?: string;
  }
}

/** The list of cases: filtered by what its address says, searched by words that it does not say. */
export function ListPage() {
  const { words, times } = useLanguage();
  const { me, call } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = readParams(useSearch({ strict: false }));
  const q = useRouterState({ select: ({ location }) => location.state.words ?? "" });
  const box = useRef<HTMLInputElement>(null);
  const conditions = { ...params, lang: undefined };
  const search: Search = { filter: filterOf(params), sort: sortOf(params), ...(q === "" ? {} : { q }) };
  const found = useInfiniteQuery({
    queryKey: ["cases", search],
    queryFn: async ({ pageParam, signal }) =>
      (
        await call("POST /cases/search", {
          body: pageParam === null ? search : { ...search, after: pageParam },
          signal,
        })
      ).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    retry: mayAskAgain,
    placeholderData: (before) => before,
    // What somebody reads does not move by itself: see `renewed`.
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
  });
  const fresh = useQuery({
    queryKey: ["cases-now", search],
    queryFn: async ({ signal }) => (await call("POST /cases/search", { body: search, signal })).body,
    enabled: found.data !== undefined,
    // What was found just now need not be asked for twice.
    initialData: found.data?.pages[0],
    initialDataUpdatedAt: found.dataUpdatedAt,
    // Sealed cases are listed to whoever confirmed just now: by themselves they would ask for a code again and again.
    refetchInterval: search.filter?.sealed === true ? false : pollEvery,
    retry: mayAskAgain,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const versions = new Map(rows.map(({ number, etag }) => [number, etag]));
  const isNewer = fresh.dataUpdatedAt > found.dataUpdatedAt && !found.isPlaceholderData;
  const renewed = isNewer ? (fresh.data?.items ?? []).filter(({ number, etag }) => versions.get(number) !== etag) : [];
  const last = queries.getQueryData<LastList>(LIST_KEY);
  const [at, setAt] = useState<number | undefined>(undefined);
  const [columns, setColumns] = useColumns();
  const [selection, setSelection] = useState<Selection>(new Map());
  const select = ({ number, etag }: { readonly number: string; readonly etag: string }) =>
    setSelection((before) => {
      const next = new Map(before);
      if (!next.delete(number)) next.set(number, etag);
      return next;
    });
  const renew = useCallback(() => void queries.invalidateQueries({ queryKey: ["cases-now"] }), [queries]);
  useEffect(() => {
    if (rows.length === 0) return;
    const numbers = rows.map(({ number }) => number);
    queries.setQueryData<LastList>(LIST_KEY, (before) => ({ numbers, params, words: q, at: before?.at ?? null }));
    if (at === undefined && last?.at !== undefined && last.at !== null) {
      const there = numbers.indexOf(last.at);
      if (there >= 0) setAt(there);
    }
  });
  const move = (by: number) => setAt((now) => Math.min(rows.length - 1, Math.max(0, now === undefined ? 0 : now + by)));
  const down = () => move(1);
  const up = () => move(-1);
  const open = () => {
    const number = at === undefined ? undefined : rows[at]?.number;
    if (number !== undefined) void navigate({ to: "/cases/$number", params: { number } });
  };
  const pick = () => {
    const row = at === undefined ? undefined : rows[at];
    if (row !== undefined) select(row);
  };
  useKeys(
    { j: down, k: up, ArrowDown: down, ArrowUp: up, Enter: open, x: pick, "/": () => box.current?.focus() },
    me.preferences.singleKeys,
  );
  const total = found.data?.pages[0]?.total;
  const isFiltered = q !== "" || FILTER_NAMES.some((name) => params[name] !== undefined);
  return (
    <>
      <h1>{words.cases.title}</h1>
      <div className="toolbar">
        <WordsBox
          ref={box}
          words={q}
          onFind={(next) => {
            setAt(undefined);
            void navigate({ to: "/cases", search: conditions, state: (state) => ({ ...state, words: next }) });
          }}
        />
        <Count search={search} shown={rows.length} total={total} />
      </div>
      <Conditions
        params={params}
        onChange={(next) => {
          setAt(undefined);
          void navigate({ to: "/cases", search: next, state: (state) => ({ ...state, words: q }) });
        }}
      />
      <ViewsBar params={params} columns={columns} onColumns={setColumns} />
      <ManyBar
        selection={selection}
        search={search}
        total={found.data?.pages[0]?.total}
        summaries={new Map(rows.map(({ number, summary }) => [number, summary]))}
        onClear={() => setSelection(new Map())}
        onDone={renew}
      />
      {renewed.length === 0 ? null : (
        <div className="note note-banner" role="status">
          {words.cases.renewed(renewed.length)}{" "}
          <button type="button" className="link-button" onClick={() => void found.refetch()}>
            {words.cases.show}
          </button>
        </div>
      )}
      {found.error === null ? null : <PageFailure error={found.error} again={() => void found.refetch()} />}
      <Skeleton rows={8} isLoading={found.isPending} />
      {found.isSuccess && rows.length === 0 ? (
        <EmptyNote text={isFiltered ? words.cases.emptyFilter : words.cases.emptyAll} />
      ) : null}
      {rows.length === 0 ? null : (
        <div className={found.isPlaceholderData ? "greyed" : undefined}>
          <CaseTable
            rows={rows}
            label={words.cases.title}
            at={at}
            columns={columns}
            selection={{ numbers: new Set(selection.keys()), toggle: select }}
            changed={new Set(renewed.map(({ number }) => number))}
          />
          <p className="list-end">
            {found.hasNextPage ? (
              <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                ↓ {words.cases.earlier}
              </Button>
            ) : (
              <span className="small">
                {words.cases.end} · {times.clock(new Date(found.dataUpdatedAt))}
              </span>
            )}
          </p>
        </div>
      )}
    </>
  );
}

function Count(props: {
  readonly search: Search;
  readonly shown: number;
  readonly total: { readonly value: number; readonly isMore: boolean } | undefined;
}) {
  const { words, times } = useLanguage();
  const { call } = useSession();
  const { filter, q } = props.search;
  const exact = useQuery({
    queryKey: ["cases-count", filter, q],
    queryFn: async ({ signal }) =>
      (await call("POST /cases/count", { body: q === undefined ? { filter } : { filter, q }, signal })).body,
    enabled: false,
  });
  if (props.total === undefined) return null;
  const { value, isMore } = props.total;
  return (
    <p className="shown" role="status">
      {words.cases.shown(props.shown, `${grouped(value)}${isMore ? "+" : ""}`)}{" "}
      {exact.data === undefined ? null : words.cases.exactly(exact.data.value, times.clock(exact.data.asOf))}
      {isMore && exact.data === undefined ? (
        <button type="button" className="link-button" onClick={() => void exact.refetch()}>
          {words.cases.count}
        </button>
      ) : null}
    </p>
  );
}
