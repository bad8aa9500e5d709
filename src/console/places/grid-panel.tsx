import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Skeleton } from "../parts/notes.tsx";
import { PageFailure } from "../shell/failures.tsx";

/** A grid beside the map: its people, names, last cases and figures. */
export function GridPanel(props: {
  readonly code: string;
  readonly onPosters: () => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { places } = words;
  const { me, call } = useSession();
  const { code } = props;
  const asked = useQuery({
    queryKey: ["grid", code],
    queryFn: async ({ signal }) => (await call("GET /grids/{code}", { params: { code }, signal })).body,
    retry: mayAskAgain,
  });
  const grid = asked.data;
  const endOf = (day: string | null) => (day === null ? [] : [`${places.untilOn}: ${times.day(day)}`]);
  const names = grid === undefined ? [] : [...grid.aliases, ...grid.places];
  return (
    <aside className="card grid-panel" aria-label={places.panel}>
      <button type="button" className="plain-button panel-close" onClick={props.onClose} aria-label={places.close}>
        ✕
      </button>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={5} isLoading={asked.isPending} />
      {grid === undefined ? null : (
        <>
          <h2>{grid.name}</h2>
          <p className="small">
            {[grid.code, grid.township, grid.community, grid.station?.name, ...endOf(grid.untilOn)]
              .filter((one) => one != null && one !== "")
              .join(" · ")}
          </p>
          <h3>{places.people}</h3>
          {grid.people.length === 0 ? <p>{places.nobody}</p> : null}
          <ul className="plain-list">
            {grid.people.map((one) => (
              <li key={`${one.code} ${one.at} ${one.role}`}>
                <Link to="/people/$code" params={{ code: one.code }}>
                  {one.name}
                </Link>{" "}
                <span className="small">
                  {places.at[one.at]} · {places.roles[one.role]}
                  {one.awayUntil === null ? null : ` · ${places.away(times.day(one.awayUntil))}`}
                  {one.hasChat ? null : ` · ${places.noChat}`}
                </span>
              </li>
            ))}
          </ul>
          {names.length === 0 ? null : (
            <>
              <h3>{places.otherNames}</h3>
              <p>{names.join(" · ")}</p>
            </>
          )}
          {grid.figures === null ? null : (
            <>
              <h3>{places.figures}</h3>
              <p>
                {grid.figures.isHidden || grid.figures.open === null || grid.figures.received === null
                  ? places.hidden
                  : places.figuresText(grid.figures.open, grid.figures.received)}{" "}
                {grid.figures.medianDays === null ? null : places.medianText(grid.figures.medianDays)}
              </p>
            </>
          )}
          {grid.lastCases === null ? null : (
            <>
              <h3>{places.lastCases}</h3>
              {grid.lastCases.length === 0 ? <p>{places.noCases}</p> : null}
              <ul className="plain-list">
                {grid.lastCases.map(({ number, summary, receivedAt }) => (
                  <li key={number}>
                    <Link to="/cases/$number" params={{ number }}>
                      {summary === "" ? number : summary}
                    </Link>{" "}
                    <span className="small">{times.moment(receivedAt)}</span>
                  </li>
                ))}
              </ul>
              {grid.lastCases.length === 0 ? null : (
                <p>
                  <Link to="/cases" search={{ grid: [grid.code] }}>
                    {places.whole}
                  </Link>
                </p>
              )}
            </>
          )}
          {mayAsk(me, "POST /posters") ? (
            <p className="buttons">
              <button type="button" className="deed" onClick={props.onPosters}>
                {places.posterOf}
              </button>
            </p>
          ) : null}
        </>
      )}
    </aside>
  );
}
