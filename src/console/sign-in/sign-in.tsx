import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Call } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { CodeForm } from "../parts/code-form.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** The form of signing in: address and password, then a code where the account has a second factor. */
export function SignIn({ call, onOpen }: { readonly call: Call; readonly onOpen: () => void }) {
  const { signIn } = useWords();
  const [isAtCode, setAtCode] = useState(false);
  const { run, isBusy, error, forget } = useWorking();
  const give = (email: string, password: string) =>
    run(async () => {
      const { body } = await call("POST /session", { body: { email, password } });
      if (body.next === "second-factor") setAtCode(true);
      else onOpen();
    });
  const giveCode = (code: string) =>
    run(async () => {
      await call("POST /session/second-factor", { body: { code } });
      onOpen();
    });
  if (!isAtCode)
    return (
      <>
        <PasswordForm isBusy={isBusy} onGive={give} error={error} />
        <p className="small">{signIn.help}</p>
      </>
    );
  return (
    <>
      <h2>{signIn.codeTitle}</h2>
      <p>{signIn.codeText}</p>
      {isWrong(error) ? <WrongNote text={signIn.wrongCode} /> : null}
      <CodeForm
        label={signIn.code}
        go={signIn.go}
        error={isWrong(error) ? null : error}
        isBusy={isBusy}
        onCode={giveCode}
      />
      <p>
        <button
          type="button"
          className="link-button"
          onClick={() => {
            forget();
            setAtCode(false);
          }}
        >
          {signIn.startOver}
        </button>
      </p>
    </>
  );
}

function isWrong(error: unknown): boolean {
  return error instanceof Refused && (error.status === 401 || error.status === 422);
}

function PasswordForm(props: {
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onGive: (email: string, password: string) => void;
}) {
  const { signIn } = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.onGive(email.trim(), password);
      }}
    >
      <TextInput
        label={signIn.email}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        autoComplete="username"
        autoFocus
        required
      />
      <PasswordInput
        label={signIn.password}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        required
      />
      {isWrong(props.error) ? <WrongNote text={signIn.wrong} /> : <RefusalNote error={props.error} />}
      <div>
        <Button type="submit" loading={props.isBusy}>
          {signIn.go}
        </Button>
      </div>
    </form>
  );
}
