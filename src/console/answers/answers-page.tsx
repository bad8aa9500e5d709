import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";
import { AnswerTable } from "./answer-table.tsx";
import { DecideDialog, type Decision } from "./decide-dialog.tsx";
import { DraftDialog } from "./draft-dialog.tsx";
import { ReceptionTable } from "./reception-table.tsx";
import { type LibraryAnswer, waitsForReview } from "./say-answer.ts";

type Open =
  | { readonly what: "write"; readonly before: LibraryAnswer | null }
  | { readonly what: Decision; readonly one: LibraryAnswer };

/** The page of what is answered at once: answers that wait for a review, those in force, and the reception days ahead. */
export function AnswersPage() {
  const { words } = useLanguage();
  const { answers } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const asked = useQuery({
    queryKey: ["answer-library"],
    queryFn: async ({ signal }) => (await call("GET /answer-library", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const mayWrite = mayAsk(me, "POST /answer-library");
  const items = asked.data?.items ?? [];
  const close = (said: string) => {
    setOpen(null);
    setDone(said);
    void asked.refetch();
    void queries.invalidateQueries({ queryKey: ["today"] });
  };
  const begin = (next: Open) => {
    setDone(null);
    setOpen(next);
  };
  const table = (of: readonly LibraryAnswer[], name: string) =>
    asked.data === undefined ? null : (
      <AnswerTable
        answers={of}
        name={name}
        today={asked.data.today}
        onWrite={mayWrite ? (before) => begin({ what: "write", before }) : null}
        onDecide={(what, one) => begin({ what, one })}
      />
    );
  const waiting = items.filter(waitsForReview);
  const inForce = items.filter((one) => one.state === "in-force" && !waitsForReview(one));
  const ended = items.filter(({ state }) => state !== "in-force" && state !== "draft");
  return (
    <>
      <h1>{answers.title}</h1>
      <p>{answers.text}</p>
      {mayWrite ? (
        <p>
          <button type="button" className="deed" onClick={() => begin({ what: "write", before: null })}>
            ＋ {answers.write}
          </button>
        </p>
      ) : mayAsk(me, "POST /answer-library/{id}/publish") ? null : (
        <p className="small">{answers.looksOnly}</p>
      )}
      {done === null ? null : <DoneNote text={done} />}
      <Asked asked={asked} rows={6} />
      {asked.data === undefined ? null : (
        <>
          <h2>{answers.waiting}</h2>
          {waiting.length === 0 ? <EmptyNote text={answers.noneWaiting} /> : table(waiting, answers.waiting)}
          <h2>{answers.inForce}</h2>
          {inForce.length === 0 ? <EmptyNote text={answers.noneInForce} /> : table(inForce, answers.inForce)}
          {ended.length === 0 ? null : (
            <>
              <h2>{answers.ended}</h2>
              {table(ended, answers.ended)}
            </>
          )}
        </>
      )}
      <ReceptionTable />
      {open?.what === "write" && asked.data !== undefined ? (
        <DraftDialog
          before={open.before}
          today={asked.data.today}
          onDone={() => close(answers.sent)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === null || open.what === "write" ? null : (
        <DecideDialog
          one={open.one}
          decision={open.what}
          onDone={() => close(open.what === "publish" ? answers.published : answers.noted)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
