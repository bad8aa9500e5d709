import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Trial = Answered<"GET /trial">;

/** Begins or ends the trial: what that means, and, where something was held back, the choice what becomes of it. A code is asked for. */
export function SwitchDialog(props: {
  readonly what: "begin" | "end";
  readonly trial: Trial;
  /** Looks again after a refusal: more may be held back, or somebody else switched it. */
  readonly onLook: () => Promise<void>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { trialMode } = useWords();
  const { call } = useSession();
  const { what, trial } = props;
  const [choice, setChoice] = useState<"send" | "keep" | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const { toResidents, toDeputies, stillToKnow } = trial.held;
  const count = toResidents + toDeputies;
  const isReady = what === "begin" || count === 0 || choice !== null;
  const go = () =>
    run(async () => {
      try {
        if (what === "begin") await call("POST /trial/begin", { body: {}, etag: trial.etag, key: key.current });
        else {
          const body = { seen: count, held: choice ?? "keep" };
          await call("POST /trial/end", { body, etag: trial.etag, key: key.current });
        }
        props.onDone();
      } catch (refusal) {
        key.current = newKey();
        await props.onLook();
        throw refusal;
      }
    });
  return (
    <Dialog title={what === "begin" ? trialMode.beginTitle : trialMode.endTitle} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void go();
        }}
      >
        {what === "begin" ? (
          <p>{trialMode.beginText(trial.deputies.length + trial.staff.length)}</p>
        ) : (
          <>
            <p>{trialMode.endText}</p>
            {count === 0 ? (
              <p>{trialMode.nothingToDecide}</p>
            ) : (
              <fieldset className="choices">
                <legend>{trialMode.decide(count)}</legend>
                {(["keep", "send"] as const).map((one) => (
                  <label key={one}>
                    <input type="radio" name="held" checked={choice === one} onChange={() => setChoice(one)} />{" "}
                    {one === "keep" ? trialMode.keep : trialMode.send(stillToKnow)}
                  </label>
                ))}
              </fieldset>
            )}
          </>
        )}
        <RefusalNote error={error} />
        <FormButtons
          doIt={what === "begin" ? trialMode.beginGo : trialMode.endGo}
          isBusy={isBusy}
          isReady={isReady}
          onClose={props.onClose}
        />
      </form>
    </Dialog>
  );
}
