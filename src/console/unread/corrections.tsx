import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { sayTaken } from "../parts/say-taken.ts";
import { TableHead } from "../parts/table-head.tsx";

/** Shows how often messages were taken for one thing and were another, without a word of them. */
export function Corrections() {
  const words = useWords();
  const { unread } = words;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["corrections"],
    queryFn: async ({ signal }) => (await call("GET /unread/corrections", { signal })).body.items,
    retry: mayAskAgain,
  });
  const rows = asked.data ?? [];
  const { correctionColumns: columns } = unread;
  return (
    <section className="stuck" aria-labelledby="corrections">
      <h2 id="corrections">{unread.corrections}</h2>
      <p className="small">{unread.correctionsAbout}</p>
      <RefusalNote error={asked.error} again={() => void asked.refetch()} />
      {asked.isSuccess && rows.length === 0 ? <p>{unread.noCorrections}</p> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={unread.corrections}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {rows.map(({ decided, was, count, people }) => (
              <tr key={`${decided} ${was}`}>
                <th scope="row">{sayTaken(words, decided)}</th>
                <td data-label={columns.was}>{sayTaken(words, was)}</td>
                <td data-label={columns.count}>{count}</td>
                <td data-label={columns.people}>{people}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
