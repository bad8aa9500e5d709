import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { CLOCK_KINDS } from "../../domain/case/clock.ts";
import type { Given } from "../client/call.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Rule } from "./say-rule.ts";

type Wanted = Given<"POST /clock-rules/proposals">["body"];

const LONGEST_SOURCE = 200;

/** Writes a rule of deadlines for somebody else to review, beginning with one that holds where it replaces that. */
export function ProposeDialog(props: {
  readonly before: Rule | null;
  readonly today: string;
  readonly categories: readonly { readonly code: string; readonly name: string }[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { clockRules, clocks } = useWords();
  const { call } = useSession();
  const { before, today, categories } = props;
  const { form } = clockRules;
  const [kind, setKind] = useState<Wanted["kind"]>(before?.kind ?? "reply");
  const [category, setCategory] = useState(before?.category ?? "");
  const [priority, setPriority] = useState(before?.priority ?? false);
  const [amount, setAmount] = useState(String(before?.amount ?? ""));
  const [unit, setUnit] = useState<Wanted["unit"]>(before?.unit ?? "working_days");
  const [source, setSource] = useState("");
  const [fromOn, setFromOn] = useState(today);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const isReady = /^[1-9]\d{0,4}$/.test(amount) && source.trim() !== "" && fromOn >= today;
  const send = async () => {
    const asked = { kind, category: category === "" ? null : category, priority, unit, source: source.trim(), fromOn };
    const went = await run(async () => {
      try {
        await call("POST /clock-rules/proposals", { body: { ...asked, amount: Number(amount) }, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={clockRules.propose} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void send();
        }}
      >
        <NativeSelect
          label={form.kind}
          value={kind}
          data={CLOCK_KINDS.map((value) => ({ value, label: clocks.kind[value] }))}
          onChange={(event) => setKind(event.currentTarget.value as Wanted["kind"])}
        />
        <NativeSelect
          label={form.category}
          value={category}
          data={[
            { value: "", label: clockRules.all },
            ...categories.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(event) => setCategory(event.currentTarget.value)}
        />
        <Checkbox
          label={form.urgent}
          checked={priority}
          onChange={(event) => setPriority(event.currentTarget.checked)}
        />
        <div className="buttons">
          <TextInput
            label={form.amount}
            value={amount}
            inputMode="numeric"
            maxLength={5}
            onChange={(event) => setAmount(event.currentTarget.value.trim())}
            required
          />
          <NativeSelect
            label={form.unit}
            value={unit}
            data={Object.entries(clocks.unitName).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setUnit(event.currentTarget.value as Wanted["unit"])}
          />
        </div>
        <Textarea
          label={form.source}
          value={source}
          rows={2}
          maxLength={LONGEST_SOURCE}
          onChange={(event) => setSource(event.currentTarget.value)}
          required
        />
        <TextInput
          type="date"
          label={form.from}
          value={fromOn}
          min={today}
          onChange={(event) => setFromOn(event.currentTarget.value)}
          required
        />
        <RefusalNote error={error} />
        <FormButtons doIt={form.send} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
