import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { PageFailure } from "../shell/failures.tsx";
import type { Imported } from "./checked.ts";
import { UndoCard } from "./undo-card.tsx";

/** The imports of the last seven days, of which those of the last day can be undone after a look. */
export function History({ latest }: { readonly latest: string | undefined }) {
  const { words, times } = useLanguage();
  const { imports } = words;
  const { call } = useSession();
  const [undoing, setUndoing] = useState<Imported | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["imports"],
    queryFn: async ({ signal }) => (await call("GET /imports", { signal })).body.items,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  useEffect(() => {
    if (latest === "done") void refetch();
  }, [latest, refetch]);
  const madeAt = (id: string) => {
    const found = data?.find((one) => one.id === id);
    return found === undefined ? "" : times.moment(found.at);
  };
  const undoingOf = (id: string) => data?.find(({ undoes }) => undoes === id);
  const isUndone = ({ id }: Imported) => {
    const by = undoingOf(id);
    return by !== undefined && undoingOf(by.id) === undefined;
  };
  return (
    <section aria-label={imports.history} className="block">
      <h2>{imports.history}</h2>
      {error === null ? null : <PageFailure error={error} again={() => void refetch()} />}
      <Skeleton rows={3} isLoading={isPending} />
      {undoing === null ? null : (
        <UndoCard key={undoing.id} one={undoing} onDone={() => void refetch()} onClose={() => setUndoing(null)} />
      )}
      {data?.length === 0 ? <EmptyNote text={imports.noHistory} /> : null}
      {data === undefined || data.length === 0 ? null : (
        <table className="table cards" aria-label={imports.history}>
          <TableHead names={[imports.at, imports.by, imports.file, imports.rows, imports.undoColumn]} />
          <tbody>
            {data.map((one) => (
              <tr key={one.id}>
                <th scope="row">{times.moment(one.at)}</th>
                <td data-label={imports.by}>{one.by}</td>
                <td data-label={imports.file}>
                  {one.undoes === null ? one.files.join(", ") : imports.didUndo(madeAt(one.undoes))}
                </td>
                <td data-label={imports.rows}>{one.rows.toLocaleString("en")}</td>
                <td data-label={imports.undoColumn}>
                  {one.cannotUndo !== null ? (
                    <span className="small">
                      {isUndone(one) ? imports.isUndone : imports.cannotUndo[one.cannotUndo]}
                    </span>
                  ) : (
                    <>
                      <RowDeed does={imports.undo} row={times.moment(one.at)} onClick={() => setUndoing(one)} />{" "}
                      {one.undoUntil === null ? null : (
                        <span className="small">{imports.undoUntil(times.moment(one.undoUntil))}</span>
                      )}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
