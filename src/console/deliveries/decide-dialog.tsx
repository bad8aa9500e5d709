import { Checkbox, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** A message about which somebody decides: one that has not arrived, which may have arrived all the same, or one that came and is stuck. */
export type Decided = { readonly kind: "delivery" | "stuck"; readonly id: string; readonly isUncertain: boolean };

/** Asks once more before a message is tried again or put aside, and does it. */
export function DecideDialog(props: {
  readonly about: Decided;
  readonly action: "retry" | "put-aside";
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { deliveries } = useWords();
  const { call } = useSession();
  const { about, action } = props;
  const [isKnowing, setKnowing] = useState(false);
  const [reason, setReason] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const isRetry = action === "retry";
  const isStuck = about.kind === "stuck";
  const asksToKnow = isRetry && about.isUncertain;
  const isReady = isRetry ? !asksToKnow || isKnowing : reason.trim() !== "";
  const act = async () => {
    const given = { params: { id: about.id }, key: key.current };
    const aside = { ...given, body: { reason: reason.trim() } };
    const went = await run(async () => {
      if (isStuck && isRetry) await call("POST /stuck/{id}/retry", { ...given, body: {} });
      else if (isStuck) await call("POST /stuck/{id}/put-aside", aside);
      else if (isRetry)
        await call("POST /deliveries/{id}/retry", { ...given, body: asksToKnow ? { knowingly: true } : {} });
      else await call("POST /deliveries/{id}/put-aside", aside);
    });
    if (went) props.onDone();
  };
  const retryText = isStuck ? deliveries.stuckRetryText : asksToKnow ? deliveries.knowinglyText : deliveries.retryText;
  const asideText = isStuck ? deliveries.stuckPutAsideText : deliveries.putAsideText;
  return (
    <Dialog title={isRetry ? deliveries.retryTitle : deliveries.putAsideTitle} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void act();
        }}
      >
        <p>{isRetry ? retryText : asideText}</p>
        {asksToKnow ? (
          <Checkbox
            label={deliveries.knowingly}
            checked={isKnowing}
            onChange={(event) => setKnowing(event.currentTarget.checked)}
          />
        ) : null}
        {isRetry ? null : (
          <TextInput
            label={deliveries.why}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
          />
        )}
        <RefusalNote error={error} />
        <FormButtons
          doIt={isRetry ? deliveries.retryGo : deliveries.putAsideGo}
          isBusy={isBusy}
          isReady={isReady}
          onClose={props.onClose}
        />
      </form>
    </Dialog>
  );
}
