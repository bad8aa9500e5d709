import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useDraft } from "../../client/drafts.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { CandidateList } from "./candidate-list.tsx";
import type { DeedProps } from "./place-move-close.tsx";
import { ReasonField } from "./reason-field.tsx";
import { VerbDialog } from "./verb-dialog.tsx";

/** Corrects the category of a case. */
export function CategoryDialog({ one, ...ends }: DeedProps) {
  const { verbs, joint } = useWords();
  const { call } = useSession();
  const [code, setCode] = useState(one.category);
  return (
    <VerbDialog
      title={`${verbs.category} ${one.number}`}
      etag={one.etag}
      isReady
      apply={async (attempt) => {
        await call("POST /cases/{number}/category", { params: { number: one.number }, ...attempt, body: { code } });
      }}
      doIt={verbs.do.category}
      {...ends}
    >
      <CandidateList number={one.number} kind="category" value={code} onChange={setCode} none={joint.noCategory} />
    </VerbDialog>
  );
}

/** Sets another day by which the resident hears; the resident reads why. */
export function DeadlineDialog({ one, ...ends }: DeedProps) {
  const { verbs } = useWords();
  const { call } = useSession();
  const [dueOn, setDueOn] = useState(one.dueOn);
  const reason = useDraft(`${one.number}/deadline`);
  const body = { dueOn, reason: reason.text.trim() };
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={`${verbs.deadline} ${one.number}`}
      etag={one.etag}
      isReady={dueOn !== "" && body.reason !== ""}
      preview={async (attempt) =>
        (await call("POST /cases/{number}/deadline", { ...given, ...attempt, body: { ...body, preview: true } })).body
      }
      apply={async (attempt) => {
        await call("POST /cases/{number}/deadline", { ...given, ...attempt, body });
        reason.clear();
      }}
      doIt={verbs.do.deadline}
      {...ends}
    >
      <TextInput
        type="date"
        label={verbs.newDay}
        value={dueOn}
        onChange={(event) => setDueOn(event.currentTarget.value)}
        required
      />
      <ReasonField label={verbs.deadlineReason} draft={reason} />
    </VerbDialog>
  );
}

/** Seals a case, after saying who will no longer see it. */
export function SealDialog({ one, ...ends }: DeedProps) {
  const { verbs } = useWords();
  const { call } = useSession();
  const reason = useDraft(`${one.number}/seal`);
  return (
    <VerbDialog
      title={`${verbs.seal} ${one.number}`}
      intro={verbs.sealText}
      etag={one.etag}
      isReady={reason.text.trim() !== ""}
      apply={async (attempt) => {
        const body = { reason: reason.text.trim() };
        await call("POST /cases/{number}/seal", { params: { number: one.number }, ...attempt, body });
        reason.clear();
      }}
      doIt={verbs.do.seal}
      {...ends}
    >
      <ReasonField label={verbs.reason} draft={reason} />
    </VerbDialog>
  );
}
