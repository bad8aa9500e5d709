import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { labelOf } from "./option-words.ts";

/** An account at a platform, as the operator sees it. */
export type Account = Answered<"GET /accounts">["items"][number];

/** A platform on which the county may have accounts, with what each of them is asked for. */
export type Platform = Answered<"GET /accounts">["platforms"][number];

/** The version of an account that is not there yet. */
const NEW = "new";

/** Adds an account at a platform or changes one; a secret that is left empty stays as it is. */
export function AccountDialog(props: {
  readonly account: Account | null;
  readonly platforms: readonly Platform[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words, locale } = useLanguage();
  const { accounts } = words;
  const { call } = useSession();
  const { account, platforms } = props;
  const [channel, setChannel] = useState(account?.channel ?? platforms[0]?.type ?? "");
  const platform = platforms.find(({ type }) => type === channel);
  const [name, setName] = useState(account?.name ?? "");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ ...account?.settings });
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const save = async () => {
    const body = { settings: given({ ...chosen(platform), ...values }), secrets: given(secrets) };
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
              data={platforms.map(({ type, names }) => ({ value: type, label: names[locale] }))}
              onChange={(event) => {
                setChannel(event.currentTarget.value);
                setValues({});
                setSecrets({});
              }}
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
            {platform?.isPage === true ? accounts.page : accounts.webhook}:{" "}
            <span className="secret">{account.webhook}</span>
          </p>
        )}
        {platform?.options.map((option) => (
          <OptionField
            key={`${channel} ${option.name}`}
            option={option}
            label={labelOf(words, channel, option)}
            isKept={account?.secrets.some((one) => one.name === option.name) === true}
            value={(option.isSecret ? secrets : values)[option.name] ?? ""}
            onChange={(value) => {
              if (option.isSecret) setSecrets({ ...secrets, [option.name]: value });
              else setValues({ ...values, [option.name]: value });
            }}
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

/** The first of its values for each option that has some, which a form shows as chosen. */
function chosen(platform: Platform | undefined): Record<string, string> {
  const asked = platform?.options ?? [];
  return Object.fromEntries(
    asked.flatMap(({ name, choices }) => (choices?.[0] === undefined ? [] : [[name, choices[0]]])),
  );
}

/** The field of one option: a choice, a secret that is never shown, or words. */
function OptionField(props: {
  readonly option: Platform["options"][number];
  readonly label: string;
  readonly isKept: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { accounts } = useLanguage().words;
  const { option, label, isKept, value } = props;
  const onChange = (event: { currentTarget: { value: string } }) => props.onChange(event.currentTarget.value);
  const required = option.isRequired && !isKept;
  if (option.choices !== null) {
    const words: Readonly<Record<string, string>> = accounts.choices;
    const data = option.choices.map((one) => ({ value: one, label: words[`${option.name}/${one}`] ?? one }));
    return <NativeSelect label={label} value={value || option.choices[0]} data={data} onChange={onChange} />;
  }
  if (!option.isSecret) return <TextInput label={label} value={value} withAsterisk={required} onChange={onChange} />;
  return (
    <PasswordInput
      label={label}
      description={isKept ? accounts.keepSecret : undefined}
      value={value}
      withAsterisk={required}
      autoComplete="new-password"
      onChange={onChange}
    />
  );
}
