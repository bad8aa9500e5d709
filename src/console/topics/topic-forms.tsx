import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Given } from "../client/call.ts";
import { useWords } from "../client/language.tsx";

/** The answer to everybody of a topic, written once. */
export function AnswerAll(props: { readonly isBusy: boolean; readonly onAnswer: (text: string) => Promise<boolean> }) {
  const { topics } = useWords();
  const [text, setText] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "" && (await props.onAnswer(text.trim()))) setText("");
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <Textarea
        label={topics.answerAll}
        description={topics.answerHow}
        maxLength={2000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className="buttons">
        <Button type="submit" loading={props.isBusy} disabled={text.trim() === ""}>
          {topics.send}
        </Button>
      </div>
    </form>
  );
}

type Closing = Given<"POST /topics/{number}/close">["body"];

/** The closing of everybody's case of a topic: what became of it, on whose word, and what each reads. */
export function CloseAll(props: {
  readonly isBusy: boolean;
  readonly onClose: (closing: Closing) => Promise<boolean>;
}) {
  const { topics, codes, joint, verbs } = useWords();
  const [outcome, setOutcome] = useState<Closing["outcome"]>("solved");
  const [claim, setClaim] = useState<NonNullable<Closing["claim"]>>("unit");
  const [text, setText] = useState("");
  const close = async (event: FormEvent) => {
    event.preventDefault();
    const body = { outcome, ...(outcome === "solved" ? { claim } : {}), text: text.trim() };
    if (body.text !== "" && (await props.onClose(body))) setText("");
  };
  return (
    <form className="stack" aria-label={topics.closeAll} onSubmit={(event) => void close(event)}>
      <h2>{topics.closeAll}</h2>
      <p>{topics.closeHow}</p>
      <NativeSelect
        label={verbs.outcome}
        value={outcome}
        data={OUTCOMES.map((value) => ({ value, label: codes.outcome[value] }))}
        onChange={({ currentTarget }) => setOutcome(currentTarget.value as Closing["outcome"])}
      />
      {outcome === "solved" ? (
        <NativeSelect
          label={joint.claimAsk}
          value={claim}
          data={CLAIMS.map((value) => ({ value, label: codes.claim[value] }))}
          onChange={({ currentTarget }) => setClaim(currentTarget.value as "unit" | "deputy")}
        />
      ) : null}
      <Textarea
        label={topics.closeText}
        maxLength={2000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className="buttons">
        <Button type="submit" variant="default" loading={props.isBusy} disabled={text.trim() === ""}>
          {topics.close}
        </Button>
      </div>
    </form>
  );
}

const OUTCOMES = ["solved", "explained", "not_in_scope"] as const;
const CLAIMS = ["unit", "deputy"] as const;

/** A case that is put into a topic by its number. */
export function AddCase(props: { readonly isBusy: boolean; readonly onAdd: (number: string) => Promise<boolean> }) {
  const { topics } = useWords();
  const [number, setNumber] = useState("");
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() !== "" && (await props.onAdd(number.trim()))) setNumber("");
  };
  return (
    <form className="stack" onSubmit={(event) => void add(event)}>
      <TextInput
        label={topics.addCase}
        description={topics.addHow}
        value={number}
        onChange={({ currentTarget }) => setNumber(currentTarget.value)}
      />
      <div className="buttons">
        <Button type="submit" variant="default" loading={props.isBusy} disabled={number.trim() === ""}>
          {topics.add}
        </Button>
      </div>
    </form>
  );
}
