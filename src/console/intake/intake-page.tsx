import { Button } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { Answered } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { Fields } from "./fields.tsx";
import { bodyOf, type Form, type How, readForm } from "./form.ts";
import { type Choices, type Seen, SeenView } from "./seen.tsx";
import { TakenView } from "./taken.tsx";

const NOTHING_CHOSEN: Choices = { category: null, join: null, noticeRead: false };

/** The page on which a person's matter is taken down: written, looked at, kept; a draft stays on this device. */
export function IntakePage() {
  const { intake, verbs } = useWords();
  const { call } = useSession();
  const draft = useDraft("intake/form");
  const form = useMemo(() => readForm(draft.text), [draft.text]);
  const latest = useRef(form);
  latest.current = form;
  const [seen, setSeen] = useState<Seen | null>(null);
  const [choices, setChoices] = useState(NOTHING_CHOSEN);
  const [taken, setTaken] = useState<{ readonly answer: Answered<"POST /intake">; readonly how: How } | null>(null);
  const { run, isBusy, error, forget } = useWorking();
  const change = (part: Partial<Form>) => {
    forget();
    draft.write(JSON.stringify({ ...latest.current, ...part }));
  };
  const look = (asked: Form = form) =>
    run(async () => {
      const { body } = await call("POST /intake/preview", { body: bodyOf(asked) });
      setSeen(body);
      setChoices({ ...NOTHING_CHOSEN, category: body.would?.category ?? null });
    });
  const store = () =>
    run(async () => {
      const { category, join, noticeRead } = choices;
      const isGuessed = (category ?? "") === (seen?.would?.category ?? "");
      const given = { ...bodyOf(form), join, noticeRead, ...(isGuessed ? {} : { category: category?.trim() || null }) };
      const { body } = await call("POST /intake", { body: given, key: form.key });
      setTaken({ answer: body, how: form.how });
      setSeen(null);
      draft.clear();
    });
  const isHere = form.how === "walk-in" || form.how === "phone";
  const isOffline = error instanceof Refused && error.status === 0;
  if (taken !== null)
    return (
      <>
        <h1>{intake.title}</h1>
        <TakenView taken={taken.answer} how={taken.how} onAnother={() => setTaken(null)} />
      </>
    );
  return (
    <>
      <h1>{intake.title}</h1>
      <form
        className="stack intake"
        onSubmit={(event) => {
          event.preventDefault();
          if (form.text.trim() !== "") void (seen === null ? look() : store());
        }}
      >
        {seen === null ? (
          <Fields form={form} change={change} />
        ) : (
          <SeenView
            seen={seen}
            asksNotice={isHere}
            choices={choices}
            onChoose={(part) => setChoices((before) => ({ ...before, ...part }))}
            onGrid={(grid) => {
              const next: Form = { ...form, where: "grid", grid };
              change({ where: "grid", grid });
              void look(next);
            }}
          />
        )}
        {isOffline ? <WrongNote text={intake.offline} /> : <RefusalNote error={error} />}
        <div className="buttons">
          {seen === null ? (
            <Button type="submit" loading={isBusy} disabled={form.text.trim() === ""}>
              {intake.look}
            </Button>
          ) : (
            <>
              {seen.would === null ? null : (
                <Button type="submit" loading={isBusy} disabled={isHere && !choices.noticeRead}>
                  {choices.join === null ? intake.store : intake.storeJoined}
                </Button>
              )}
              <Button variant="default" onClick={() => setSeen(null)}>
                {verbs.change}
              </Button>
            </>
          )}
        </div>
        {draft.text === "" ? null : (
          <p className="small">
            {draft.isKept ? intake.draftKept : intake.draftHere}{" "}
            <button
              type="button"
              className="link-button"
              onClick={() => {
                setSeen(null);
                draft.clear();
              }}
            >
              {intake.clear}
            </button>
          </p>
        )}
      </form>
    </>
  );
}
