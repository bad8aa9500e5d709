import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Proposal } from "./say-rule.ts";

/** A decision about a rule of deadlines that somebody wants. */
export type Decision = "publish" | "refuse" | "withdraw";

/** Decides about a rule of deadlines: another person publishes it or sends it back, its author takes it back. */
export function DecideDialog(props: {
  readonly proposal: Proposal;
  readonly decision: Decision;
  /** The rule in one line. */
  readonly said: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { clockRules, clocks } = words;
  const { call } = useSession();
  const { proposal, decision, said } = props;
  const [reason, setReason] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const doIt = clockRules[decision].replace("…", "");
  const decide = async () => {
    const given = { params: { id: proposal.id }, key: key.current };
    const went = await run(async () => {
      if (decision === "refuse")
        await call("POST /clock-rules/proposals/{id}/refuse", { ...given, body: { reason: reason.trim() } });
      else if (decision === "publish") await call("POST /clock-rules/proposals/{id}/publish", { ...given, body: {} });
      else await call("POST /clock-rules/proposals/{id}/withdraw", { ...given, body: {} });
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={doIt} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void decide();
        }}
      >
        {decision === "publish" ? <p>{clockRules.ask.publish(said, times.day(proposal.fromOn))}</p> : null}
        {decision === "withdraw" ? <p>{clockRules.ask.withdraw(said)}</p> : null}
        {decision === "refuse" ? <p>{said}</p> : null}
        {decision === "withdraw" ? null : <p>{clocks.source(proposal.source)}</p>}
        {decision === "refuse" ? (
          <Textarea
            label={clockRules.ask.reason}
            value={reason}
            rows={3}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
          />
        ) : null}
        <RefusalNote error={error} />
        <FormButtons
          doIt={doIt}
          isBusy={isBusy}
          isReady={decision !== "refuse" || reason.trim() !== ""}
          onClose={props.onClose}
        />
      </form>
    </Dialog>
  );
}
