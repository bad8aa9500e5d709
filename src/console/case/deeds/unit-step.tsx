import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Given } from "../../client/call.ts";
import { useDraft } from "../../client/drafts.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import type { DeedProps } from "./place-move-close.tsx";
import { ReasonField } from "./reason-field.tsx";
import { VerbDialog } from "./verb-dialog.tsx";

type Body = Given<"POST /cases/{number}/handover">["body"];
type StepCode = Body["step"];
type Handover = DeedProps["one"]["handovers"][number];

const WORDED: readonly StepCode[] = ["returned", "progress", "reported", "asks-for-time"];
const RESULTS = ["done", "partly", "planned", "refused"] as const;

/** The steps that fit how far a unit is with a case. */
function stepsOf({ state, askedUntil }: Handover): readonly StepCode[] {
  const asked: readonly StepCode[] = askedUntil === null ? [] : ["extend", "refuse-extension"];
  if (state === "waiting") return ["told", "accepted", "returned", "progress", "reported", "taken-back"];
  if (state === "sent")
    return [...asked, "accepted", "returned", "progress", "reported", "asks-for-time", "taken-back"];
  if (state === "accepted") return [...asked, "progress", "reported", "returned", "asks-for-time", "taken-back"];
  return state === "reported" ? ["reported", "taken-back"] : [];
}

/** Writes down what a unit said of a case, gives it more time, or takes the case back from it. */
export function UnitStepDialog({ one, ...ends }: DeedProps) {
  const { units } = useWords();
  const { call } = useSession();
  const open = one.handovers.find((each) => stepsOf(each).length > 0);
  const steps = open === undefined ? [] : stepsOf(open);
  const [step, setStep] = useState<StepCode>(steps[0] ?? "taken-back");
  const [result, setResult] = useState<(typeof RESULTS)[number]>("done");
  const [until, setUntil] = useState("");
  const said = useDraft(`${one.number}/handover`);
  const text = said.text.trim();
  const isWorded = WORDED.includes(step);
  const isReady = (!isWorded || text !== "") && (step !== "asks-for-time" || until !== "");
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={units.stepTitle(open?.name ?? "")}
      intro={units.stepText}
      etag={one.etag}
      isReady={isReady}
      preview={async (attempt) => {
        const body = { ...bodyOf(step, { text, result, until }), preview: true };
        return (await call("POST /cases/{number}/handover", { ...given, ...attempt, body })).body;
      }}
      apply={async (attempt) => {
        await call("POST /cases/{number}/handover", {
          ...given,
          ...attempt,
          body: bodyOf(step, { text, result, until }),
        });
        said.clear();
      }}
      doIt={units.do}
      {...ends}
    >
      <NativeSelect
        label={units.what}
        value={step}
        data={steps.map((value) => ({ value, label: units.steps[value] }))}
        onChange={(event) => setStep(steps.find((each) => each === event.currentTarget.value) ?? step)}
      />
      {step === "reported" ? (
        <NativeSelect
          label={units.resultLabel}
          value={result}
          data={RESULTS.map((value) => ({ value, label: units.result[value] }))}
          onChange={(event) => setResult(RESULTS.find((each) => each === event.currentTarget.value) ?? result)}
        />
      ) : null}
      {step === "asks-for-time" ? (
        <TextInput
          type="date"
          label={units.until}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
          required
        />
      ) : null}
      {isWorded ? <ReasonField label={units.words} draft={said} /> : null}
    </VerbDialog>
  );
}

function bodyOf(
  step: StepCode,
  { text, result, until }: { readonly text: string; readonly result: (typeof RESULTS)[number]; readonly until: string },
): Body {
  switch (step) {
    case "returned":
    case "progress":
      return { step, text };
    case "reported":
      return { step, result, text };
    case "asks-for-time":
      return { step, until, text };
    default:
      return { step };
  }
}
