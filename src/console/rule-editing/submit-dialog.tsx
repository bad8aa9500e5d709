import { NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";

/** Gives a draft to its review, with somebody who is asked for it; from then on it cannot be changed. */
export function SubmitDialog(props: {
  readonly number: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { ruleProof: words } = useWords();
  const { call } = useSession();
  const { number } = props;
  const [keys] = useState(() => ({ assign: newKey(), submit: newKey() }));
  const [reviewer, setReviewer] = useState("");
  const reviewers = useQuery({
    queryKey: ["reviewers", number],
    queryFn: async ({ signal }) =>
      (await call("GET /rulesets/{number}/reviewers", { params: { number }, signal })).body.items,
  });
  const submitted = useMutation({
    mutationFn: async () => {
      if (reviewer !== "")
        await call("POST /rulesets/{number}/assign", { params: { number }, body: { reviewer }, key: keys.assign });
      await call("POST /rulesets/{number}/submit", { params: { number }, key: keys.submit });
    },
    onSuccess: props.onDone,
  });
  const found = reviewers.data ?? [];
  return (
    <Dialog title={words.submitTitle(Number(number))} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submitted.mutate();
        }}
      >
        <p>{words.submitText}</p>
        {reviewers.isSuccess && found.length === 0 ? <p className="note">{words.noReviewers}</p> : null}
        <NativeSelect
          label={words.reviewer}
          value={reviewer}
          data={[
            { value: "", label: words.anybody },
            ...found.map(({ name, wrote }) => ({
              value: name,
              label: wrote ? words.wrote(name) : name,
              disabled: wrote,
            })),
          ]}
          onChange={(event) => {
            setReviewer(event.currentTarget.value);
            keys.assign = newKey();
          }}
        />
        <RefusalNote error={reviewers.error ?? submitted.error} />
        <FormButtons doIt={words.submitGo} isBusy={submitted.isPending} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
