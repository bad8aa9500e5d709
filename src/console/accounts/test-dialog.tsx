import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useErrand } from "../parts/errand.ts";
import { DoneNote, RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Account } from "./account-dialog.tsx";

type Line = {
  readonly what: "token" | "callback" | "quota" | "template" | "subscription" | "message";
  readonly verdict: "fine" | "wrong" | "unknown";
  readonly code: string;
  readonly detail: string;
};
type Tested = { readonly isFine: boolean; readonly lines: readonly Line[] };

/** Tries an account at its platform, and says of each thing whether it works and what to mend. */
export function TestDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { accounts, shell } = useWords();
  const { call } = useSession();
  const [errand, setErrand] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const tested = useErrand(errand);
  const answer = tested?.state === "done" ? (tested.answer as Tested) : null;
  const isRunning =
    errand !== null && (tested === undefined || tested.state === "waiting" || tested.state === "running");
  const start = () =>
    run(async () => {
      const { channel, name } = account;
      const made = await call("POST /accounts/{channel}/{name}/test", { params: { channel, name }, key: key.current });
      key.current = newKey();
      setErrand(made.body.id);
    });
  const first = useRef(start);
  useEffect(() => void first.current(), []);
  return (
    <Dialog title={accounts.testTitle(account.name)} onClose={onClose}>
      <div className="stack">
        <p className="small">{accounts.testAbout}</p>
        {isRunning ? <p role="status">{accounts.testing}</p> : null}
        <RefusalNote error={error} />
        {tested?.state === "failed" || tested?.state === "stopped" ? <WrongNote text={accounts.testFailed} /> : null}
        {answer === null ? null : answer.isFine ? (
          <DoneNote text={accounts.testFine} />
        ) : (
          <WrongNote text={accounts.testWrong} />
        )}
        <ul>
          {(answer?.lines ?? []).map((line) => (
            <TestedLine key={line.what} line={line} />
          ))}
        </ul>
        <div className="buttons">
          {answer !== null || tested?.state === "failed" ? (
            <Button loading={isBusy} disabled={isRunning} onClick={() => void start()}>
              {shell.again}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {shell.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function TestedLine({ line }: { readonly line: Line }) {
  const { accounts } = useWords();
  const mends: Readonly<Record<string, string>> = accounts.testMend;
  return (
    <li>
      {accounts.testWhat[line.what]}: {accounts.testVerdict[line.verdict]}
      {line.verdict === "fine" && line.what === "quota" ? ` ${line.detail}` : null}
      {line.verdict === "fine" ? null : (
        <>
          <span className="block">{mends[line.code] ?? accounts.testMend.other}</span>
          {line.detail === "" ? null : <span className="small block">{line.detail}</span>}
        </>
      )}
    </li>
  );
}
