import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { OneDeputy } from "./one-deputy.ts";

type Invitation = Answered<"POST /deputies/{code}/invite">;

/** Makes a code with which a deputy binds a chat; shown once, as a page that can be printed. */
export function CodeDialog({ deputy, onClose }: { readonly deputy: OneDeputy; readonly onClose: () => void }) {
  const { words, times } = useLanguage();
  const { people, shell } = words;
  const { call } = useSession();
  const [made, setMade] = useState<Invitation | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const make = () =>
    run(async () => {
      const given = { params: { code: deputy.code }, key: key.current };
      setMade((await call("POST /deputies/{code}/invite", given)).body);
    });
  return (
    <Dialog title={`${people.invite.replace("…", "")}: ${deputy.name}`} onClose={onClose}>
      <div className="stack">
        {made === null ? <p>{people.inviteText(deputy.name)}</p> : null}
        {made !== null && made.sheet === null ? <WrongNote text={people.inviteGone} /> : null}
        {made?.sheet == null ? null : (
          <>
            <p>{people.inviteOnce}</p>
            <article className="sheet">
              <h3>{people.sheet(made.sheet.county)}</h3>
              <p>{people.sheetFor(made.sheet.deputy)}</p>
              <ol>
                {people.sheetSteps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <p className="secret">{made.sheet.code}</p>
              <p>{people.sheetUntil(times.day(made.sheet.until))}</p>
            </article>
          </>
        )}
        <RefusalNote error={error} />
        <div className="buttons">
          {made === null ? (
            <Button loading={isBusy} onClick={() => void make()}>
              {people.inviteGo}
            </Button>
          ) : null}
          {made?.sheet == null ? null : <Button onClick={() => print()}>{people.print}</Button>}
          <Button variant="default" onClick={onClose}>
            {made === null ? shell.cancel : shell.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
