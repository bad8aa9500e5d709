import { NativeSelect, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Partner } from "./partner.ts";

/** The version of a system that is not there yet. */
const NEW = "new";
const TYPES = ["webhook", "georeport"] as const;

/** Connects another case system or changes one; a secret that is left empty stays as it is. */
export function PartnerDialog(props: {
  readonly partner: Partner | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { partners } = useWords();
  const { call } = useSession();
  const { partner } = props;
  const [type, setType] = useState<Partner["type"]>(partner?.type ?? "webhook");
  const [values, setValues] = useState({ name: partner?.name ?? "", url: partner?.url ?? "", secret: "", title: "" });
  const [more, setMore] = useState({ short: "", services: "" });
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const services = servicesIn(more.services);
  const save = async () => {
    if (services === null) return;
    const { name, url, secret, title } = values;
    const short = more.short.split(/[;；]/).flatMap((one) => one.trim() || []);
    const body = {
      ...{ type, url: url.trim() },
      ...(secret === "" ? {} : { secret }),
      ...(title.trim() === "" ? {} : { title: title.trim() }),
      ...(short.length === 0 ? {} : { short }),
      ...(services === undefined ? {} : { services }),
    };
    const went = await run(async () => {
      try {
        await call("PUT /partners/{name}", {
          params: { name: name.trim() },
          body,
          key: key.current,
          etag: partner?.etag ?? NEW,
        });
      } catch (refusal) {
        // What is written next is another request.
        key.current = newKey();
        throw refusal;
      }
    });
    if (went) props.onDone();
  };
  const field = (name: "name" | "url" | "title") => ({
    label: partners.fields[name],
    value: values[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <Dialog title={partner === null ? partners.add : partners.changeTitle(partner.name)} onClose={props.onClose}>
      <form
        className="stack"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {partner === null ? (
          <>
            <TextInput {...field("name")} required />
            <NativeSelect
              label={partners.fields.type}
              value={type}
              data={TYPES.map((value) => ({ value, label: partners.types[value] }))}
              onChange={(event) => setType(TYPES.find((one) => one === event.currentTarget.value) ?? "webhook")}
            />
            <TextInput {...field("title")} />
            <TextInput
              label={partners.fields.short}
              value={more.short}
              onChange={(event) => setMore({ ...more, short: event.currentTarget.value })}
            />
          </>
        ) : null}
        <TextInput {...field("url")} required />
        <PasswordInput
          label={partners.fields.secret}
          description={partner === null ? undefined : partners.keepSecret}
          value={values.secret}
          autoComplete="new-password"
          onChange={(event) => setValues({ ...values, secret: event.currentTarget.value })}
        />
        <Textarea
          label={partners.fields.services}
          error={services === null ? partners.badJson : undefined}
          value={more.services}
          onChange={(event) => setMore({ ...more, services: event.currentTarget.value })}
        />
        <RefusalNote error={error} />
        <FormButtons doIt={partners.save} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}

/** The codes that were written; undefined where none were, null where they cannot be read. */
function servicesIn(text: string): Record<string, string> | undefined | null {
  if (text.trim() === "") return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return null;
    const entries = Object.entries(read);
    return entries.every(([, value]) => typeof value === "string") ? Object.fromEntries(entries) : null;
  } catch {
    return null;
  }
}
