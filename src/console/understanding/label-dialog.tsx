import { Checkbox, NativeSelect } from "@mantine/core";
import { useRef, useState } from "react";
import { ACTS, type Act } from "../../domain/understanding/meaning.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Candidate } from "./candidate.ts";

/** Asks somebody what a message was and whether its masking is right; what others said of it is not shown. */
export function LabelDialog(props: {
  readonly candidate: Candidate;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { understanding, unread } = useWords();
  const { call } = useSession();
  const { id, text, was } = props.candidate;
  const [act, setAct] = useState<Act | "">("");
  const [marks, setMarks] = useState<readonly string[]>([]);
  const [isMaskRight, setMaskRight] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const label = async () => {
    if (act === "") return;
    const body = { act, marks: [...marks], isMaskRight };
    const went = await run(async () => {
      try {
        await call("POST /understanding/candidates/{id}/label", { params: { id }, body, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    if (went) props.onDone();
  };
  const offered = [...ACTS].sort((one, other) => Number(other === was) - Number(one === was));
  return (
    <Dialog title={understanding.labelTitle} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void label();
        }}
      >
        <blockquote>{text}</blockquote>
        <NativeSelect
          label={understanding.act}
          value={act}
          data={[{ value: "", label: "…" }, ...offered.map((value) => ({ value, label: unread.kind[value] }))]}
          onChange={(event) => setAct(event.currentTarget.value as Act | "")}
          required
        />
        <fieldset className="choices">
          <legend>{understanding.marks}</legend>
          {Object.entries(understanding.mark).map(([mark, name]) => (
            <Checkbox
              key={mark}
              label={name}
              checked={marks.includes(mark)}
              onChange={(event) =>
                setMarks(event.currentTarget.checked ? [...marks, mark] : marks.filter((one) => one !== mark))
              }
            />
          ))}
        </fieldset>
        <Checkbox
          label={understanding.maskRight}
          description={understanding.maskHint}
          checked={isMaskRight}
          onChange={(event) => setMaskRight(event.currentTarget.checked)}
        />
        <RefusalNote error={error} />
        <FormButtons doIt={understanding.labelGo} isBusy={isBusy} isReady={act !== ""} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
