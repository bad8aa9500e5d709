import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered, Given } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { NextPage } from "../parts/asking/next-page.tsx";
import { EmptyNote } from "../parts/notes.tsx";

type Deputy = Answered<"GET /deputies">["items"][number];
type Wanted = NonNullable<Given<"GET /deputies">["query"]>;
type Only = NonNullable<Wanted["only"]>;

/** The deputies of the county: where they serve, who is away, who has no chat. */
export function PeoplePage() {
  const { words } = useLanguage();
  const { people } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const only = Object.keys(people.only).find((one) => one === search.only) as Only | undefined;
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const wanted: Wanted = { ...(only === undefined ? {} : { only }), ...(q === "" ? {} : { q }) };
  const found = useInfiniteQuery({
    queryKey: ["deputies", wanted],
    queryFn: async ({ pageParam, signal }) =>
      (
        await call("GET /deputies", {
          query: { ...wanted, ...(pageParam === null ? {} : { after: pageParam }) },
          signal,
        })
      ).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    retry: mayAskAgain,
    placeholderData: (before) => before,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = found.data?.pages[0]?.total.value ?? 0;
  return (
    <>
      <h1>{people.title}</h1>
      {mayAsk(me, "GET /successions") ? (
        <p>
          <Link to="/successions">{words.successions.title}</Link>
        </p>
      ) : null}
      <form
        className="toolbar toolbar-start"
        onSubmit={(event) => {
          event.preventDefault();
          setQ(typed.trim());
        }}
      >
        <TextInput
          label={people.find}
          description={people.findHint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {words.cases.find}
        </Button>
        <NativeSelect
          label={people.which}
          value={only ?? ""}
          data={[
            { value: "", label: people.all },
            ...Object.entries(people.only).map(([value, label]) => ({ value, label })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ to: "/people", search: value === "" ? {} : { only: value } })
          }
        />
        {found.data === undefined ? null : (
          <p className="shown" role="status">
            {people.shown(rows.length, total)}
          </p>
        )}
      </form>
      <Asked asked={found} rows={8} />
      {found.isSuccess && rows.length === 0 ? (
        <EmptyNote text={only === undefined && q === "" ? people.emptyAll : people.emptyFilter} />
      ) : null}
      {rows.length === 0 ? null : (
        <div className={found.isPlaceholderData ? "greyed" : undefined}>
          <DeputyTable rows={rows} />
          <NextPage list={found} text={words.shell.more} />
        </div>
      )}
    </>
  );
}

function DeputyTable({ rows }: { readonly rows: readonly Deputy[] }) {
  const { words, times } = useLanguage();
  const { people, shell } = words;
  const columns = [people.name, people.code, people.level, people.stations, people.grids, people.chat, people.away];
  return (
    <table className="table cards" aria-label={people.title}>
      <thead>
        <tr>
          {[...columns, people.cases].map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.code}>
            <th scope="row">
              <Link to="/people/$code" params={{ code: row.code }}>
                {row.name}
              </Link>
            </th>
            <td data-label={people.code} className="number">
              {row.code}
            </td>
            <td data-label={people.level}>{people.levels[row.level]}</td>
            <td data-label={people.stations}>{row.stations.join(", ") || shell.nothing}</td>
            <td data-label={people.grids}>{people.gridCount(row.grids)}</td>
            <td data-label={people.chat}>{row.hasChat ? people.hasChat : people.hasNoChat}</td>
            <td data-label={people.away}>
              {row.awayUntil === null ? people.present : people.awayUntil(times.day(row.awayUntil))}
              {row.standIn === null ? null : <span className="small"> · {`${people.standIn}: ${row.standIn}`}</span>}
            </td>
            <td data-label={people.cases} className="number">
              {row.openCases ?? shell.nothing}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
