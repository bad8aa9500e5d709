import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { RefusalNote } from "./notes.tsx";

/** A form with one code of the second factor. */
export function CodeForm(props: {
  readonly label: string;
  readonly go: string;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly onCode: (code: string) => void;
}) {
  const [code, setCode] = useState("");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") props.onCode(code.trim());
      }}
    >
      <TextInput
        label={props.label}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoComplete="one-time-code"
        inputMode="numeric"
        autoFocus
        required
      />
      <RefusalNote error={props.error} />
      <div>
        <Button type="submit" loading={props.isBusy}>
          {props.go}
        </Button>
      </div>
    </form>
  );
}
