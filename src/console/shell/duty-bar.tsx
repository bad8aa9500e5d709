import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { placeOf } from "../parts/marks.tsx";
import { useIsPageThere } from "./after-page.ts";
import { TakeUrgent } from "./take-urgent.tsx";

/** The urgent cases to which nobody says that they see, above every page of whoever is on duty; of everybody where nobody is. */
export function DutyBar() {
  const words = useWords();
  const { duty } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const isPageThere = useIsPageThere();
  const { data } = useQuery({
    queryKey: ["duty"],
    queryFn: async ({ signal }) => (await call("GET /duty", { signal })).body,
    refetchInterval: pollEvery,
    enabled: mayAsk(me, "GET /duty") && isPageThere,
    retry: mayAskAgain,
  });
  if (data === undefined || data.urgent.length === 0 || !(data.isOnDuty || data.isNobody)) return null;
  return (
    <section className="note note-refusal" role="alert">
      <p>
        <strong>{duty.bar(data.urgent.length)}</strong>
      </p>
      <ul>
        {data.urgent.map((row) => (
          <li key={row.number}>
            <Link className="number" to="/cases/$number" params={{ number: row.number }}>
              {row.number}
            </Link>{" "}
            {row.summary} <span className="small">{placeOf(row, words)}</span>{" "}
            <TakeUrgent number={row.number} onDone={() => void queries.invalidateQueries({ queryKey: ["duty"] })} />
          </li>
        ))}
      </ul>
    </section>
  );
}
