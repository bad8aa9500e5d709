import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { NextPage } from "../parts/asking/next-page.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import { GroupRetry } from "./group-retry.tsx";
import { Groups } from "./groups.tsx";
import { type DeliveryParams, readDeliveryParams } from "./params.ts";
import { StuckMessages } from "./stuck-messages.tsx";

/** So many of a group are tried again by one press. */
const AT_ONCE = 50;

/** Shows what has not arrived: by reason with its remedy, then each message; and what came and is stuck. */
export function DeliveriesPage() {
  const { words } = useLanguage();
  const { deliveries } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const params = readDeliveryParams(useSearch({ strict: false }));
  const [isRetrying, setRetrying] = useState(false);
  const found = useInfiniteQuery({
    queryKey: ["deliveries", params],
    queryFn: async ({ pageParam, signal }) =>
      (
        await call("GET /deliveries", {
          query: pageParam === null ? params : { ...params, after: pageParam },
          signal,
        })
      ).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = found.data?.pages[0]?.total;
  const isFiltered = Object.keys(params).length > 0;
  const ids = rows.slice(0, AT_ONCE).map(({ id }) => id);
  const mayRetry =
    mayAsk(me, "POST /deliveries/bulk") &&
    params.reason !== undefined &&
    params.settled === undefined &&
    params.state !== "uncertain" &&
    params.state !== "delivered" &&
    rows.length > 0;
  const renew = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["deliveries"] }),
      queries.invalidateQueries({ queryKey: ["delivery-groups"] }),
    ]);
  return (
    <>
      <h1>{params.case === undefined ? deliveries.title : deliveries.onlyCase(params.case)}</h1>
      <p className="small">{deliveries.about}</p>
      <Lists params={params} />
      {params.case === undefined ? <Groups params={params} /> : null}
      {params.state === undefined ? null : <p className="note">{deliveries.says[params.state]}</p>}
      <Asked asked={found} rows={6} />
      {found.isSuccess && rows.length === 0 ? (
        <EmptyNote text={isFiltered ? deliveries.emptyFilter : deliveries.empty} />
      ) : null}
      {rows.length === 0 ? null : (
        <>
          <div className="toolbar">
            <p className="shown" role="status">
              {total === undefined
                ? null
                : deliveries.shown(rows.length, `${total.value.toLocaleString("en")}${total.isMore ? "+" : ""}`)}
            </p>
            {mayRetry ? (
              <Button variant="default" onClick={() => setRetrying(true)}>
                {deliveries.groupRetry(ids.length)}
              </Button>
            ) : null}
          </div>
          <DeliveryTable rows={rows} />
          <NextPage list={found} text={deliveries.more} />
        </>
      )}
      {mayAsk(me, "GET /stuck") && params.case === undefined ? <StuckMessages /> : null}
      {isRetrying ? <GroupRetry ids={ids} onDone={() => void renew()} onClose={() => setRetrying(false)} /> : null}
    </>
  );
}

/** The lists that there are: what is open, what is settled, and for the office that of sealed cases. */
function Lists({ params }: { readonly params: DeliveryParams }) {
  const { deliveries } = useLanguage().words;
  const { me } = useSession();
  const lists: readonly (readonly [string, DeliveryParams])[] = [
    [deliveries.showOpen, {}],
    [deliveries.showSettled, { settled: "true" }],
    ...(me.role === "office" ? ([[deliveries.showSealed, { sealed: "true" }]] as const) : []),
  ];
  return (
    <nav className="presets" aria-label={deliveries.title}>
      {lists.map(([name, search]) => {
        const isHere =
          params.settled === search.settled && params.sealed === search.sealed && params.case === undefined;
        return (
          <Link key={name} to="/deliveries" search={search} aria-current={isHere ? "true" : undefined}>
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
