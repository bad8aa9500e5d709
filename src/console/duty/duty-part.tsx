import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DoneNote, EmptyNote, Skeleton } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { PageFailure } from "../shell/failures.tsx";
import { DutyChat } from "./duty-chat.tsx";
import { RemoveShiftDialog } from "./remove-shift-dialog.tsx";
import { ShiftDialog } from "./shift-dialog.tsx";

type Shift = Answered<"GET /duty">["shifts"][number];

/** The roster: who is on duty for urgent cases, where and when; and the own chat in which one is told. */
export function DutyPart() {
  const { words, times } = useLanguage();
  const { duty, settings } = words;
  const { me, call } = useSession();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Shift | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const asked = useQuery({
    queryKey: ["duty"],
    queryFn: async ({ signal }) => (await call("GET /duty", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const { data } = asked;
  const mayChange = mayAsk(me, "POST /duty/shifts");
  const { acts, chat, ...columns } = duty.columns;
  const placeName = ({ station }: Shift) => station?.name ?? duty.office;
  const hasChat = (id: string) => data?.people.find((one) => one.id === id)?.hasChat === true;
  const close = (said: string) => {
    setAdding(false);
    setRemoved(null);
    setDone(said);
    void asked.refetch();
  };
  return (
    <>
      <p>{duty.text}</p>
      {data?.isNobody === true ? <p className="note note-banner">{duty.nobody}</p> : null}
      {mayChange ? (
        <p>
          <button type="button" className="deed" onClick={() => setAdding(true)}>
            ＋ {duty.add}
          </button>
        </p>
      ) : (
        <p className="small">{settings.looksOnly}</p>
      )}
      {done === null ? null : <DoneNote text={done} />}
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={4} isLoading={asked.isPending} />
      {data?.shifts.length === 0 ? <EmptyNote text={duty.none} /> : null}
      {data === undefined || data.shifts.length === 0 ? null : (
        <table className="table cards" aria-label={settings.parts.duty}>
          <TableHead names={[...Object.values(columns), ...(mayChange ? [chat, acts] : [])]} />
          <tbody>
            {data.shifts.map((one) => (
              <tr key={one.id}>
                <th scope="row">{placeName(one)}</th>
                <td data-label={columns.person}>{one.person.name}</td>
                <td data-label={columns.from}>
                  {times.day(one.fromOn)} {one.isNow ? <strong>{duty.now}</strong> : null}
                </td>
                <td data-label={columns.until}>{times.day(one.untilOn)}</td>
                {mayChange ? (
                  <>
                    <td data-label={chat}>{hasChat(one.person.id) ? duty.hasChat : duty.noChat}</td>
                    <td data-label={acts} className="acts">
                      <RowDeed
                        does={duty.remove}
                        row={`${placeName(one)} ${one.person.name}`}
                        onClick={() => setRemoved(one)}
                      />
                    </td>
                  </>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data === undefined ? null : <DutyChat hasChat={data.hasChat} />}
      {isAdding && data !== undefined ? (
        <ShiftDialog
          people={data.people}
          today={data.today}
          onDone={() => close(duty.saved)}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {removed === null ? null : (
        <RemoveShiftDialog
          id={removed.id}
          text={duty.removeText(
            removed.person.name,
            placeName(removed),
            times.day(removed.fromOn),
            times.day(removed.untilOn),
          )}
          onDone={() => close(duty.removed)}
          onClose={() => setRemoved(null)}
        />
      )}
    </>
  );
}
