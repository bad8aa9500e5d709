import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { placeOf } from "../parts/marks.tsx";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";

/** The list of what units hold, or one unit does: each case with how far it is and by when it is due. */
export function HeldList({ title, unit }: { readonly title: string; readonly unit?: string }) {
  const { words, times } = useLanguage();
  const { units } = words;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["handovers", unit ?? ""],
    queryFn: async ({ signal }) =>
      (await call("GET /handovers", { query: unit === undefined ? {} : { unit }, signal })).body,
    retry: mayAskAgain,
  });
  const today = times.dayOf(new Date());
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={3} isLoading={asked.isPending} />
      {asked.data?.items.length === 0 ? <EmptyNote text={units.noneHeld} /> : null}
      <ul className="today">
        {asked.data?.items.map((one) => (
          <li key={`${one.case.number}-${one.unit.code}`} className="line line-waits">
            <p>
              <Link className="number" to="/cases/$number" params={{ number: one.case.number }}>
                {one.case.number}
              </Link>{" "}
              {one.case.summary}
            </p>
            <p className="small">
              {placeOf(one.case, words)} · {units.to(one.unit.name, units.state[one.state])} ·{" "}
              {one.dueOn < today && one.state !== "reported" ? (
                <span className="mark mark-late">{units.dueOn(times.day(one.dueOn))}</span>
              ) : (
                units.dueOn(times.day(one.dueOn))
              )}
              {one.askedUntil === null ? "" : ` · ${units.asksUntil(times.day(one.askedUntil))}`}
              {one.hasChat ? "" : ` · ${units.noChat}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
