import { type Errand, isGoing } from "../parts/errand.ts";
import { DoneNote, WrongNote } from "../parts/notes.tsx";

/** Says how an import or its undoing goes on and how it ended. */
export function Ended({
  errand,
  words,
}: {
  readonly errand: Errand;
  readonly words: {
    readonly done: string;
    readonly failed: string;
    readonly going: (done: number, total: number | null) => string;
  };
}) {
  if (isGoing(errand)) return <p role="status">{words.going(errand.done, errand.total)}</p>;
  return errand.state === "done" ? <DoneNote text={words.done} /> : <Failed errand={errand} text={words.failed} />;
}

/** Says that long work failed, and why as far as it is known. */
export function Failed({ errand, text }: { readonly errand: Errand; readonly text: string }) {
  return (
    <WrongNote text={text}>
      {errand.problem === null ? null : <p className="small">{errand.problem.detail}</p>}
    </WrongNote>
  );
}
