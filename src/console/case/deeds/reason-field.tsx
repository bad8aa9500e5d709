import { Textarea } from "@mantine/core";
import type { useDraft } from "../../client/drafts.ts";

/** The field for the reason of a deed, whose text is kept as a draft until the deed is done. */
export function ReasonField(props: {
  readonly label: string;
  readonly description?: string;
  readonly draft: ReturnType<typeof useDraft>;
}) {
  return (
    <Textarea
      label={props.label}
      description={props.description}
      value={props.draft.text}
      onChange={(event) => props.draft.write(event.currentTarget.value)}
      maxLength={500}
      rows={3}
      required
    />
  );
}
