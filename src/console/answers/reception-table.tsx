import { useQuery } from "@tanstack/react-query";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";

/** The reception days ahead, as residents are told them: who is there, and which fall out. */
export function ReceptionTable() {
  const { words, times } = useLanguage();
  const { receptions } = words.answers;
  const { columns } = receptions;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["receptions"],
    queryFn: async ({ signal }) => (await call("GET /receptions", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const items = asked.data?.items;
  return (
    <>
      <h2>{receptions.title}</h2>
      <p>{receptions.text}</p>
      <Asked asked={asked} rows={3} />
      {items === undefined ? null : items.length === 0 ? (
        <EmptyNote text={receptions.none} />
      ) : (
        <table className="table cards" aria-label={receptions.title}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {items.map((one) => (
              <tr key={[one.station, one.day, one.from].join()}>
                <th scope="row">{times.day(one.day)}</th>
                <td data-label={columns.time}>
                  {one.from}–{one.until}
                </td>
                <td data-label={columns.station}>{one.stationName}</td>
                <td data-label={columns.place}>{one.place}</td>
                <td data-label={columns.deputies}>
                  {one.deputies.map(({ name, isAway }) => (isAway ? receptions.away(name) : name)).join("、")}
                  {one.isCancelled ? <span className="block">{receptions.cancelled}</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
