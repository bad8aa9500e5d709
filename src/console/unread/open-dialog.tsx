import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** Asks once more before a message becomes a case, makes it one, and says its number. */
export function OpenDialog(props: { readonly id: string; readonly onDone: () => void; readonly onClose: () => void }) {
  const { unread, shell } = useWords();
  const { call } = useSession();
  const [opened, setOpened] = useState<Answered<"POST /unread/{id}/open"> | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const open = () =>
    run(async () => {
      const given = { params: { id: props.id }, body: {}, key: key.current };
      setOpened((await call("POST /unread/{id}/open", given)).body);
      props.onDone();
    });
  return (
    <Dialog title={unread.openTitle} onClose={props.onClose}>
      <div className="stack">
        {opened === null ? (
          <p>{unread.openText}</p>
        ) : (
          <p role="status">
            {opened.case === null ? (
              unread.openedUnseen
            ) : (
              <Link to="/cases/$number" params={{ number: opened.case }}>
                {opened.isNew ? unread.opened(opened.case) : unread.openedBefore(opened.case)}
              </Link>
            )}
          </p>
        )}
        <RefusalNote error={error} />
        <div className="buttons">
          {opened === null ? (
            <Button loading={isBusy} onClick={() => void open()}>
              {unread.openGo}
            </Button>
          ) : null}
          <Button variant="default" onClick={props.onClose}>
            {opened === null ? shell.cancel : shell.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
