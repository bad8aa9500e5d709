import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { periodOf, readPeriod } from "../../domain/figures/period.ts";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";
import { ByPart } from "./by-part.tsx";
import { FigureTables } from "./figure-tables.tsx";
import { figuresQuery, PARTS, type Part, readStatisticsParams, type StatisticsParams } from "./params.ts";
import { PeriodChoice } from "./period-choice.tsx";
import { Reports } from "./reports.tsx";
import { CountingNote, useFigures } from "./use-figures.tsx";

/** Shows the figures of a period: each a link to its cases, each with how it is computed, and reports of all of them. */
export function StatisticsPage() {
  const { words, locale, times } = useLanguage();
  const { statistics } = words;
  const { call } = useSession();
  const navigate = useNavigate();
  const params = readStatisticsParams(useSearch({ strict: false }));
  const today = times.dayOf(new Date());
  const period = params.period ?? periodOf("month", today).code;
  const shown = readPeriod(period);
  const lang = locale === "en" ? "en" : "zh";
  const go = (next: StatisticsParams) => void navigate({ to: "/statistics", search: next });
  const definitions = useQuery({
    queryKey: ["figure-definitions", lang],
    queryFn: async ({ signal }) => (await call("GET /figures/definitions", { query: { lang }, signal })).body,
    retry: mayAskAgain,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const query = figuresQuery(params, period);
  const figures = useFigures(query);
  const { data } = figures;
  const all = data?.groups[0]?.figures ?? [];
  const isEmpty = all.some(({ code, value }) => code === "received" && value === 0);
  const error = figures.error ?? definitions.error;
  return (
    <>
      <h1>{statistics.title}</h1>
      {shown === null ? null : <PeriodChoice period={shown} today={today} params={params} />}
      <div className="toolbar toolbar-start">
        <NativeSelect
          label={statistics.by}
          value={params.by ?? ""}
          data={[
            { value: "", label: statistics.byNothing },
            ...PARTS.map((value) => ({ value, label: statistics.parts[value] })),
          ]}
          onChange={(event) => {
            const by = PARTS.find((one) => one === event.currentTarget.value);
            const { by: _by, ...rest } = params;
            go(by === undefined ? rest : { ...rest, by });
          }}
        />
        <ul className="chips">
          {PARTS.filter((part) => params[part] !== undefined).map((part) => (
            <Narrowed key={part} part={part} params={params} onChange={go} />
          ))}
        </ul>
      </div>
      {error === null ? null : <PageFailure error={error} again={() => void figures.refetch()} />}
      <CountingNote counting={figures.counting} />
      <Skeleton rows={8} isLoading={figures.isPending || definitions.isPending} />
      {data === undefined || definitions.data === undefined ? null : (
        <div className={figures.isPlaceholderData ? "greyed" : undefined}>
          <p className="small">
            {statistics.asOf(times.moment(data.asOf))} ·{" "}
            {statistics.before(times.day(data.before.from), times.day(data.before.until))} ·{" "}
            {definitions.data.everywhere}
          </p>
          {isEmpty ? <EmptyNote text={statistics.empty} /> : null}
          {params.by === undefined ? null : (
            <ByPart by={params.by} params={params} period={period} definitions={definitions.data.items} />
          )}
          <FigureTables figures={all} definitions={definitions.data.items} />
        </div>
      )}
      {shown === null ? null : <Reports params={params} period={period} />}
    </>
  );
}

function Narrowed(props: {
  readonly part: Part;
  readonly params: StatisticsParams;
  readonly onChange: (params: StatisticsParams) => void;
}) {
  const { words } = useLanguage();
  const { part, params, onChange } = props;
  const said = `${words.statistics.parts[part]}: ${params[part] === "none" ? words.cases.none : params[part]}`;
  return (
    <li className="chip">
      {said}
      <button
        type="button"
        aria-label={words.cases.remove(said)}
        onClick={() => {
          const { [part]: _gone, ...rest } = params;
          onChange(rest);
        }}
      >
        ✕
      </button>
    </li>
  );
}
