import { Button, PasswordInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Answered, Call } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

const SHORTEST = 10;

/** The form of an invitation: who it is for, then a password of one's own. The code stands behind `#`, which stands in no address that a server sees. */
export function Invitation(props: { readonly call: Call; readonly code: string; readonly onOpen: () => void }) {
  const { call, code, onOpen } = props;
  const words = useWords();
  const { invitation } = words.signIn;
  const [invited, setInvited] = useState<Answered<"POST /invitations/look"> | null>(null);
  const [absence, setAbsence] = useState<unknown>(null);
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [mistake, setMistake] = useState<string | null>(null);
  const { run, isBusy, error } = useWorking();
  useEffect(() => {
    call("POST /invitations/look", { body: { code } }).then(({ body }) => setInvited(body), setAbsence);
  }, [call, code]);
  const take = () => {
    const found = password.length < SHORTEST ? invitation.short : password !== repeated ? invitation.differ : null;
    setMistake(found);
    if (found !== null) return;
    void run(async () => {
      await call("POST /invitations", { body: { code, password } });
      onOpen();
    });
  };
  const failed = absence ?? error;
  if (failed instanceof Refused && failed.status === 404) return <WrongNote text={invitation.gone} />;
  if (invited === null) return <RefusalNote error={failed} />;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <p>{invitation.text(invited.name, words.shell.roles[invited.role], invited.county)}</p>
      <PasswordInput
        label={invitation.password}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        autoFocus
        required
      />
      <PasswordInput
        label={invitation.repeat}
        value={repeated}
        onChange={(event) => setRepeated(event.currentTarget.value)}
        autoComplete="new-password"
        required
        error={mistake}
      />
      <RefusalNote error={error} />
      <div>
        <Button type="submit" loading={isBusy}>
          {invitation.go}
        </Button>
      </div>
    </form>
  );
}
