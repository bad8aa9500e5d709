import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";

type Topic = Answered<"GET /topics">["items"][number];

/** The topics: what many people told, first of all what waits for somebody to say that it is one matter. */
export function TopicsPage() {
  const { words } = useLanguage();
  const { topics } = words;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["topics"],
    queryFn: async ({ signal }) => (await call("GET /topics", { query: {}, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const items = asked.data?.items ?? [];
  const offered = items.filter(({ state }) => state === "offered");
  const others = items.filter(({ state }) => state !== "offered");
  return (
    <>
      <h1>{topics.title}</h1>
      <p>{topics.text}</p>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={5} isLoading={asked.isPending} />
      {asked.isSuccess && items.length === 0 ? <EmptyNote text={topics.none} /> : null}
      {offered.length === 0 ? null : <TopicTable label={topics.offered} items={offered} />}
      {others.length === 0 ? null : <TopicTable label={topics.others} items={others} />}
    </>
  );
}

function TopicTable({ label, items }: { readonly label: string; readonly items: readonly Topic[] }) {
  const { words, times } = useLanguage();
  const { columns, state, people, office, nobodySaid } = words.topics;
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <table className="table cards" aria-label={label}>
        <thead>
          <tr>
            {Object.entries(columns).map(([code, name]) => (
              <th scope="col" key={code}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.number}>
              <th scope="row">
                <Link className="number" to="/topics/$number" params={{ number: one.number }}>
                  {one.number}
                </Link>{" "}
                {one.title}
              </th>
              <td data-label={columns.state}>{state[one.state]}</td>
              <td data-label={columns.people} className="number">
                {one.people === null ? nobodySaid : people(one.people)}
              </td>
              <td data-label={columns.deputy}>{one.deputy?.name ?? office}</td>
              <td data-label={columns.since} className="number">
                {times.moment(one.openedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
