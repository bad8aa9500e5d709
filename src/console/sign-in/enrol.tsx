import { Button, Checkbox, PasswordInput } from "@mantine/core";
import { useState } from "react";
import type { Call } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Step =
  | { readonly at: "password" }
  | { readonly at: "prove"; readonly uri: string; readonly qr: string }
  | { readonly at: "codes"; readonly codes: readonly string[] };

/** The steps of setting up a second factor: password, code to scan, one code to prove it, ten backup codes to keep. */
export function Enrol({ call, onDone }: { readonly call: Call; readonly onDone: () => void }) {
  const { enrol } = useWords().signIn;
  const [step, setStep] = useState<Step>({ at: "password" });
  const [password, setPassword] = useState("");
  const { run, isBusy, error } = useWorking();
  const begin = () =>
    run(async () => {
      const { body } = await call("POST /me/second-factor/begin", { body: { password } });
      setStep({ at: "prove", uri: body.uri, qr: body.qr });
    });
  const prove = (code: string) =>
    run(async () => {
      const { body } = await call("POST /me/second-factor/prove", { body: { code } });
      setStep({ at: "codes", codes: body.backupCodes });
    });
  switch (step.at) {
    case "password":
      return (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void begin();
          }}
        >
          <p>{enrol.text}</p>
          <PasswordInput
            label={enrol.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            autoFocus
            required
          />
          <RefusalNote error={error} />
          <div>
            <Button type="submit" loading={isBusy}>
              {enrol.begin}
            </Button>
          </div>
        </form>
      );
    case "prove":
      return (
        <div className="stack">
          <p>{enrol.scan}</p>
          <img className="qr" src={step.qr} alt={enrol.picture} width="200" height="200" />
          <p className="small">{enrol.orType}</p>
          <p className="secret">{secretOf(step.uri)}</p>
          <CodeForm label={enrol.code} go={enrol.prove} error={error} isBusy={isBusy} onCode={prove} />
        </div>
      );
    case "codes":
      return <BackupCodes codes={step.codes} onDone={onDone} />;
  }
}

/** What an authenticator is told by hand, in groups of four. */
function secretOf(uri: string): string {
  const secret = new URLSearchParams(uri.slice(uri.indexOf("?"))).get("secret") ?? "";
  return secret.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const { enrol } = useWords().signIn;
  const [areKept, setKept] = useState(false);
  return (
    <div className="stack">
      <h2>{enrol.codes}</h2>
      <p>{enrol.codesText}</p>
      <ul className="backup-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Button variant="default" onClick={() => print()}>
          {enrol.print}
        </Button>
      </div>
      <Checkbox label={enrol.kept} checked={areKept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <div>
        <Button disabled={!areKept} onClick={onDone}>
          {enrol.finish}
        </Button>
      </div>
    </div>
  );
}
