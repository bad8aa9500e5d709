import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useWords } from "../client/language.tsx";
import { type Errand, isGoing } from "../parts/errand.ts";
import { WrongNote } from "../parts/notes.tsx";

type Result = { readonly number: string; readonly code: string };

/** A list of what became of each of many cases, as far as it is known. */
export function Results({ errand, onClose }: { readonly errand: Errand | undefined; readonly onClose: () => void }) {
  const { lists, shell, refusals } = useWords();
  const results = (errand?.answer as { readonly results?: readonly Result[] } | null | undefined)?.results ?? [];
  const says: Readonly<Record<string, string>> = { ...refusals.byCode, ...lists.code };
  return (
    <div className="stack">
      {errand === undefined || isGoing(errand) ? (
        <p role="status">{lists.running(errand?.done ?? 0, String(errand?.total ?? "…"))}</p>
      ) : null}
      {errand?.problem == null ? null : <WrongNote text={`${lists.failed} ${errand.problem.detail}`} />}
      {results.length === 0 ? null : (
        <>
          <h3>{lists.results}</h3>
          <ul className="many-results">
            {results.map(({ number, code }) => (
              <li key={number}>
                <Link className="number" to="/cases/$number" params={{ number }}>
                  {number}
                </Link>{" "}
                {says[code] ?? says.wrong}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="buttons">
        <Button variant="default" onClick={onClose}>
          {shell.close}
        </Button>
      </div>
    </div>
  );
}
