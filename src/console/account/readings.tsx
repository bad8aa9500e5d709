import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";

/** Shows what the person has read of residents' words, as it was written down. */
export function Readings() {
  const { words, times } = useLanguage();
  const { account, verbs, shell, unread, understanding } = words;
  const { call } = useSession();
  const asked = useInfiniteQuery({
    queryKey: ["my-readings"],
    queryFn: async ({ pageParam, signal }) =>
      (await call("GET /me/readings", { query: pageParam === null ? {} : { after: pageParam }, signal })).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = asked.data?.pages.flatMap(({ items }) => items) ?? [];
  const reasons: Readonly<Record<string, string>> = {
    ...verbs.readingReasons,
    unread: unread.title,
    corrections: understanding.title,
  };
  return (
    <section className="card">
      <h2>{account.readings}</h2>
      <p className="small">{account.readingsText}</p>
      <Asked asked={asked} rows={3} />
      {asked.isSuccess && rows.length === 0 ? <p>{account.noReadings}</p> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={account.readings}>
          <thead>
            <tr>
              <th scope="col">{account.at}</th>
              <th scope="col">{account.thing}</th>
              <th scope="col">{account.case}</th>
              <th scope="col">{account.reason}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.seq}>
                <th scope="row">{times.moment(row.at)}</th>
                <td data-label={account.thing}>{account.what[row.what]}</td>
                <td data-label={account.case}>
                  {row.case === null ? (
                    shell.nothing
                  ) : (
                    <Link to="/cases/$number" params={{ number: row.case }}>
                      {row.case}
                    </Link>
                  )}
                </td>
                <td data-label={account.reason}>
                  {[row.reason === null ? null : (reasons[row.reason] ?? row.reason), row.note]
                    .filter((part) => part !== null)
                    .join(": ") || shell.nothing}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked.hasNextPage ? (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {shell.more}
        </Button>
      ) : null}
    </section>
  );
}
