import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useLanguage, useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ReadingForm, type ReadingReason } from "../reading/reading-form.tsx";
import type { OneCase } from "./deeds/one-case.ts";
import type { DeedProps } from "./deeds/place-move-close.tsx";
import { ReasonField } from "./deeds/reason-field.tsx";
import { VerbDialog } from "./deeds/verb-dialog.tsx";

/**
 * The door before a sealed case: nothing but that it exists, the question whether it is about whoever stands there, then the reason
 * for which they read it.
 */
export function SealedDoor({ number, onOpen }: { readonly number: string; readonly onOpen: () => void }) {
  const { onePage, joint } = useWords();
  const { call } = useSession();
  const key = useRef(newKey());
  const [step, setStep] = useState<"asked" | "reason" | "involved">("asked");
  const { run, isBusy, error } = useWorking();
  const give = (why: ReadingReason) =>
    run(async () => {
      await call("POST /cases/{number}/open-sealed", { params: { number }, body: why, key: key.current });
      onOpen();
    });
  const declare = () =>
    run(async () => {
      await call("POST /cases/{number}/involved", { params: { number }, key: key.current });
      setStep("involved");
    });
  return (
    <section className="card narrow">
      <h1>
        ■ {onePage.sealedTitle} · {number}
      </h1>
      {step === "involved" ? <DoneNote text={joint.isInvolved} /> : <p>{onePage.sealedText}</p>}
      {step === "asked" ? (
        <>
          <h2>{joint.involvedTitle}</h2>
          <p>{joint.involvedText}</p>
          <RefusalNote error={error} />
          <div className="buttons">
            <Button onClick={() => setStep("reason")}>{joint.notInvolved}</Button>
            <Button variant="default" loading={isBusy} onClick={() => void declare()}>
              {joint.involved}
            </Button>
          </div>
        </>
      ) : null}
      {step === "reason" ? <ReadingForm go={onePage.openSealed} isBusy={isBusy} error={error} onReason={give} /> : null}
    </section>
  );
}

/** Proposes to unseal a case; another person of the office decides. */
export function UnsealDialog({ one, ...ends }: DeedProps) {
  const { verbs, joint } = useWords();
  const { call } = useSession();
  const reason = useDraft(`${one.number}/unseal`);
  return (
    <VerbDialog
      title={`${joint.unseal} ${one.number}`}
      intro={joint.unsealText}
      etag={one.etag}
      isReady={reason.text.trim() !== ""}
      apply={async (attempt) => {
        const body = { reason: reason.text.trim() };
        await call("POST /cases/{number}/unseal", { params: { number: one.number }, ...attempt, body });
        reason.clear();
      }}
      doIt={joint.do.unseal}
      {...ends}
    >
      <ReasonField label={verbs.reason} draft={reason} />
    </VerbDialog>
  );
}

/** A proposal to unseal a case: who made it, until when it holds, and the decision of another person. */
export function UnsealProposal({ one, onDone }: { readonly one: OneCase; readonly onDone: () => void }) {
  const { words, times } = useLanguage();
  const { verbs, joint } = words;
  const { call } = useSession();
  const [asked, setAsked] = useState<"confirm" | "refuse" | null>(null);
  const reason = useDraft(`${one.number}/unseal-refuse`);
  const { unsealing } = one;
  if (unsealing === null) return null;
  const params = { number: one.number };
  const ends = {
    onClose: () => setAsked(null),
    onDone: () => {
      setAsked(null);
      onDone();
    },
  };
  return (
    <div className="note note-banner" role="status">
      <p>{joint.proposed(unsealing.by, times.moment(unsealing.until))}</p>
      {unsealing.isOwn ? <p className="small">{joint.ownProposal}</p> : null}
      <div className="buttons">
        {unsealing.isOwn ? null : (
          <button type="button" className="deed" onClick={() => setAsked("confirm")}>
            {joint.agree}
          </button>
        )}
        <button type="button" className="deed" onClick={() => setAsked("refuse")}>
          {unsealing.isOwn ? joint.takeBack : joint.decline}
        </button>
      </div>
      {asked === "confirm" ? (
        <VerbDialog
          title={`${joint.agree} ${one.number}`}
          etag={one.etag}
          isReady
          apply={async ({ key }) => {
            await call("POST /cases/{number}/unseal/confirm", { params, key });
          }}
          doIt={joint.do.confirm}
          {...ends}
        >
          <p>{joint.agreeText}</p>
        </VerbDialog>
      ) : null}
      {asked === "refuse" ? (
        <VerbDialog
          title={`${unsealing.isOwn ? joint.takeBack : joint.decline} ${one.number}`}
          etag={one.etag}
          isReady={reason.text.trim() !== ""}
          apply={async ({ key }) => {
            await call("POST /cases/{number}/unseal/refuse", { params, key, body: { reason: reason.text.trim() } });
            reason.clear();
          }}
          doIt={unsealing.isOwn ? joint.takeBack.replace("…", "") : joint.do.refuse}
          {...ends}
        >
          <ReasonField label={verbs.reason} draft={reason} />
        </VerbDialog>
      ) : null}
    </div>
  );
}
