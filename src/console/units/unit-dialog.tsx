import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { HeldList } from "./held-list.tsx";
import type { Unit } from "./unit.ts";

type Invitation = Answered<"POST /units/{code}/invite">;

/** A unit: who speaks for it in chat, a code for somebody more, and what it holds. */
export function UnitDialog(props: {
  readonly unit: Unit;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { unit, onClose, onChanged } = props;
  const { words, times } = useLanguage();
  const { units, shell } = words;
  const { call, me } = useSession();
  const [made, setMade] = useState<Invitation | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const make = () =>
    run(async () => {
      setMade((await call("POST /units/{code}/invite", { params: { code: unit.code }, key: key.current })).body);
      onChanged();
    });
  const end = (id: string) =>
    run(async () => {
      await call("POST /units/{code}/chats/{id}/end", { params: { code: unit.code, id }, key: newKey() });
      setEnding(null);
      onChanged();
    });
  const mayInvite = mayAsk(me, "POST /units/{code}/invite");
  return (
    <Dialog title={unit.name} onClose={onClose}>
      <div className="stack">
        <h3>{units.chats}</h3>
        {unit.chats.length === 0 ? <p>{units.noChats}</p> : null}
        <ul>
          {unit.chats.map(({ id, since }) => (
            <li key={id}>
              {units.since(times.moment(since))}{" "}
              {mayInvite ? (
                <button type="button" className="deed" onClick={() => setEnding(id)}>
                  {units.end}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
        {ending === null ? null : (
          <WrongNote text={units.endAsk}>
            <div className="buttons">
              <Button loading={isBusy} onClick={() => void end(ending)}>
                {units.end}
              </Button>
              <Button variant="default" onClick={() => setEnding(null)}>
                {shell.cancel}
              </Button>
            </div>
          </WrongNote>
        )}
        {made?.code == null ? null : (
          <article className="sheet">
            <p>{units.inviteOnce}</p>
            <p className="secret">{units.inviteSay(made.code)}</p>
            {made.until === null ? null : <p>{units.inviteUntil(times.day(made.until))}</p>}
          </article>
        )}
        {made !== null && made.code === null ? <WrongNote text={units.inviteGone} /> : null}
        <RefusalNote error={error} />
        <div className="buttons">
          {made === null && mayInvite ? (
            <Button loading={isBusy} onClick={() => void make()}>
              {units.invite}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {shell.close}
          </Button>
        </div>
        <HeldList title={units.held} unit={unit.code} />
      </div>
    </Dialog>
  );
}
