import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** An account at a platform, as the operator sees it. */
export type Account = Answered<"GET /accounts">["items"][number];

const SETTINGS = ["app-id", "template", "subscribe-template"] as const;
const SECRETS = ["app-secret", "token", "aes-key"] as const;
/** The version of an account that is not there yet. */
const NEW = "new";

/** Adds an account at a platform or changes one; a secret that is left empty stays as it is. */
export function AccountDialog(props: {
  readonly account: Account | null;
  readonly channels: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { accounts } = useWords();
  const { call } = useSession();
  const { account } = props;
  const [channel, setChannel] = useState(account?.channel ?? props.channels[0] ?? "");
  const [name, setName] = useState(account?.name ?? "");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ replies: "direct", ...account?.settings });
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const save = async () => {
    const body = { settings: given(values), secrets: given(secrets) };
    const params = { channel, name: name.trim() };
    const went = await run(async () => {
      try {
        await call("PUT /accounts/{channel}/{name}", { params, body, key: key.current, etag: account?.etag ?? NEW });
      } catch (refusal) {
        // What is written next is another request.
        key.current = newKey();
        throw refusal;
      }
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={account === null ? accounts.add : accounts.changeTitle(account.name)} onClose={props.onClose}>
      <form
        className="stack"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {account === null ? (
          <>
            <NativeSelect
              label={accounts.channel}
              value={channel}
              data={[...props.channels]}
              onChange={(event) => setChannel(event.currentTarget.value)}
            />
            <TextInput
              label={accounts.account}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
            />
          </>
        ) : (
          <p>
            {accounts.webhook}: <span className="secret">{account.webhook}</span>
          </p>
        )}
        <NativeSelect
          label={accounts.fields.replies}
          value={values.replies ?? "direct"}
          data={Object.entries(accounts.replies).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setValues({ ...values, replies: event.currentTarget.value })}
        />
        {SETTINGS.map((field) => (
          <TextInput
            key={field}
            label={accounts.fields[field]}
            value={values[field] ?? ""}
            onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
          />
        ))}
        {SECRETS.map((field) => (
          <PasswordInput
            key={field}
            label={accounts.fields[field]}
            description={account?.secrets.some((one) => one.name === field) === true ? accounts.keepSecret : undefined}
            value={secrets[field] ?? ""}
            autoComplete="new-password"
            onChange={(event) => setSecrets({ ...secrets, [field]: event.currentTarget.value })}
          />
        ))}
        <RefusalNote error={error} />
        <FormButtons doIt={accounts.save} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}

/** What was filled in; an empty field says nothing. */
function given(values: Readonly<Record<string, string>>): Record<string, string> {
  const filled = Object.entries(values).map(([name, value]): [string, string] => [name, value.trim()]);
  return Object.fromEntries(filled.filter(([, value]) => value !== ""));
}
