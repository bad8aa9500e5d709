import { Textarea } from "@mantine/core";
import { useDraft } from "../../client/drafts.ts";
import { useLanguage } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import type { DeedProps } from "./place-move-close.tsx";
import { type Attempt, VerbDialog } from "./verb-dialog.tsx";

/** Takes another matter out of a case, after showing who gets it and what everybody would read. */
export function SplitDialog({ one, ...ends }: DeedProps) {
  const { joint } = useLanguage().words;
  const { call } = useSession();
  const matter = useDraft(`${one.number}/split`);
  const ask = async (attempt: Attempt, preview: boolean) => {
    const body = { words: matter.text.trim(), ...(preview ? { preview: true } : {}) };
    return (await call("POST /cases/{number}/split", { params: { number: one.number }, ...attempt, body })).body;
  };
  return (
    <VerbDialog
      title={`${joint.split.replace("…", "")} ${one.number}`}
      intro={joint.splitText}
      etag={one.etag}
      isReady={matter.text.trim() !== ""}
      preview={async (attempt) => ({ told: (await ask(attempt, true)).told })}
      apply={async (attempt) => {
        await ask(attempt, false);
        matter.clear();
      }}
      doIt={joint.do.split}
      {...ends}
    >
      <Textarea
        label={joint.splitWords}
        description={joint.splitHint}
        value={matter.text}
        onChange={(event) => matter.write(event.currentTarget.value)}
        autosize
        minRows={2}
        required
      />
    </VerbDialog>
  );
}
