import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { LibraryAnswer } from "./say-answer.ts";

/** Writes the draft of an answer for somebody else to review; one that replaces what is in force begins with that. */
export function DraftDialog(props: {
  readonly before: LibraryAnswer | null;
  readonly today: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { answers, clockRules } = useWords();
  const { call } = useSession();
  const { before, today } = props;
  const { form } = answers;
  const [code, setCode] = useState(before?.code ?? "");
  const [title, setTitle] = useState(before?.title ?? "");
  const [triggers, setTriggers] = useState(before?.triggers.join("\n") ?? "");
  const [body, setBody] = useState(before?.body ?? "");
  const [category, setCategory] = useState(before?.category ?? "");
  const [validFrom, setValidFrom] = useState(before?.state === "draft" ? before.validFrom : today);
  const [validUntil, setValidUntil] = useState(before?.validUntil ?? "");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const catalogue = useQuery({
    queryKey: ["categories"],
    queryFn: async ({ signal }) => (await call("GET /categories", { signal })).body,
    retry: mayAskAgain,
  });
  const lines = triggers.split("\n").map((line) => line.trim());
  const questions = [...new Set(lines)].filter((line) => line !== "");
  const isReady =
    [code, title, body].every((text) => text.trim() !== "") && questions.length > 0 && validUntil >= validFrom;
  const send = async () => {
    const content = {
      ...{ code: code.trim(), title: title.trim(), triggers: questions, body: body.trim() },
      ...{ category: category === "" ? null : category, validFrom, validUntil },
    };
    const went = await run(async () => {
      try {
        if (before?.state === "draft") {
          const { id, etag } = before;
          await call("PUT /answer-library/{id}", { params: { id }, body: content, etag, key: key.current });
        } else await call("POST /answer-library", { body: content, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={answers.write} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void send();
        }}
      >
        <TextInput
          label={form.code}
          value={code}
          maxLength={32}
          disabled={before !== null}
          onChange={(event) => setCode(event.currentTarget.value)}
          required
        />
        <TextInput
          label={form.title}
          value={title}
          maxLength={60}
          onChange={(event) => setTitle(event.currentTarget.value)}
          required
        />
        <Textarea
          label={form.triggers}
          description={form.triggersHint}
          value={triggers}
          rows={4}
          onChange={(event) => setTriggers(event.currentTarget.value)}
          required
        />
        <Textarea
          label={form.body}
          description={form.bodyHint}
          value={body}
          rows={4}
          maxLength={500}
          onChange={(event) => setBody(event.currentTarget.value)}
          required
        />
        <NativeSelect
          label={form.category}
          value={category}
          data={[
            { value: "", label: clockRules.all },
            ...(catalogue.data?.items ?? []).map((one) => ({ value: one.code, label: one.name })),
          ]}
          onChange={(event) => setCategory(event.currentTarget.value)}
        />
        <div className="buttons">
          <TextInput
            type="date"
            label={form.from}
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
            required
          />
          <TextInput
            type="date"
            label={form.until}
            value={validUntil}
            min={validFrom}
            onChange={(event) => setValidUntil(event.currentTarget.value)}
            required
          />
        </div>
        <RefusalNote error={error} />
        <FormButtons doIt={form.send} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
