import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import type { Partner } from "./partner.ts";

/** The latest exchanges with another case system, without a word of what was said. */
export function ExchangesDialog({ partner, onClose }: { readonly partner: Partner; readonly onClose: () => void }) {
  const { words, times } = useLanguage();
  const { partners } = words;
  const { call } = useSession();
  const { name } = partner;
  const asked = useQuery({
    queryKey: ["partner-exchanges", name],
    queryFn: async ({ signal }) => (await call("GET /partners/{name}/exchanges", { params: { name }, signal })).body,
    retry: mayAskAgain,
  });
  const columns = partners.exchangeColumns;
  const items = asked.data?.items ?? [];
  return (
    <Dialog title={partners.exchangesTitle(partner.unitName)} onClose={onClose}>
      <p className="small">{partners.exchangesText}</p>
      <p className="small">
        {partners.reply} <span className="secret">{partner.reply}</span>
      </p>
      <Asked asked={asked} rows={3} />
      {asked.isSuccess && items.length === 0 ? <EmptyNote text={partners.noExchanges} /> : null}
      {items.length === 0 ? null : (
        <table className="table cards" aria-label={partners.exchangesTitle(partner.unitName)}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <th scope="row">{times.moment(one.at)}</th>
                <td data-label={columns.direction}>{partners.directions[one.direction]}</td>
                <td data-label={columns.outcome}>
                  {partners.outcomes[one.outcome]}
                  {one.reason === null ? null : <span className="small block">{one.reason}</span>}
                </td>
                <td data-label={columns.case}>{one.case ?? words.shell.nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
