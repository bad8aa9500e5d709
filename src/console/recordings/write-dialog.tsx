import { Button, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { CodeField } from "../parts/naming/code-field.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Done, Unheard } from "./unheard.ts";

const LEAST = 2;
const MOST = 2000;

/** Writes down what is heard in the recordings of a case, or says that it cannot be made out. */
export function WriteDialog(props: {
  readonly one: Unheard;
  readonly onClose: () => void;
  readonly onDone: (done: Done) => void;
}) {
  const { recordings, shell } = useWords();
  const { call } = useSession();
  const queries = useQueryClient();
  const { number, etag } = props.one.case;
  const draft = useDraft(`${number}/transcript`);
  const [grid, setGrid] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const heard = draft.text.trim();
  const isReady = [...heard].length >= LEAST;
  const write = (text: string | null) =>
    run(async () => {
      const { body } = await call("POST /cases/{number}/transcript", {
        ...{ params: { number }, etag, key: key.current },
        body: { text, grid: text === null || grid === "" ? null : grid },
      });
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["recordings"] });
      await queries.invalidateQueries({ queryKey: ["today"] });
      props.onDone({ number, became: body.became, apart: body.apart });
    });
  return (
    <Dialog title={recordings.writeTitle(number)} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void write(heard);
        }}
      >
        <Textarea
          label={recordings.heard}
          description={recordings.heardHint}
          value={draft.text}
          onChange={(event) => draft.write(event.currentTarget.value)}
          maxLength={MOST}
          rows={5}
        />
        <CodeField kind="grid" label={recordings.grid} value={grid} onChange={setGrid} />
        <RefusalNote error={error} />
        <div className="buttons">
          <Button type="submit" disabled={!isReady} loading={isBusy}>
            {recordings.do}
          </Button>
          <Button variant="default" loading={isBusy} onClick={() => void write(null)}>
            {recordings.inaudible}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
