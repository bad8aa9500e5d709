import { Button } from "@mantine/core";
import { useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";

/** Says why a change of settings was refused: who was faster, or which fields are not right. @param onLook asks for what holds now */
export function ChangeRefusal({ error, onLook }: { readonly error: unknown; readonly onLook: () => void }) {
  const { words, times } = useLanguage();
  const { settings } = words;
  if (!(error instanceof Refused)) return <RefusalNote error={error} />;
  const fields: Readonly<Record<string, string>> = settings.fields;
  const last = error.since.at(-1);
  if (error.code === "somebody-was-faster" && last !== undefined)
    return (
      <WrongNote text={settings.faster(last.by, `「${fields[last.type] ?? settings.title}」`, times.moment(last.at))}>
        <Button size="compact-md" variant="default" onClick={onLook}>
          {settings.lookAgain}
        </Button>
      </WrongNote>
    );
  const names = [...new Set(error.findings)].map((at) => fields[at] ?? at);
  if (error.code === "content" && names.length > 0) return <WrongNote text={settings.wrongFields(names.join("；"))} />;
  return <RefusalNote error={error} />;
}
