import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { DoneNote, RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Invitation = Answered<"POST /stations/{code}/invite">;

/** The places for which people speak in chat. */
export type SpokenPlace = "stations" | "grids";

/** Shows who speaks in chat for a station, or as the worker of a grid, with a code for somebody more, and the end of one. */
export function ChatsDialog(props: {
  readonly of: SpokenPlace;
  readonly code: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { of, code, name, onClose } = props;
  const { words, times } = useLanguage();
  const { chats, places, shell } = words;
  const { call, me } = useSession();
  const [made, setMade] = useState<Invitation | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const [isEnded, setEnded] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const asked = useQuery({
    queryKey: ["chats", of, code],
    queryFn: async ({ signal }) => (await call(`GET /${of}/{code}/chats`, { params: { code }, signal })).body,
    retry: mayAskAgain,
  });
  const mayChange = mayAsk(me, `POST /${of}/{code}/invite`);
  const make = () =>
    run(async () => {
      setMade((await call(`POST /${of}/{code}/invite`, { params: { code }, key: key.current })).body);
      await asked.refetch();
    });
  const end = (id: string) =>
    run(async () => {
      const etag = asked.data?.etag ?? "";
      try {
        await call(`POST /${of}/{code}/chats/{id}/end`, { params: { code, id }, etag, key: newKey() });
        setEnded(true);
      } catch (refusal) {
        // Somebody was faster: what they left is shown, and it is asked anew.
        if (refusal instanceof Refused) await asked.refetch();
        throw refusal;
      } finally {
        setEnding(null);
      }
      await asked.refetch();
    });
  const found = asked.data;
  return (
    <Dialog title={chats.title[of](name)} onClose={onClose}>
      <div className="stack">
        <p className="small">{chats.what[of]}</p>
        <Asked asked={asked} rows={3} />
        {found?.chats.length === 0 ? <p>{chats.nobody}</p> : null}
        <ul aria-label={chats.list}>
          {found?.chats.map(({ id, since }) => (
            <li key={id}>
              {chats.since(times.moment(since))}{" "}
              {mayChange ? (
                <button
                  type="button"
                  className="deed"
                  aria-label={`${chats.end} ${times.moment(since)}`}
                  onClick={() => setEnding(id)}
                >
                  {chats.end}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
        {found === undefined || found.openCodes === 0 ? null : <p>{chats.codes(found.openCodes)}</p>}
        {isEnded ? <DoneNote text={chats.ended} /> : null}
        {ending === null ? null : (
          <WrongNote text={chats.endAsk[of]}>
            <div className="buttons">
              <Button loading={isBusy} onClick={() => void end(ending)}>
                {chats.endYes}
              </Button>
              <Button variant="default" onClick={() => setEnding(null)}>
                {shell.cancel}
              </Button>
            </div>
          </WrongNote>
        )}
        {made?.code == null ? null : (
          <article className="sheet">
            <p>{chats.inviteOnce}</p>
            <p className="secret">{chats.inviteSay(made.code)}</p>
            {made.until === null ? null : <p>{chats.inviteUntil(times.day(made.until))}</p>}
          </article>
        )}
        {made !== null && made.code === null ? <WrongNote text={chats.inviteGone} /> : null}
        <RefusalNote error={error} />
        <div className="buttons">
          {made === null && mayChange ? (
            <Button loading={isBusy} onClick={() => void make()}>
              {chats.invite}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {places.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
