import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Answered } from "../client/call.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { isGoing, useErrand } from "../parts/errand.ts";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { Results } from "./many-results.tsx";
import type { Selection } from "./selection.ts";

type Tried = Answered<"POST /cases/merge-preview">["items"][number];
type Looked = { readonly intoVersion: string; readonly items: readonly Tried[] };

const MOST = 200;
const AT_ONCE = 20;
const READY = "ready";

/** Lets the selected cases go with one of them: who leads, what each reads, which cannot and why; then each by itself. */
export function MergeManyDialog(props: {
  readonly selection: Selection;
  /** The masked words of cases that are in the list. */
  readonly summaries: ReadonlyMap<string, string>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { lists, joint, shell } = useWords();
  const { call } = useSession();
  const { selection, summaries, onDone, onClose } = props;
  const [all] = useState(() => [...selection].sort(([a], [b]) => a.localeCompare(b)));
  const [into, setInto] = useState(all[0]?.[0] ?? "");
  const [far, setFar] = useState(0);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [id, setId] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const errand = useErrand(id);
  const isEnded = errand !== undefined && !isGoing(errand);
  useEffect(() => {
    if (isEnded) onDone();
  }, [isEnded, onDone]);
  const others = all.flatMap(([number, etag]) => (number === into ? [] : [{ number, etag }]));
  const look = () =>
    run(async () => {
      const items: Tried[] = [];
      let intoVersion = "";
      for (let from = 0; from < others.length; from += AT_ONCE) {
        setFar(from);
        const cases = others.slice(from, from + AT_ONCE);
        const { body } = await call("POST /cases/merge-preview", { body: { into, cases } });
        intoVersion ||= body.intoVersion;
        items.push(...body.items);
      }
      key.current = newKey();
      setLooked({ intoVersion, items });
    });
  const ready = looked?.items.filter(({ code }) => code === READY) ?? [];
  const begin = ({ intoVersion }: Looked) =>
    run(async () => {
      const cases = others.filter(({ number }) => ready.some((one) => one.number === number));
      const body = { action: { kind: "merge" as const, into, intoVersion }, cases };
      try {
        setId((await call("POST /cases/bulk", { body, key: key.current })).body.id);
      } catch (refusal) {
        // What each reads may be another thing now: it is looked at again.
        if (refusal instanceof Refused && refusal.code === "somebody-was-faster") setLooked(null);
        throw refusal;
      }
    });
  return (
    <Dialog title={lists.merge.replace("…", "")} onClose={onClose}>
      {id !== null ? (
        <Results errand={errand} onClose={onClose} />
      ) : (
        <div className="stack">
          <p>{lists.mergeText}</p>
          {all.length > MOST ? <WrongNote text={lists.most} /> : null}
          {looked === null ? (
            <fieldset className="choices">
              <legend>{joint.leader}</legend>
              {all.map(([number]) => (
                <label key={number} className="pick">
                  <input type="radio" name="leader" checked={number === into} onChange={() => setInto(number)} />
                  <span>
                    <strong>{joint.leadsThis(number)}</strong>{" "}
                    <span className="small">{summaries.get(number) ?? ""}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          ) : (
            <Foreseen into={into} items={looked.items} />
          )}
          {isBusy && looked === null ? <p role="status">{lists.looking(far, others.length)}</p> : null}
          <RefusalNote error={error} />
          <div className="buttons">
            {looked === null ? (
              <Button loading={isBusy} disabled={others.length === 0 || all.length > MOST} onClick={() => void look()}>
                {lists.look}
              </Button>
            ) : (
              <>
                <Button loading={isBusy} disabled={ready.length === 0} onClick={() => void begin(looked)}>
                  {lists.mergeNow(ready.length)}
                </Button>
                <Button variant="default" onClick={() => setLooked(null)}>
                  {lists.otherLeader}
                </Button>
              </>
            )}
            <Button variant="default" onClick={onClose}>
              {shell.cancel}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** What is foreseen: each case that can go with the leading one with what people read, then each that cannot and why. */
function Foreseen({ into, items }: { readonly into: string; readonly items: readonly Tried[] }) {
  const { lists, refusals, codes } = useWords();
  const ready = items.filter(({ code }) => code === READY);
  const others = items.filter(({ code }) => code !== READY);
  const says: Readonly<Record<string, string>> = { ...refusals.byCode, ...lists.code };
  return (
    <section className="effect" aria-label={lists.foreseen}>
      <h3>{lists.canMerge(ready.length, into)}</h3>
      <ul className="told">
        {ready.map(({ number, told }) => (
          <li key={number}>
            <p className="told-to">
              <strong className="number">{number}</strong>{" "}
              {told.some(({ to, number: of }) => to === "resident" && of === number) ? null : lists.notTold}
            </p>
            {told.map(({ to, text }) => (
              <div key={`${to} ${text}`}>
                <p className="small">{codes.to[to]}</p>
                <blockquote>{text}</blockquote>
              </div>
            ))}
          </li>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <>
          <h3>{lists.cannotMerge(others.length)}</h3>
          <ul className="many-results">
            {others.map(({ number, code }) => (
              <li key={number}>
                <span className="number">{number}</span> {says[code] ?? lists.code["not-allowed"]}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
