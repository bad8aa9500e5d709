import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { newKey } from "../../client/call.ts";
import { isSend } from "../../client/keys.ts";
import { useLanguage } from "../../client/language.tsx";
import { Refused, type Since } from "../../client/refused.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { RefusalNote } from "../../parts/notes.tsx";
import { useWorking } from "../../parts/working.ts";
import { type Effect, EffectView } from "./effect.tsx";
import { saySince } from "./say-event.ts";

/** The version of a case on which a verb builds, and the key of this opening of the dialog. */
export type Attempt = { readonly etag: string; readonly key: string };

/**
 * A dialog in which something is done with a case: fill in, see what would happen and who would read what, do it.
 *
 * Where somebody was faster it stays, says what happened meanwhile, and lets the person look again.
 */
export function VerbDialog(props: {
  readonly title: string;
  readonly intro?: string;
  readonly etag: string;
  /** What the person fills in; nothing where it was written before the dialog opened. */
  readonly children?: ReactNode;
  readonly isReady: boolean;
  /** What would happen; left out where the introduction says it all. */
  readonly preview?: (attempt: Attempt) => Promise<Effect>;
  readonly apply: (attempt: Attempt) => Promise<void>;
  readonly doIt: string;
  /** What the button says that goes on after somebody was faster. */
  readonly goOn?: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { verbs, shell } = words;
  const [etag, setEtag] = useState(props.etag);
  const [effect, setEffect] = useState<Effect | null>(null);
  const [faster, setFaster] = useState<readonly Since[] | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const { preview } = props;

  const following = (work: () => Promise<void>) =>
    run(async () => {
      try {
        await work();
      } catch (refusal) {
        if (!(refusal instanceof Refused) || refusal.code !== "somebody-was-faster") throw refusal;
        setEffect(null);
        setFaster(refusal.since);
        if (refusal.etag !== null) setEtag(refusal.etag);
        key.current = newKey();
      }
    });
  const look = () =>
    following(async () => {
      if (preview === undefined) return;
      setFaster(null);
      setEffect(await preview({ etag, key: newKey() }));
    });
  const act = () =>
    following(async () => {
      await props.apply({ etag, key: key.current });
      props.onDone();
    });
  const isWritten = props.children === undefined;
  const isLooking = preview !== undefined && effect === null;
  const first = useRef(isWritten && preview !== undefined);
  useEffect(() => {
    if (!first.current) return;
    first.current = false;
    void look();
  });
  const go = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The fields are gone where the effect stands: whoever works by the keyboard goes on from the button.
    if (effect !== null && !isBusy) go.current?.focus();
  }, [effect, isBusy]);
  const next = () => {
    if (!props.isReady || isBusy) return;
    if (faster !== null && preview === undefined) setFaster(null);
    else void (isLooking ? look() : act());
  };
  const change = () => (isWritten ? props.onClose() : setEffect(null));
  const label = faster !== null ? (props.goOn ?? verbs.lookAgain) : isLooking ? verbs.preview : props.doIt;
  return (
    <Dialog title={props.title.replace("…", "")} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
        onKeyDown={(event) => {
          const { nativeEvent } = event;
          if (isSend(nativeEvent)) {
            event.preventDefault();
            next();
          } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
            // Enter in a field may belong to an input method; what acts is the button.
            event.preventDefault();
          }
        }}
      >
        {props.intro === undefined || effect !== null ? null : <p>{props.intro}</p>}
        {faster === null ? null : (
          <div className="note note-refusal" role="alert">
            <p>⚠ {verbs.faster}</p>
            <ul>
              {saySince(faster, words, (at) => times.moment(at)).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p>{verbs.fasterText}</p>
          </div>
        )}
        {effect === null ? props.children : <EffectView effect={effect} />}
        <RefusalNote error={error} />
        <div className="buttons">
          <Button ref={go} type="submit" disabled={!props.isReady} loading={isBusy}>
            {label}
          </Button>
          <Button variant="default" onClick={effect === null ? props.onClose : change}>
            {effect === null ? shell.cancel : verbs.change}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
