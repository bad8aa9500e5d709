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
import { type Account, AccountDialog } from "./account-dialog.tsx";
import { TestDialog } from "./test-dialog.tsx";

/** The county's accounts at platforms: settings, which secrets there are, whether the platform refuses them. */
export function AccountsPage() {
  const { words, times } = useLanguage();
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
                  <span className="small block">{row.channel}</span>
                </th>
                <td data-label={columns.settings}>
                  {Object.entries(row.settings).map(([name, value]) => (
                    <span key={name} className="block">
                      {fieldOf(accounts.fields, name)}:{" "}
                      {name === "replies" ? repliesOf(accounts.replies, value) : value}
                    </span>
                  ))}
                </td>
                <td data-label={columns.secrets}>
                  {row.secrets.length === 0 ? accounts.noSecrets : null}
                  {row.secrets.map(({ name, setAt }) => (
                    <span key={name} className="block">
                      {accounts.setOn(fieldOf(accounts.fields, name), times.moment(setAt))}
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
          channels={asked.data?.channels ?? []}
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

/** The word for a setting or a secret; what has none stays its name. */
function fieldOf(fields: Readonly<Record<string, string>>, name: string): string {
  return fields[name] ?? name;
}

function repliesOf(replies: Readonly<Record<string, string>>, value: string): string {
  return replies[value] ?? value;
}
