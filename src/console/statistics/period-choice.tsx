import { Link } from "@tanstack/react-router";
import { nextTo, PERIOD_KINDS, type Period, periodOf } from "../../domain/figures/period.ts";
import { useWords } from "../client/language.tsx";
import type { StatisticsParams } from "./params.ts";

/** Chooses the kind of a period, and the one before or behind. */
export function PeriodChoice(props: {
  readonly period: Period;
  readonly today: string;
  readonly params: StatisticsParams;
}) {
  const { statistics } = useWords();
  const { period, today, params } = props;
  const [before, behind] = [nextTo(period, -1), nextTo(period, 1)];
  return (
    <>
      <nav className="presets" aria-label={statistics.kinds}>
        {PERIOD_KINDS.flatMap((kind) => {
          if (kind === "span") return [];
          // From the days that are shown; where today is among them, the period of today.
          const on =
            period.from <= today && today <= period.until ? today : period.until < today ? period.until : period.from;
          return (
            <Link
              key={kind}
              to="/statistics"
              search={{ ...params, period: periodOf(kind, on).code }}
              aria-current={kind === period.kind ? "true" : undefined}
            >
              {statistics.kind[kind]}
            </Link>
          );
        })}
      </nav>
      <div className="period">
        {before === null ? null : (
          <Link className="deed" to="/statistics" search={{ ...params, period: before.code }}>
            ‹ {statistics.earlier}
          </Link>
        )}
        <h2 className="period-name">{statistics.period(period)}</h2>
        {behind === null || behind.from > today ? null : (
          <Link className="deed" to="/statistics" search={{ ...params, period: behind.code }}>
            {statistics.later} ›
          </Link>
        )}
      </div>
    </>
  );
}
