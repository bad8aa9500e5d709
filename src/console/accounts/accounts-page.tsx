import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { type Account, AccountDialog, type Platform } from "./account-dialog.tsx";
import { labelOf } from "./option-words.ts";
import { TestDialog } from "./test-dialog.tsx";

/** The county's accounts at platforms: settings, which secrets there are, whether the platform refuses them. */
export function AccountsPage() {
  const { words, times, locale } = useLanguage();
  const { accounts } = words;
  const { me, call } = useSession();
  const [chosen, setChosen] = useState<Account | "new" | null>(null);
  const [tested, setTested] = useState<Account | null>(null);
  const [isSaved, setSaved] = useState(false);
  const asked = useQuery({
    queryKey: ["accounts"],
    queryFn: async ({ signal }) => (await call("GET /accounts", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const rows = asked.data?.items ?? [];
  const platforms = asked.data?.platforms ?? [];
  const { columns } = accounts;
  const mayChange = mayAsk(me, "PUT /accounts/{channel}/{name}");
  const mayTest = mayAsk(me, "POST /accounts/{channel}/{name}/test");
  return (
    <>
      <h1>{accounts.title}</h1>
      <p className="small">{accounts.about}</p>
      {mayChange && asked.data !== undefined ? (
        <p>
          <button type="button" className="deed" onClick={() => setChosen("new")}>
            ＋ {accounts.add}
          </button>
        </p>
      ) : null}
      {isSaved ? <DoneNote text={accounts.saved} /> : null}
      <Asked asked={asked} rows={3} />
      {asked.isSuccess && rows.length === 0 ? <EmptyNote text={accounts.empty} /> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={accounts.title}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.channel}/${row.name}`}>
                <th scope="row">
                  {row.name}
                  <span className="small block">{nameOf(platforms, row.channel, locale)}</span>
                </th>
                <td data-label={columns.settings}>
                  {Object.entries(row.settings).map(([name, value]) => (
                    <span key={name} className="block">
                      {labelOf(words, row.channel, { name })}: {choiceOf(accounts.choices, name, value)}
                    </span>
                  ))}
                </td>
                <td data-label={columns.secrets}>
                  {row.secrets.length === 0 ? accounts.noSecrets : null}
                  {row.secrets.map(({ name, setAt }) => (
                    <span key={name} className="block">
                      {accounts.setOn(labelOf(words, row.channel, { name }), times.moment(setAt))}
                    </span>
                  ))}
                </td>
                <td data-label={columns.state}>
                  {row.refusedUntil === null ? accounts.fine : accounts.refused(times.moment(row.refusedUntil))}
                  <Link className="small block" to="/deliveries" search={{ account: `${row.channel}/${row.name}` }}>
                    {accounts.waiting(row.undelivered)}
                  </Link>
                </td>
                <td data-label={columns.acts} className="acts">
                  {mayChange ? (
                    <RowDeed does={accounts.change} row={row.name} onClick={() => setChosen(row)} />
                  ) : (
                    words.shell.nothing
                  )}
                  {mayTest ? <RowDeed does={accounts.test} row={row.name} onClick={() => setTested(row)} /> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {tested === null ? null : <TestDialog account={tested} onClose={() => setTested(null)} />}
      {chosen === null ? null : (
        <AccountDialog
          account={chosen === "new" ? null : chosen}
          platforms={platforms}
          onDone={() => {
            setChosen(null);
            setSaved(true);
            void asked.refetch();
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

/** What people call a platform, in the reader's language. */
function nameOf(
  platforms: readonly Platform[],
  type: string,
  locale: Platform["names"] extends Record<infer L, string> ? L : never,
): string {
  return platforms.find((one) => one.type === type)?.names[locale] ?? type;
}

function choiceOf(choices: Readonly<Record<string, string>>, name: string, value: string): string {
  return choices[`${name}/${value}`] ?? value;
}
