import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { readPeriod } from "../../domain/figures/period.ts";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import { filterOfParams, type StatisticsParams } from "./params.ts";

type Errand = Answered<"GET /errands">["items"][number];
/** What was asked for, and the fingerprint of the figures once they are counted. */
type Told = { readonly period?: string; readonly format?: "xlsx" | "pdf"; readonly hash?: string };

const LOOK_MS = 1500;

/** Asks for reports of what is shown, and lists those that one asked for, with their files. */
export function Reports({ params, period }: { readonly params: StatisticsParams; readonly period: string }) {
  const { words, locale } = useLanguage();
  const { statistics } = words;
  const { call } = useSession();
  const { run, isBusy, error } = useWorking();
  const made = useQuery({
    queryKey: ["reports"],
    queryFn: async ({ signal }) => (await call("GET /errands", { query: { kind: "report" }, signal })).body.items,
    retry: mayAskAgain,
    refetchInterval: ({ state }) => (state.data?.some(isPending) === true ? LOOK_MS : false),
  });
  const ask = (format: "xlsx" | "pdf") =>
    run(async () => {
      const filter = filterOfParams(params) as Parameters<typeof call<"POST /reports">>[1]["body"]["filter"];
      const body = { period, filter, format, lang: locale === "en" ? ("en" as const) : ("zh" as const) };
      await call("POST /reports", { body: params.by === undefined ? body : { ...body, by: params.by }, key: newKey() });
      await made.refetch();
    });
  const rows = made.data ?? [];
  return (
    <section className="figures" aria-labelledby="reports">
      <h2 id="reports">{statistics.reports.title}</h2>
      <p className="small">{statistics.reports.about}</p>
      <p className="acts">
        <Button variant="default" disabled={isBusy} onClick={() => void ask("xlsx")}>
          {statistics.reports.ask.xlsx}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => void ask("pdf")}>
          {statistics.reports.ask.pdf}
        </Button>
      </p>
      <RefusalNote error={error ?? made.error} />
      {rows.length === 0 ? null : (
        <table className="table cards" aria-labelledby="reports">
          <TableHead names={Object.values(statistics.reports.columns)} />
          <tbody>
            {rows.map((errand) => (
              <ReportRow key={errand.id} errand={errand} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ReportRow({ errand }: { readonly errand: Errand }) {
  const { words, times } = useLanguage();
  const { statistics } = words;
  const { columns } = statistics.reports;
  const asked = errand.asked as Told;
  const { hash } = (errand.answer ?? {}) as Told;
  const period = readPeriod(asked.period ?? "");
  const format = statistics.reports.format[asked.format ?? "xlsx"];
  return (
    <tr>
      <th scope="row">{period === null ? words.shell.nothing : statistics.period(period)}</th>
      <td data-label={columns.format}>{format}</td>
      <td data-label={columns.made} className="number">
        {times.moment(errand.madeAt)}
      </td>
      <td data-label={columns.hash}>{hash === undefined ? words.shell.nothing : hash.slice(0, 12)}</td>
      <td data-label={columns.file}>
        {errand.file === null ? (
          <span role="status">{statistics.reports.state[errand.state]}</span>
        ) : (
          <a href={`/api/v1/errands/${errand.id}/file`} download={errand.file.name}>
            ⇩ {statistics.reports.download(format)}
          </a>
        )}
      </td>
    </tr>
  );
}

function isPending({ state }: Errand): boolean {
  return state === "waiting" || state === "running";
}
