import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, type Given, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Role = Given<"POST /tokens">["body"]["role"];

/** A token of the office reads residents' words: it is made on the command line alone. */
const ROLES: readonly Role[] = ["reviewer", "station", "auditor", "operator"];

/** Makes a token for a program, and shows it once. */
export function TokenDialog({ onMade, onClose }: { readonly onMade: () => void; readonly onClose: () => void }) {
  const { settings, shell, staff } = useWords();
  const { call } = useSession();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("auditor");
  const [days, setDays] = useState("365");
  const [made, setMade] = useState<Answered<"POST /tokens"> | null>(null);
  const [isCopied, setCopied] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const { token: words } = settings;
  const make = () =>
    run(async () => {
      const body = { name: name.trim(), role, days: days.trim() === "" ? null : Number(days) };
      try {
        setMade((await call("POST /tokens", { body, key: key.current })).body);
      } catch (refusal) {
        // What is written next is another request.
        key.current = newKey();
        throw refusal;
      }
      onMade();
    });
  return (
    <Dialog title={settings.addToken} onClose={onClose}>
      {made === null ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <TextInput
            label={words.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <NativeSelect
            label={words.role}
            value={role}
            data={ROLES.map((value) => ({ value, label: shell.roles[value] }))}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          <TextInput
            label={words.days}
            value={days}
            inputMode="numeric"
            onChange={(event) => setDays(event.currentTarget.value)}
          />
          <RefusalNote error={error} />
          <FormButtons doIt={words.make} isBusy={isBusy} onClose={onClose} />
        </form>
      ) : (
        <div className="stack" role="status">
          <p>{made.token === null ? words.gone : words.once}</p>
          {made.token === null ? null : <p className="secret">{made.token}</p>}
          <div className="buttons">
            {made.token === null ? null : (
              <Button
                variant="default"
                onClick={() => void navigator.clipboard.writeText(made.token ?? "").then(() => setCopied(true))}
              >
                {isCopied ? staff.copied : staff.copy}
              </Button>
            )}
            <Button onClick={onClose}>{shell.close}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
