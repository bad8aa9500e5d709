import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { HeldList } from "./held-list.tsx";
import type { Unit } from "./unit.ts";
import { UnitDialog } from "./unit-dialog.tsx";

/** The units that work on cases: who speaks for each in chat, what each holds, and what is due first. */
export function UnitsPage() {
  const { words } = useLanguage();
  const { units } = words;
  const { call } = useSession();
  const [open, setOpen] = useState<string | null>(null);
  const asked = useQuery({
    queryKey: ["units-work"],
    queryFn: async ({ signal }) => (await call("GET /units/work", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const items = asked.data?.items ?? [];
  const opened = items.find(({ code }) => code === open);
  return (
    <>
      <h1>{units.title}</h1>
      <p>{units.text}</p>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={6} isLoading={asked.isPending} />
      {asked.isSuccess && items.length === 0 ? <EmptyNote text={units.none} /> : null}
      {items.length === 0 ? null : <UnitTable items={items} onOpen={setOpen} />}
      {items.length === 0 ? null : <HeldList title={units.heldAll} />}
      {opened === undefined ? null : (
        <UnitDialog unit={opened} onClose={() => setOpen(null)} onChanged={() => void asked.refetch()} />
      )}
    </>
  );
}

function UnitTable({ items, onOpen }: { readonly items: readonly Unit[]; readonly onOpen: (code: string) => void }) {
  const { words, times } = useLanguage();
  const { units } = words;
  const { columns } = units;
  const counts = ["waiting", "sent", "accepted", "reported", "late"] as const;
  return (
    <table className="table cards" aria-label={units.title}>
      <thead>
        <tr>
          {Object.entries(columns).map(([code, name]) => (
            <th scope="col" key={code}>
              {name}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{units.open}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((unit) => (
          <tr key={unit.code}>
            <th scope="row">
              {unit.name}
              {unit.phone === null ? null : <span className="small block">{units.phone(unit.phone)}</span>}
              {unit.untilOn === null ? null : (
                <span className="small block">{units.ended(times.day(unit.untilOn))}</span>
              )}
            </th>
            <td data-label={columns.chats}>
              {units.people(unit.chats.length)}
              {unit.openCodes === 0 ? null : <span className="small block">{units.codes(unit.openCodes)}</span>}
            </td>
            {counts.map((one) => (
              <td key={one} data-label={columns[one]} className="number">
                {one === "late" && unit.late > 0 ? <span className="mark mark-late">{unit.late}</span> : unit[one]}
              </td>
            ))}
            <td data-label={columns.asks} className="number">
              {unit.asksForTime}
            </td>
            <td>
              <RowDeed does={units.open} row={unit.name} onClick={() => onOpen(unit.code)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
