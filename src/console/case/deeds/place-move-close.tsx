import { NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Given } from "../../client/call.ts";
import { useDraft } from "../../client/drafts.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { PhotoField } from "../../parts/photo-field.tsx";
import { CandidateList } from "./candidate-list.tsx";
import type { OneCase } from "./one-case.ts";
import { ReasonField } from "./reason-field.tsx";
import { VerbDialog } from "./verb-dialog.tsx";

/** The input of every dialog of a verb. */
export type DeedProps = {
  readonly one: OneCase;
  /** The case with which it is compared, for merging alone. */
  readonly other?: string | undefined;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Places a case in a grid; the county's rules say who gets it there. */
export function PlaceDialog({ one, ...ends }: DeedProps) {
  const { verbs } = useWords();
  const { call } = useSession();
  const [grid, setGrid] = useState<string | null>(null);
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={`${verbs.place} ${one.number}`}
      intro={verbs.placeText}
      etag={one.etag}
      isReady={grid !== null}
      preview={async (attempt) =>
        (await call("POST /cases/{number}/place", { ...given, ...attempt, body: { grid: grid ?? "", preview: true } }))
          .body
      }
      apply={async (attempt) => {
        await call("POST /cases/{number}/place", { ...given, ...attempt, body: { grid: grid ?? "" } });
      }}
      doIt={verbs.do.place}
      {...ends}
    >
      <CandidateList number={one.number} kind="grid" value={grid} onChange={setGrid} />
    </VerbDialog>
  );
}

type Target = "deputy" | "unit" | "office";

/** Moves a case by hand, past the rules: to a deputy, a unit or the office. */
export function MoveDialog({ one, ...ends }: DeedProps) {
  const { verbs } = useWords();
  const { call } = useSession();
  const [target, setTarget] = useState<Target>("deputy");
  const [code, setCode] = useState<string | null>(null);
  const reason = useDraft(`${one.number}/move`);
  const where = { deputy: { deputy: code ?? "" }, unit: { unit: code ?? "" }, office: { office: true as const } };
  const body: Given<"POST /cases/{number}/move">["body"] = { ...where[target], reason: reason.text.trim() };
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={`${verbs.move} ${one.number}`}
      intro={verbs.moveText}
      etag={one.etag}
      isReady={reason.text.trim() !== "" && (target === "office" || code !== null)}
      preview={async (attempt) =>
        (await call("POST /cases/{number}/move", { ...given, ...attempt, body: { ...body, preview: true } })).body
      }
      apply={async (attempt) => {
        await call("POST /cases/{number}/move", { ...given, ...attempt, body });
        reason.clear();
      }}
      doIt={verbs.do.move}
      {...ends}
    >
      <NativeSelect
        label={verbs.target}
        value={target}
        data={Object.entries(verbs.targets).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          setTarget(event.currentTarget.value as Target);
          setCode(null);
        }}
      />
      {target === "office" ? null : (
        <CandidateList key={target} number={one.number} kind={target} value={code} onChange={setCode} />
      )}
      <ReasonField label={verbs.reason} description={verbs.reasonHint} draft={reason} />
    </VerbDialog>
  );
}

type Outcome = Given<"POST /cases/{number}/close">["body"]["outcome"];
type Claim = NonNullable<Given<"POST /cases/{number}/close">["body"]["claim"]>;

/** Closes a case: its outcome, on whose word, and what the resident reads. */
export function CloseDialog({ one, ...ends }: DeedProps) {
  const { verbs, codes, joint } = useWords();
  const { call } = useSession();
  const [outcome, setOutcome] = useState<Outcome>("solved");
  const [claim, setClaim] = useState<Claim>("unit");
  const [photo, setPhoto] = useState<string | null>(null);
  const result = useDraft(`${one.number}/close`);
  const text = result.text.trim();
  const needsText = outcome !== "duplicate" && outcome !== "withdrawn";
  const body = { outcome, ...(outcome === "solved" ? { claim } : {}), ...(text === "" ? {} : { text }) };
  const shown = photo === null ? body : { ...body, photo };
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={`${verbs.close} ${one.number}`}
      etag={one.etag}
      isReady={!needsText || text !== ""}
      preview={async (attempt) =>
        (await call("POST /cases/{number}/close", { ...given, ...attempt, body: { ...shown, preview: true } })).body
      }
      apply={async (attempt) => {
        await call("POST /cases/{number}/close", { ...given, ...attempt, body: shown });
        result.clear();
      }}
      doIt={verbs.do.close}
      {...ends}
    >
      <NativeSelect
        label={verbs.outcome}
        value={outcome}
        data={Object.entries(codes.outcome).map(([value, label]) => ({ value, label }))}
        onChange={(event) => setOutcome(event.currentTarget.value as Outcome)}
      />
      {outcome === "solved" ? (
        <NativeSelect
          label={joint.claimAsk}
          value={claim}
          data={Object.entries(codes.claim).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setClaim(event.currentTarget.value as Claim)}
        />
      ) : null}
      <Textarea
        label={verbs.resultText}
        value={result.text}
        onChange={(event) => result.write(event.currentTarget.value)}
        maxLength={2000}
        rows={4}
        required={needsText}
      />
      <PhotoField label={verbs.photo} hint={verbs.photoHint} value={photo} onChange={setPhoto} />
    </VerbDialog>
  );
}
