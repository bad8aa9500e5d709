import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { LinkNote } from "./link-note.tsx";

/** A thing that an operator does about somebody's account. */
export type MemberDeed = "unlock" | "reset" | "endSessions" | "end";

/** Asks once more before something is done about somebody's account, and does it. */
export function MemberDialog(props: {
  readonly member: { readonly id: string; readonly name: string };
  readonly deed: MemberDeed;
  readonly onClose: () => void;
}) {
  const { staff, shell } = useWords();
  const { call } = useSession();
  const { member, deed } = props;
  const [link, setLink] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const act = async () => {
    const given = { params: { id: member.id }, key: key.current };
    const went = await run(async () => {
      switch (deed) {
        case "unlock":
          await call("POST /staff/{id}/unlock", given);
          break;
        case "endSessions":
          await call("POST /staff/{id}/end-sessions", given);
          break;
        case "end":
          await call("POST /staff/{id}/end", given);
          break;
        case "reset":
          setLink((await call("POST /staff/{id}/reset-second-factor", given)).body.link);
          break;
      }
    });
    if (went && deed !== "reset") props.onClose();
  };
  return (
    <Dialog title={staff[deed]} onClose={props.onClose}>
      {link === null ? (
        <div className="stack">
          <p>{staff.sure(staff[deed], member.name)}</p>
          <RefusalNote error={error} />
          <div className="buttons">
            <Button loading={isBusy} onClick={() => void act()}>
              {staff.go}
            </Button>
            <Button variant="default" onClick={props.onClose}>
              {shell.cancel}
            </Button>
          </div>
        </div>
      ) : (
        <LinkNote link={link} />
      )}
    </Dialog>
  );
}
