import { Button, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { type Preview, Steps } from "./steps.tsx";

type Row = { readonly id: number; readonly from: string; readonly to: string; readonly places: string };

const emptyRow = (id: number): Row => ({ id, from: "", to: "", places: "" });

/** Plans who follows whom on a day: rows, then what they do, then it is planned. */
export function PlanForm({ onDone }: { readonly onDone: () => void }) {
  const { words, times } = useLanguage();
  const { successions } = words;
  const { call } = useSession();
  const [on, setOn] = useState("");
  const [rows, setRows] = useState<readonly Row[]>([emptyRow(0)]);
  const [steps, setSteps] = useState<Preview | null>(null);
  const key = useRef(newKey());
  const next = useRef(1);
  const { run, isBusy, error } = useWorking();
  const tomorrow = times.dayOf(new Date(Date.now() + 86_400_000));
  const body = () => ({
    on,
    steps: rows.map(({ from, to, places }) => {
      const codes = places
        .split(/[;；,，\s]+/)
        .map((one) => one.trim())
        .filter((one) => one !== "");
      return { from: from.trim(), to: to.trim(), ...(codes.length === 0 ? {} : { places: codes }) };
    }),
  });
  const go = () =>
    run(async () => {
      if (steps === null) {
        const { body: seen } = await call("POST /successions", { body: { ...body(), preview: true }, key: newKey() });
        setSteps(seen.steps);
        return;
      }
      await call("POST /successions", { body: body(), key: key.current });
      key.current = newKey();
      setSteps(null);
      setRows([emptyRow(next.current++)]);
      setOn("");
      onDone();
    });
  const change = (id: number, more: Partial<Row>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...more } : row)));
  return (
    <form
      className="card stack"
      aria-label={successions.plan}
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {steps === null ? (
        <>
          <TextInput
            type="date"
            label={successions.day}
            min={tomorrow}
            value={on}
            required
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          {rows.map((row, at) => (
            <fieldset key={row.id} className="step-row">
              <legend>{successions.row(at + 1)}</legend>
              <TextInput
                label={successions.from}
                value={row.from}
                required
                onChange={(event) => change(row.id, { from: event.currentTarget.value })}
              />
              <TextInput
                label={successions.to}
                value={row.to}
                required
                onChange={(event) => change(row.id, { to: event.currentTarget.value })}
              />
              <TextInput
                label={successions.places}
                value={row.places}
                onChange={(event) => change(row.id, { places: event.currentTarget.value })}
              />
              {rows.length === 1 ? null : (
                <button type="button" className="deed" onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}>
                  {successions.removeRow}
                </button>
              )}
            </fieldset>
          ))}
          <div>
            <Button variant="default" onClick={() => setRows([...rows, emptyRow(next.current++)])}>
              {successions.addRow}
            </Button>
          </div>
        </>
      ) : (
        <Steps steps={steps} />
      )}
      <RefusalNote error={error} />
      <div className="buttons">
        <Button type="submit" loading={isBusy}>
          {steps === null ? successions.preview : successions.plan}
        </Button>
        {steps === null ? null : (
          <Button variant="default" onClick={() => setSteps(null)}>
            {successions.change}
          </Button>
        )}
      </div>
    </form>
  );
}
