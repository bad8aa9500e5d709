import { useDraft } from "../../client/drafts.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import type { DeedProps } from "./place-move-close.tsx";
import { ReasonField } from "./reason-field.tsx";
import { VerbDialog } from "./verb-dialog.tsx";

/** Says that a child wrote a case, or did not, with the reason. */
export function MinorDialog({ one, ...ends }: DeedProps) {
  const { petitions, verbs } = useWords();
  const { call } = useSession();
  const reason = useDraft(`${one.number}/minor`);
  return (
    <VerbDialog
      title={`${one.minor ? petitions.notMinor : petitions.minor} ${one.number}`}
      intro={one.minor ? petitions.notMinorText : petitions.minorText}
      etag={one.etag}
      isReady={reason.text.trim() !== ""}
      apply={async (attempt) => {
        const body = { minor: !one.minor, reason: reason.text.trim() };
        await call("POST /cases/{number}/minor", { params: { number: one.number }, ...attempt, body });
        reason.clear();
      }}
      doIt={one.minor ? petitions.unmark : petitions.mark}
      {...ends}
    >
      <ReasonField label={verbs.reason} draft={reason} />
    </VerbDialog>
  );
}

/** Says that a case is a petition, or is none after all, with the reason; its resident reads how petitions go. */
export function PetitionDialog({ one, ...ends }: DeedProps) {
  const { petitions, verbs } = useWords();
  const { call } = useSession();
  const reason = useDraft(`${one.number}/petition`);
  const body = { petition: !one.petition, reason: reason.text.trim() };
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={`${one.petition ? petitions.notPetition : petitions.petition} ${one.number}`}
      intro={one.petition ? petitions.notPetitionText : petitions.petitionText}
      etag={one.etag}
      isReady={body.reason !== ""}
      preview={async (attempt) =>
        (await call("POST /cases/{number}/petition", { ...given, ...attempt, body: { ...body, preview: true } })).body
      }
      apply={async (attempt) => {
        await call("POST /cases/{number}/petition", { ...given, ...attempt, body });
        reason.clear();
      }}
      doIt={one.petition ? petitions.unmark : petitions.mark}
      {...ends}
    >
      <ReasonField label={verbs.reason} draft={reason} />
    </VerbDialog>
  );
}
