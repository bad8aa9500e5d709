import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords } from "../client/language.tsx";
import { EmptyNote, RefusalNote } from "../parts/notes.tsx";

/** A page of what a check found. */
type Page<T> = {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly total: { readonly value: number };
};

/** Asks for what a check found, page by page. */
export function usePages<T>(
  key: readonly unknown[],
  ask: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
) {
  return useInfiniteQuery({
    queryKey: ["import", ...key],
    queryFn: ({ pageParam, signal }) => ask(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** A table of what a check found, with more of it on demand. */
export function Listed<T>(props: {
  readonly pages: ReturnType<typeof usePages<T>>;
  readonly label: string;
  readonly columns: readonly string[];
  readonly none: string;
  readonly row: (one: T, at: number) => ReactNode;
}) {
  const { imports } = useWords();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = props.pages;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages[0]?.total.value ?? 0;
  if (error !== null) return <RefusalNote error={error} />;
  if (data !== undefined && items.length === 0) return <EmptyNote text={props.none} />;
  return (
    <>
      <table className="table cards" aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{items.map(props.row)}</tbody>
      </table>
      {hasNextPage ? (
        <p className="list-end">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            ↓ {imports.more(items.length, total)}
          </Button>
        </p>
      ) : null}
    </>
  );
}
