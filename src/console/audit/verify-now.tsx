import { Button, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { isGoing, useErrand } from "../parts/errand.ts";
import { DoneNote, RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** The answer of a verification, as its errand gives it. */
type Verified = {
  readonly links: number;
  readonly cases: number;
  readonly found: number;
  readonly isCompared: boolean;
};

/** Verifies the records now, whole, and compares them with a head that was kept elsewhere; and takes them along as a file. */
export function VerifyNow({ onDone }: { readonly onDone: () => void }) {
  const { words } = useLanguage();
  const { audit } = words;
  const { me, call } = useSession();
  const [head, setHead] = useState("");
  const [verifying, setVerifying] = useState<string | null>(null);
  const [exporting, setExporting] = useState<string | null>(null);
  const working = useWorking();
  const checked = useErrand(verifying);
  const exported = useErrand(exporting);
  const state = checked?.state;
  useEffect(() => {
    if (state === "done") onDone();
  }, [state, onDone]);
  const verify = () =>
    working.run(async () => {
      const asked = head.trim() === "" ? {} : { head: head.trim() };
      const made = await call("POST /errands", { body: { kind: "audit-verify", asked }, key: newKey() });
      setVerifying(made.body.id);
    });
  const takeAlong = () =>
    working.run(async () => {
      const made = await call("POST /audit/exports", { body: {}, key: newKey() });
      setExporting(made.body.id);
    });
  const answer = state === "done" ? (checked?.answer as Verified) : null;
  const taken = exported?.state === "done" ? (exported.answer as { lines: number; sha256: string }) : null;
  const isRunning = checked !== undefined && isGoing(checked);
  return (
    <section className="card">
      <h2>{audit.verifyTitle}</h2>
      <TextInput
        label={audit.headElsewhere}
        description={audit.headElsewhereText}
        value={head}
        onChange={(event) => setHead(event.currentTarget.value)}
        maxLength={400}
      />
      <p className="buttons">
        <Button onClick={() => void verify()} loading={isRunning || working.isBusy}>
          {audit.verifyNow}
        </Button>
        {mayAsk(me, "POST /audit/exports") ? (
          <Button variant="default" onClick={() => void takeAlong()} disabled={working.isBusy}>
            {audit.exportNow}
          </Button>
        ) : null}
      </p>
      <RefusalNote error={working.error} />
      {isRunning ? <p role="status">{audit.verifying(checked?.done ?? 0, checked?.total ?? null)}</p> : null}
      {state === "failed" || state === "stopped" ? <WrongNote text={audit.verifyFailed} /> : null}
      {answer === null ? null : answer.found === 0 ? (
        <DoneNote text={audit.verified(answer.links, answer.cases, answer.isCompared)} />
      ) : (
        <WrongNote text={audit.verifiedBroken(answer.found)} />
      )}
      {exported === undefined || taken !== null ? null : <p role="status">{audit.exporting}</p>}
      {taken === null || exporting === null ? null : (
        <p className="note note-done">
          {audit.exported(taken.lines)}{" "}
          <a href={`/api/v1/errands/${exporting}/file`} download>
            {audit.download}
          </a>
          <span className="block secret">{taken.sha256}</span>
        </p>
      )}
    </section>
  );
}
