import { NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { NextPage } from "../parts/asking/next-page.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { sayTaken } from "../parts/say-taken.ts";
import { TableHead } from "../parts/table-head.tsx";
import { Corrections } from "./corrections.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { readUnreadParams, type UnreadParams } from "./params.ts";

type Message = Answered<"GET /unread">["items"][number];

/** The messages that were answered without a case: the week's sample first, then all; and how often the service was wrong. */
export function UnreadPage() {
  const { words } = useLanguage();
  const { unread } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = readUnreadParams(useSearch({ strict: false }));
  const [chosen, setChosen] = useState<string | null>(null);
  const mayList = mayAsk(me, "GET /unread");
  const days = params.days ?? "7";
  const isSample = params.all === undefined;
  const query = {
    days,
    ...(isSample ? { sample: "true" as const } : {}),
    ...(params.kind === undefined ? {} : { kind: params.kind }),
  };
  const found = useInfiniteQuery({
    queryKey: ["unread", query],
    queryFn: async ({ pageParam, signal }) =>
      (await call("GET /unread", { query: pageParam === null ? query : { ...query, after: pageParam }, signal })).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: mayList,
    retry: mayAskAgain,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const counts = Object.entries(found.data?.pages[0]?.counts ?? {}).toSorted(([, a], [, b]) => b - a);
  const go = (search: UnreadParams) => void navigate({ to: "/unread", search });
  return (
    <>
      <h1>{unread.title}</h1>
      <p className="small">{unread.about}</p>
      {mayAsk(me, "GET /understanding/layers") ? (
        <p>
          <Link to="/understanding">{words.understanding.title}</Link>
        </p>
      ) : null}
      {mayList ? (
        <>
          <nav className="presets" aria-label={unread.title}>
            <Link to="/unread" search={{ days }} aria-current={isSample ? "true" : undefined}>
              {unread.sample}
            </Link>
            <Link to="/unread" search={{ days, all: "true" }} aria-current={isSample ? undefined : "true"}>
              {unread.all}
            </Link>
          </nav>
          <div className="conditions">
            <NativeSelect
              className="sort"
              label={unread.days}
              value={days}
              data={Object.entries(unread.dayChoices).map(([value, label]) => ({ value, label }))}
              onChange={(event) => go({ ...params, days: event.currentTarget.value })}
            />
            <NativeSelect
              className="sort"
              label={unread.kinds}
              value={params.kind ?? ""}
              data={[
                { value: "", label: unread.all },
                ...counts.map(([kind, count]) => ({ value: kind, label: `${sayTaken(words, kind)} (${count})` })),
              ]}
              onChange={(event) => {
                const kind = event.currentTarget.value;
                const { kind: _kind, ...rest } = params;
                go(kind === "" ? rest : { ...rest, kind });
              }}
            />
          </div>
          <Asked asked={found} rows={6} />
          {found.isSuccess && rows.length === 0 ? (
            <EmptyNote text={isSample ? unread.emptySample : unread.empty} />
          ) : null}
          {rows.length === 0 ? null : <Messages rows={rows} onOpen={setChosen} />}
          <NextPage list={found} text={unread.more} />
        </>
      ) : null}
      <Corrections />
      {chosen === null ? null : (
        <OpenDialog
          id={chosen}
          onDone={() => {
            void found.refetch();
            void queries.invalidateQueries({ queryKey: ["corrections"] });
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

function Messages({ rows, onOpen }: { readonly rows: readonly Message[]; readonly onOpen: (id: string) => void }) {
  const { words, times } = useLanguage();
  const { unread } = words;
  const { columns } = unread;
  return (
    <table className="table cards" aria-label={unread.title}>
      <TableHead names={Object.values(columns)} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" className="number">
              {times.moment(row.at)}
            </th>
            <td className="summary" data-label={columns.text}>
              {row.inSample ? <span className="mark small">{unread.inSample}</span> : null}{" "}
              {row.text === "" ? words.codes.kind.other : row.text}
            </td>
            <td data-label={columns.kind}>{sayTaken(words, row.kind)}</td>
            <td data-label={columns.because} className="small">
              {row.because.join(" · ") || words.shell.nothing}
            </td>
            <td data-label={columns.case}>
              {row.case === null ? (
                <RowDeed does={unread.open} row={times.moment(row.at)} onClick={() => onOpen(row.id)} />
              ) : (
                <>
                  <Link to="/cases/$number" params={{ number: row.case }}>
                    {row.case}
                  </Link>
                  {row.openedBy === null || row.openedAt === null ? null : (
                    <span className="small block">{unread.by(row.openedBy, times.moment(row.openedAt))}</span>
                  )}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
