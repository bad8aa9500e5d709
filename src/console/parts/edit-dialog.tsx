import { Button, Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { Refused, type Since } from "../client/refused.ts";
import { Dialog } from "./dialog.tsx";
import { RefusalNote, WrongNote } from "./notes.tsx";
import { useWorking } from "./working.ts";

/** A field of a row that can be changed. */
export type EditField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: "text" | "lines" | "day";
  readonly value: string;
};

/** A row that is being changed: its fields, its version, and how both are read anew after somebody was faster. */
export type Edited = {
  readonly title: string;
  readonly etag: string;
  readonly fields: readonly EditField[];
};

/** Changes a row of the lists: who is slower than somebody else sees what it says now, and keeps what they wrote. */
export function EditDialog(props: {
  readonly edited: Edited;
  readonly note?: string;
  /** Saves the fields that were changed. */
  readonly save: (changed: Readonly<Record<string, string>>, etag: string, key: string) => Promise<void>;
  /** The row as it is now; null where it is gone. */
  readonly readAgain: () => Promise<Edited | null>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { places, shell } = words;
  const [base, setBase] = useState(props.edited);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(valuesOf(props.edited));
  const [since, setSince] = useState<readonly Since[] | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error, forget } = useWorking();
  const save = () =>
    run(async () => {
      const changed = Object.fromEntries(
        base.fields.flatMap(({ name, value }) => (values[name] === value ? [] : [[name, values[name] ?? ""]])),
      );
      try {
        await props.save(changed, base.etag, key.current);
        props.onDone();
      } catch (refusal) {
        if (!(refusal instanceof Refused) || refusal.code !== "somebody-was-faster") throw refusal;
        const now = await props.readAgain();
        if (now === null) throw refusal;
        // What was not touched follows the row; what was written stays.
        setValues((mine) => Object.fromEntries(now.fields.map((field) => [field.name, followed(field, base, mine)])));
        setBase(now);
        setSince(refusal.since);
        key.current = newKey();
      }
    });
  const last = since?.[0];
  return (
    <Dialog title={base.title} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          forget();
          void save();
        }}
      >
        {since === null ? null : (
          <WrongNote
            text={last === undefined ? places.changedElsewhere : places.changedBy(last.by, times.moment(last.at))}
          />
        )}
        {base.fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            now={since === null || values[field.name] === field.value ? null : places.nowIs(field.value)}
            onChange={(value) => setValues((all) => ({ ...all, [field.name]: value }))}
          />
        ))}
        {props.note === undefined ? null : <p className="small">{props.note}</p>}
        <RefusalNote error={error} />
        <div className="buttons">
          <Button type="submit" loading={isBusy}>
            {since === null ? places.save : places.saveAnyway}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const valuesOf = ({ fields }: Edited) => Object.fromEntries(fields.map(({ name, value }) => [name, value]));

function followed(field: EditField, before: Edited, mine: Readonly<Record<string, string>>): string {
  const was = before.fields.find(({ name }) => name === field.name)?.value ?? "";
  const written = mine[field.name] ?? "";
  return written === was ? field.value : written;
}

function Field(props: {
  readonly field: EditField;
  readonly value: string;
  /** What stands there now, where it is not what was written. */
  readonly now: string | null;
  readonly onChange: (value: string) => void;
}) {
  const { field, value, now, onChange } = props;
  const hints = [field.hint, now].filter((one) => one != null).join(" · ");
  const shared = { label: field.label, ...(hints === "" ? {} : { description: hints }), value };
  return field.kind === "lines" ? (
    <Textarea {...shared} rows={4} onChange={(event) => onChange(event.currentTarget.value)} />
  ) : (
    <TextInput
      {...shared}
      type={field.kind === "day" ? "date" : "text"}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The lines of a field, each once and without blanks around it. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

/** A text, or null where it is empty. */
export function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
