import { Link } from "@tanstack/react-router";
import type { Answered } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { paramsOf } from "../parts/filter.ts";

/** A figure as the API tells it. */
export type Figure = Answered<"GET /figures">["groups"][number]["figures"][number];
/** The definition of a figure. */
export type Definition = Answered<"GET /figures/definitions">["items"][number];

/** The number of a figure: a link to its cases where there is a list of them. */
export function ValueCell({ figure, definition }: { readonly figure: Figure; readonly definition: Definition }) {
  const { statistics } = useWords();
  if (figure.isHidden) return <span className="small">{statistics.hidden}</span>;
  if (figure.value === null) return <span className="small">{statistics.none}</span>;
  const said = statistics.amount[definition.unit](figure.value);
  if (figure.opens === null || figure.value === 0) return <span>{said}</span>;
  return (
    <Link to="/cases" search={paramsOf(figure.opens)} aria-label={statistics.opens(definition.name, said)}>
      {said}
    </Link>
  );
}

/** The same of the year before. */
export function BeforeCell({ figure, definition }: { readonly figure: Figure; readonly definition: Definition }) {
  const { statistics } = useWords();
  if (figure.before === null) return <span className="small">{statistics.noBefore}</span>;
  if (figure.before.isHidden) return <span className="small">{statistics.hidden}</span>;
  if (figure.before.value === null) return <span className="small">{statistics.none}</span>;
  return <span>{statistics.amount[definition.unit](figure.before.value)}</span>;
}
