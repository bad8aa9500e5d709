import { useEffect, useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useWorking } from "../parts/working.ts";
import { ReadingForm, type ReadingReason } from "./reading-form.tsx";

/** A file that a resident sent besides words: its id, and what it is. */
export type SentMedia = { readonly id: string; readonly kind: string };

const SHOWN_MS = 2 * 60_000;

/** Shows a photo of a resident's, or gives a recording or film to be taken along, for a reason and for a short time. */
export function MediaDialog(props: {
  readonly number: string;
  readonly media: SentMedia;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { verbs, onePage } = words;
  const { call } = useSession();
  const [shown, setShown] = useState<{ readonly source: string; readonly until: Date } | null>(null);
  const { run, isBusy, error } = useWorking();
  const { number, media, onClose } = props;
  const isPhoto = media.kind === "image";
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => {
      clearTimeout(timer);
      URL.revokeObjectURL(shown.source);
    };
  }, [shown, onClose]);
  const read = (why: ReadingReason) =>
    run(async () => {
      const { body } = await call("POST /cases/{number}/media/{id}", { params: { number, id: media.id }, body: why });
      setShown({ source: URL.createObjectURL(body), until: new Date(Date.now() + SHOWN_MS) });
    });
  const until = shown === null ? "" : times.clock(shown.until.toISOString());
  return (
    <Dialog title={onePage.sentMedia} onClose={onClose}>
      {shown === null ? (
        <>
          <p>{onePage.sentMediaText}</p>
          <ReadingForm
            go={isPhoto ? onePage.showPhoto : onePage.takeFile}
            isBusy={isBusy}
            error={error}
            onReason={read}
          />
        </>
      ) : isPhoto ? (
        <>
          <img className="photo" src={shown.source} alt={onePage.sentPhoto} />
          <p className="small">{verbs.shownUntil(until)}</p>
        </>
      ) : (
        <>
          <p>
            <a className="deed" href={shown.source} download={`${number}.${media.kind === "voice" ? "amr" : "mp4"}`}>
              {onePage.download}
            </a>
          </p>
          <p className="small">{onePage.downloadUntil(until)}</p>
        </>
      )}
    </Dialog>
  );
}
