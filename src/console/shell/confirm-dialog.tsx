import type { Call } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useWorking } from "../parts/working.ts";

/** Asks for a code of the second factor before something that needs one; what was asked for goes on by itself then. */
export function ConfirmDialog(props: { readonly call: Call; readonly onAnswer: (isConfirmed: boolean) => void }) {
  const { shell } = useWords();
  const { run, isBusy, error } = useWorking();
  const give = async (code: string) => {
    const isRight = await run(async () => {
      await props.call("POST /me/confirm", { body: { code } });
    });
    if (isRight) props.onAnswer(true);
  };
  return (
    <Dialog title={shell.confirm.title} onClose={() => props.onAnswer(false)}>
      <p>{shell.confirm.text}</p>
      <CodeForm label={shell.confirm.code} go={shell.confirm.go} error={error} isBusy={isBusy} onCode={give} />
    </Dialog>
  );
}
