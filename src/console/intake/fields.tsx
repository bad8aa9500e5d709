import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { CodeField } from "../parts/naming/code-field.tsx";
import { PhotoField } from "../parts/photo-field.tsx";
import type { Form, How, Where } from "./form.ts";

/** The fields in which somebody takes down what a person says. */
export function Fields({ form, change }: { readonly form: Form; readonly change: (part: Partial<Form>) => void }) {
  const { intake } = useWords();
  return (
    <>
      <NativeSelect
        label={intake.how}
        value={form.how}
        data={Object.entries(intake.ways).map(([value, label]) => ({ value, label }))}
        onChange={(event) => change({ how: event.currentTarget.value as How })}
      />
      <Textarea
        label={intake.text}
        description={intake.textHint}
        value={form.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        maxLength={4000}
        rows={4}
        required
      />
      <Place form={form} change={change} />
      <PhotoField label={intake.photo} value={form.photo} onChange={(photo) => change({ photo })} />
      <fieldset className="choices">
        <legend>{intake.who}</legend>
        <TextInput
          label={intake.name}
          value={form.name}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={intake.phone}
          type="tel"
          value={form.phone}
          maxLength={30}
          autoComplete="off"
          onChange={(event) => change({ phone: event.currentTarget.value })}
        />
        <Checkbox
          label={intake.mayCall}
          checked={form.mayCall}
          onChange={(event) => change({ mayCall: event.currentTarget.checked })}
        />
        <p className="small">{intake.sealedHint}</p>
      </fieldset>
    </>
  );
}

function Place({ form, change }: Parameters<typeof Fields>[0]) {
  const { intake } = useWords();
  const [isLost, setLost] = useState(false);
  const locate = () => {
    setLost(false);
    if (!("geolocation" in navigator)) return setLost(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        change({ position: { latitude, longitude, metres: Math.round(accuracy) } }),
      () => setLost(true),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  return (
    <>
      <NativeSelect
        label={intake.where}
        value={form.where}
        data={Object.entries(intake.wheres).map(([value, label]) => ({ value, label }))}
        onChange={(event) => change({ where: event.currentTarget.value as Where })}
      />
      {form.where === "words" ? (
        <TextInput
          label={intake.placeWords}
          description={intake.placeHint}
          value={form.placeWords}
          maxLength={200}
          onChange={(event) => change({ placeWords: event.currentTarget.value })}
        />
      ) : null}
      {form.where === "grid" ? (
        <CodeField kind="grid" label={intake.grid} value={form.grid} onChange={(grid) => change({ grid })} />
      ) : null}
      {form.where === "here" ? (
        <div>
          <Button variant="default" onClick={locate}>
            {intake.locate}
          </Button>{" "}
          <span role="status">
            {isLost ? intake.notLocated : form.position === null ? null : intake.located(form.position.metres)}
          </span>
        </div>
      ) : null}
    </>
  );
}
