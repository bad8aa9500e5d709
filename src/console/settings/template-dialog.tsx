import { Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { fillTemplate, SAMPLE_VALUES, unknownVariables } from "../../domain/wording/answer-template.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";
import type { Template } from "./shapes.ts";

const LONGEST = 1500;

/** Writes a template, or its next version, and shows it as a resident will read it. */
export function TemplateDialog(props: {
  readonly template: Template | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { settings } = useWords();
  const { call } = useSession();
  const { template } = props;
  const [name, setName] = useState(template?.name ?? "");
  const [textZh, setTextZh] = useState(template?.textZh ?? "");
  const [textEn, setTextEn] = useState(template?.textEn ?? "");
  const id = useRef(template?.id ?? newKey());
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const unknown = [...unknownVariables(textZh), ...unknownVariables(textEn)];
  const save = async () => {
    const given = { params: { id: id.current }, body: { name, textZh, textEn }, etag: template?.etag ?? "new" };
    const went = await run(async () => {
      try {
        await call("PUT /templates/{id}", { ...given, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={template === null ? settings.addTemplate : template.name} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={settings.template.name}
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <Textarea
          label={settings.template.textZh}
          value={textZh}
          rows={4}
          maxLength={LONGEST}
          onChange={(event) => setTextZh(event.currentTarget.value)}
          required
        />
        <Textarea
          label={settings.template.textEn}
          value={textEn}
          rows={3}
          maxLength={LONGEST}
          onChange={(event) => setTextEn(event.currentTarget.value)}
        />
        {unknown.length === 0 ? null : (
          <WrongNote text={settings.template.unknown(unknown.map((one) => `{${one}}`).join(" "))} />
        )}
        {textZh === "" ? null : (
          <section className="note" aria-label={settings.template.preview}>
            <p className="small">{settings.template.preview}</p>
            <p>{fillTemplate(textZh, SAMPLE_VALUES["zh-CN"])}</p>
            {textEn === "" ? null : <p>{fillTemplate(textEn, SAMPLE_VALUES.en)}</p>}
          </section>
        )}
        <ChangeRefusal error={error} onLook={props.onDone} />
        <FormButtons doIt={settings.save} isBusy={isBusy} isReady={unknown.length === 0} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
