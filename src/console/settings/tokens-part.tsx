import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { TokenDialog } from "./token-dialog.tsx";

type Token = Answered<"GET /tokens">["items"][number];

/** The keys of programs: which there are, made and revoked. */
export function TokensPart() {
  const { words, times } = useLanguage();
  const { settings, shell } = words;
  const { me, call } = useSession();
  const [isMaking, setMaking] = useState(false);
  const [ending, setEnding] = useState<Token | null>(null);
  const asked = useQuery({
    queryKey: ["tokens"],
    queryFn: async ({ signal }) => (await call("GET /tokens", { signal })).body.items,
    retry: mayAskAgain,
  });
  const rows = (asked.data ?? []).toReversed();
  const mayChange = mayAsk(me, "POST /tokens");
  const { tokenColumns: columns, token } = settings;
  const stateOf = ({ revokedAt, expiresAt }: Token): string => {
    if (revokedAt !== null) return token.revoked(times.moment(revokedAt));
    if (expiresAt === null) return token.active;
    return new Date(expiresAt) <= new Date() ? token.expired : token.until(times.moment(expiresAt));
  };
  return (
    <>
      <p>{settings.tokensAbout}</p>
      {mayChange ? (
        <p>
          <button type="button" className="deed" onClick={() => setMaking(true)}>
            ＋ {settings.addToken}
          </button>
        </p>
      ) : null}
      <Asked asked={asked} rows={3} />
      {asked.isSuccess && rows.length === 0 ? <EmptyNote text={settings.noTokens} /> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={settings.parts.tokens}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td data-label={columns.role}>{shell.roles[one.role]}</td>
                <td data-label={columns.sealed}>{one.sealed ? token.sealed : token.open}</td>
                <td data-label={columns.made}>{times.moment(one.createdAt)}</td>
                <td data-label={columns.used}>
                  {one.lastUsedAt === null ? token.never : times.moment(one.lastUsedAt)}
                </td>
                <td data-label={columns.state}>{stateOf(one)}</td>
                <td data-label={columns.acts} className="acts">
                  {mayChange && one.revokedAt === null ? (
                    <RowDeed does={token.end} row={one.name} onClick={() => setEnding(one)} />
                  ) : (
                    shell.nothing
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isMaking ? <TokenDialog onMade={() => void asked.refetch()} onClose={() => setMaking(false)} /> : null}
      {ending === null ? null : (
        <RemoveDialog
          text={token.endTitle(ending.name)}
          doIt={token.endGo}
          onRemove={async (key) => {
            await call("DELETE /tokens/{id}", { params: { id: ending.id }, key });
          }}
          onDone={() => {
            setEnding(null);
            void asked.refetch();
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}
