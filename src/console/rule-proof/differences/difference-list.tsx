import { useInfiniteQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../../client/asking.ts";
import type { Given } from "../../client/call.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { NextPage } from "../../parts/asking/next-page.tsx";
import { EmptyNote, RefusalNote, Skeleton } from "../../parts/notes.tsx";
import { DifferenceTable } from "./difference-table.tsx";

/** The differences of a dry run that are asked for. */
export type WantedDifferences = Omit<NonNullable<Given<"GET /errands/{id}/differences">["query"]>, "after" | "limit">;

const PAGE = 20;

/** Lists all cases of a kind that a version would give to somebody else, page after page without an end. */
export function DifferenceList({ errand, wanted }: { readonly errand: string; readonly wanted: WantedDifferences }) {
  const { differences } = useWords();
  const { call } = useSession();
  const asked = useInfiniteQuery({
    queryKey: ["differences", errand, wanted],
    queryFn: async ({ pageParam, signal }) =>
      (
        await call("GET /errands/{id}/differences", {
          params: { id: errand },
          query: { ...wanted, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) },
          signal,
        })
      ).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    retry: mayAskAgain,
  });
  const items = asked.data?.pages.flatMap((page) => page.items) ?? [];
  const total = asked.data?.pages[0]?.total;
  if (asked.error !== null) return <RefusalNote error={asked.error} again={() => void asked.refetch()} />;
  return (
    <div className="difference-list">
      <Skeleton rows={3} isLoading={asked.isPending} />
      {asked.isSuccess && items.length === 0 ? <EmptyNote text={differences.none} /> : null}
      {items.length === 0 ? null : <DifferenceTable errand={errand} items={items} />}
      {total === undefined ? null : (
        <NextPage
          list={asked}
          text={differences.more(items.length, `${total.value.toLocaleString("en")}${total.isMore ? "+" : ""}`)}
        />
      )}
    </div>
  );
}
