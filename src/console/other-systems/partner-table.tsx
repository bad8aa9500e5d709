import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import type { Partner } from "./partner.ts";

/** The table of other case systems, with the buttons that pause one, change it, or show what was exchanged. */
export function PartnerTable(props: {
  readonly items: readonly Partner[];
  readonly onChange: (partner: Partner) => void;
  readonly onShow: (partner: Partner) => void;
  readonly onChanged: () => void;
}) {
  const { words, times } = useLanguage();
  const { partners } = words;
  const { columns } = partners;
  const { me, call } = useSession();
  const { run, error } = useWorking();
  const key = useRef(newKey());
  const mayPause = mayAsk(me, "POST /partners/{name}/pause");
  const mayChange = mayAsk(me, "PUT /partners/{name}");
  const pause = async ({ name, etag, pausedAt }: Partner) => {
    const does = pausedAt === null ? "POST /partners/{name}/pause" : "POST /partners/{name}/resume";
    await run(async () => {
      await call(does, { params: { name }, body: {}, etag, key: key.current });
    });
    key.current = newKey();
    props.onChanged();
  };
  return (
    <>
      <RefusalNote error={error} />
      <table className="table cards" aria-label={partners.title}>
        <TableHead names={Object.values(columns)} />
        <tbody>
          {props.items.map((one) => (
            <tr key={one.name}>
              <th scope="row">
                {one.name}
                <span className="small block">{partners.types[one.type]}</span>
                <span className="small block">{partners.unit(one.unitName)}</span>
              </th>
              <td data-label={columns.state}>
                <State partner={one} />
              </td>
              <td data-label={columns.messages}>
                {partners.counts(one.waiting, one.sent)}
                {one.failed === 0 ? null : <span className="mark mark-late">{partners.gaveUp(one.failed)}</span>}
              </td>
              <td data-label={columns.last}>
                <span className="block">
                  {partners.lastSent(one.lastSentAt === null ? partners.never : times.moment(one.lastSentAt))}
                </span>
                <span className="block">
                  {partners.lastHeard(one.lastHeardAt === null ? partners.never : times.moment(one.lastHeardAt))}
                </span>
              </td>
              <td data-label={columns.acts} className="acts">
                <RowDeed does={partners.exchanges} row={one.name} onClick={() => props.onShow(one)} />
                {mayPause ? (
                  <RowDeed
                    does={one.pausedAt === null ? partners.pause : partners.resume}
                    row={one.name}
                    onClick={() => void pause(one)}
                  />
                ) : null}
                {mayChange ? (
                  <RowDeed does={partners.change} row={one.name} onClick={() => props.onChange(one)} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function State({ partner }: { readonly partner: Partner }) {
  const { words, times } = useLanguage();
  const { partners } = words;
  const { pausedAt, restsUntil, failures } = partner;
  if (pausedAt !== null) return <span className="mark mark-late">{partners.pausedSince(times.moment(pausedAt))}</span>;
  if (restsUntil !== null) return <span className="mark mark-late">{partners.rests(times.moment(restsUntil))}</span>;
  return (
    <>
      {partners.inUse}
      {failures === 0 ? null : <span className="small block">{partners.failures(failures)}</span>}
    </>
  );
}
