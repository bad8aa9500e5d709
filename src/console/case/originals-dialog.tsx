import { useEffect, useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ReadingForm, type ReadingReason } from "../reading/reading-form.tsx";

type Shown = { readonly texts: readonly { readonly id: string; readonly text: string }[]; readonly until: string };

/** Shows one message as it was written, for a reason and for a short time. */
export function OriginalsDialog(props: {
  readonly number: string;
  readonly message: string;
  /** Its resident asked that nobody learns who they are. */
  readonly isUnnamed: boolean;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { verbs } = words;
  const { call } = useSession();
  const [shown, setShown] = useState<Shown | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const { onClose } = props;
  useEffect(() => {
    if (shown === null) return;
    const left = new Date(shown.until).getTime() - Date.now();
    const timer = setTimeout(onClose, Math.max(0, left));
    return () => clearTimeout(timer);
  }, [shown, onClose]);
  const read = (why: ReadingReason) =>
    run(async () => {
      const { body } = await call("POST /cases/{number}/originals", {
        params: { number: props.number },
        body: { ...why, messages: [props.message] },
        key: key.current,
      });
      setShown({ texts: body.messages, until: body.shownUntil });
    });
  return (
    <Dialog title={verbs.originals.replace("…", "")} onClose={onClose}>
      {shown === null ? (
        <>
          <p>{verbs.originalsText}</p>
          {props.isUnnamed ? <WrongNote text={words.petitions.unnamedText} /> : null}
          <ReadingForm go={verbs.showOriginal} isBusy={isBusy} error={error} onReason={read} />
        </>
      ) : (
        <>
          {shown.texts.map(({ id, text }) => (
            <blockquote key={id}>{text}</blockquote>
          ))}
          <p className="small">{verbs.shownUntil(times.clock(shown.until))}</p>
        </>
      )}
    </Dialog>
  );
}
