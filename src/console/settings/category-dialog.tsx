import { Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";
import type { Category } from "./shapes.ts";

/** Adds a category or changes one: its name, what people say when they mean it, whole messages. */
export function CategoryDialog(props: {
  readonly category: Category | null;
  readonly etag: string;
  readonly onLook: () => void;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { settings } = useWords();
  const { call } = useSession();
  const { category } = props;
  const [code, setCode] = useState(category?.code ?? "");
  const [name, setName] = useState(category?.name ?? "");
  const [words, setWords] = useState((category?.words ?? []).join("\n"));
  const [examples, setExamples] = useState((category?.examples ?? []).join("\n"));
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const save = async () => {
    const body = { name: name.trim(), words: linesOf(words), examples: linesOf(examples) };
    const went = await run(async () => {
      try {
        await call("PUT /categories/{code}", {
          params: { code: code.trim() },
          body,
          etag: props.etag,
          key: key.current,
        });
      } finally {
        key.current = newKey();
      }
    });
    if (went) props.onDone();
  };
  const isWrong = error instanceof Refused && error.code === "content";
  return (
    <Dialog title={category === null ? settings.addCategory : category.name} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {category === null ? (
          <TextInput
            label={settings.category.code}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            required
          />
        ) : null}
        <TextInput
          label={settings.category.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <Textarea
          label={settings.category.words}
          value={words}
          rows={6}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Textarea
          label={settings.category.examples}
          value={examples}
          rows={4}
          onChange={(event) => setExamples(event.currentTarget.value)}
        />
        {isWrong ? <WrongNote text={settings.category.wrong} /> : <ChangeRefusal error={error} onLook={props.onLook} />}
        <FormButtons doIt={settings.save} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}

function linesOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}
