import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { DecideDialog } from "./decide-dialog.tsx";

/** Shows what came and could not be processed, without a word of it; an operator tries it again or puts it aside. */
export function StuckMessages() {
  const { words, times } = useLanguage();
  const { deliveries } = words;
  const { me, call } = useSession();
  const [chosen, setChosen] = useState<{ readonly id: string; readonly action: "retry" | "put-aside" } | null>(null);
  const [done, setDone] = useState<"retry" | "put-aside" | null>(null);
  const asked = useQuery({
    queryKey: ["stuck"],
    queryFn: async ({ signal }) => (await call("GET /stuck", { signal })).body.items,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const rows = asked.data ?? [];
  const mayAct = mayAsk(me, "POST /stuck/{id}/retry");
  const { stuckColumns: columns } = deliveries;
  return (
    <section className="stuck" aria-labelledby="stuck">
      <h2 id="stuck">{deliveries.stuck}</h2>
      <p className="small">{deliveries.stuckAbout}</p>
      {done === null ? null : <DoneNote text={deliveries.done[done]} />}
      <RefusalNote error={asked.error} again={() => void asked.refetch()} />
      {asked.isSuccess && rows.length === 0 ? <p>{deliveries.noStuck}</p> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={deliveries.stuck}>
          <thead>
            <tr>
              {[columns.id, columns.state, columns.since, columns.tries, columns.reason].map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
              {mayAct ? <th scope="col">{columns.acts}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" className="number">
                  {row.id}
                </th>
                <td data-label={columns.state}>
                  {row.danger ? <span className="mark mark-danger">{deliveries.danger} </span> : null}
                  {deliveries.stuckState[row.state]}
                </td>
                <td data-label={columns.since} className="number">
                  {times.moment(row.since)}
                </td>
                <td data-label={columns.tries}>{row.tries}</td>
                <td data-label={columns.reason}>{row.reason ?? words.shell.nothing}</td>
                {mayAct ? (
                  <td data-label={columns.acts} className="acts">
                    {row.state === "stuck" || row.state === "failing" ? (
                      <button type="button" className="deed" onClick={() => setChosen({ id: row.id, action: "retry" })}>
                        {deliveries.stuckRetry}
                      </button>
                    ) : null}{" "}
                    {row.state === "waiting" ? null : (
                      <button
                        type="button"
                        className="deed"
                        onClick={() => setChosen({ id: row.id, action: "put-aside" })}
                      >
                        {deliveries.putAside}
                      </button>
                    )}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen === null ? null : (
        <DecideDialog
          about={{ kind: "stuck", id: chosen.id, isUncertain: false }}
          action={chosen.action}
          onClose={() => setChosen(null)}
          onDone={() => {
            setDone(chosen.action);
            setChosen(null);
            void asked.refetch();
          }}
        />
      )}
    </section>
  );
}
