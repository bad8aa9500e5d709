import { Button, TextInput } from "@mantine/core";
import { type Ref, useEffect, useState } from "react";
import { isComposing } from "../client/keys.ts";
import { useWords } from "../client/language.tsx";

/** The box for words that messages and answers hold; what is typed leaves by the button or by Enter, never while an input method composes. */
export function WordsBox(props: {
  readonly words: string;
  readonly onFind: (words: string) => void;
  readonly ref: Ref<HTMLInputElement>;
}) {
  const { cases } = useWords();
  const [text, setText] = useState(props.words);
  useEffect(() => setText(props.words), [props.words]);
  return (
    <search>
      <form
        className="words-box"
        onSubmit={(event) => {
          event.preventDefault();
          props.onFind(text.trim());
        }}
      >
        <TextInput
          ref={props.ref}
          type="search"
          aria-label={cases.words}
          placeholder={cases.wordsHint}
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && isComposing(event.nativeEvent)) event.preventDefault();
          }}
        />
        <Button type="submit" variant="default">
          {cases.find}
        </Button>
      </form>
    </search>
  );
}
