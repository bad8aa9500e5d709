import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
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
