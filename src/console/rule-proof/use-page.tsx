import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { PagesNav } from "./pages-nav.tsx";

type Use = Answered<"GET /rules/use">["rules"][number];

const DAYS = ["30", "90", "180", "365"] as const;
const SOON_MS = 31 * 86_400_000;
/** From so many of a hundred on, and more than a few, people correct a rule rather than an exception. */
const OFTEN = 20;
const FEW = 3;

/** The page of the rules in force by use: how often each decided, how often a person moved the case afterwards, what ends soon. */
export function UsePage() {
  const { words, times } = useLanguage();
  const { ruleUse } = words;
  const { call } = useSession();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const days = DAYS.find((one) => one === search.days) ?? "90";
  const only =
    (Object.keys(ruleUse.onlys) as (keyof typeof ruleUse.onlys)[]).find((one) => one === search.only) ?? "all";
  const asked = useQuery({
    queryKey: ["rule-use", days],
    queryFn: async ({ signal }) => (await call("GET /rules/use", { query: { days }, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const today = times.dayOf(new Date());
  const isWanted = (one: Use): boolean => {
    if (only === "unused") return one.hits === 0;
    if (only === "moved") return one.movedAfter > 0;
    return only === "all" || isSoon(one, today);
  };
  const rules = (asked.data?.rules ?? []).filter(isWanted);
  const go = (change: { readonly days?: string; readonly only?: string }) =>
    void navigate({ to: "/rules/use", search: { days, only, ...change } });
  return (
    <>
      <h1>{ruleUse.title}</h1>
      <PagesNav />
      <div className="toolbar toolbar-start card">
        <NativeSelect
          label={ruleUse.days}
          value={days}
          data={DAYS.map((value) => ({ value, label: ruleUse.lastDays(Number(value)) }))}
          onChange={(event) => go({ days: event.currentTarget.value })}
        />
        <NativeSelect
          label={ruleUse.only}
          value={only}
          data={Object.entries(ruleUse.onlys).map(([value, label]) => ({ value, label }))}
          onChange={(event) => go({ only: event.currentTarget.value })}
        />
      </div>
      <Asked asked={asked} rows={6} />
      {asked.data === undefined ? null : asked.data.version === null ? (
        <EmptyNote text={ruleUse.none} />
      ) : (
        <>
          <p>{ruleUse.about(asked.data.version, times.day(asked.data.since))}</p>
          {rules.length === 0 ? (
            <EmptyNote text={ruleUse.empty} />
          ) : (
            <UseTable rules={rules} version={asked.data.version} today={today} />
          )}
        </>
      )}
    </>
  );
}

function UseTable(props: { readonly rules: readonly Use[]; readonly version: number; readonly today: string }) {
  const { words, times } = useLanguage();
  const { ruleUse } = words;
  const { columns } = ruleUse;
  const { version, today } = props;
  const listed = (rule: string, more: object) => ({ rule: `${version}/${rule}`, ...more });
  return (
    <table className="table cards" aria-label={ruleUse.title}>
      <TableHead names={Object.values(columns)} />
      <tbody>
        {props.rules.map(({ rule, order, hits, movedAfter, owner, reason, expires, changedIn }) => {
          const share = hits === 0 ? 0 : Math.round((movedAfter / hits) * 100);
          return (
            <tr key={rule}>
              <td data-label={columns.order} className="number">
                {order}
              </td>
              <th scope="row">
                {rule}
                <span className="small block">{reason}</span>
              </th>
              <td data-label={columns.hits} className="number">
                {hits === 0 ? (
                  <span className="mark mark-late">{ruleUse.unused}</span>
                ) : (
                  <Link to="/cases" search={listed(rule, {})}>
                    {ruleUse.cases(hits)}
                  </Link>
                )}
              </td>
              <td data-label={columns.moved} className="number">
                {movedAfter === 0 ? (
                  words.shell.nothing
                ) : (
                  <>
                    <Link to="/cases" search={listed(rule, { byHand: "true" })}>
                      {ruleUse.cases(movedAfter)}
                    </Link>{" "}
                    · {ruleUse.share(share)}{" "}
                    {share >= OFTEN && movedAfter >= FEW ? (
                      <span className="mark mark-late">{ruleUse.often}</span>
                    ) : null}
                  </>
                )}
              </td>
              <td data-label={columns.owner}>{owner}</td>
              <td data-label={columns.expires}>
                {expires === null ? ruleUse.forever : times.day(expires)}{" "}
                {expires === null || !isSoon({ expires }, today) ? null : (
                  <span className="mark mark-late">{expires < today ? ruleUse.over : ruleUse.soon}</span>
                )}
              </td>
              <td data-label={columns.changed}>
                <Link to="/rules/$number/review" params={{ number: String(changedIn) }}>
                  {ruleUse.changedIn(changedIn)}
                </Link>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function isSoon({ expires }: Pick<Use, "expires">, today: string): boolean {
  return expires !== null && Date.parse(expires) - Date.parse(today) < SOON_MS;
}
