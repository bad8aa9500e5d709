import { Button, Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DoneNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";

type Settings = Answered<"GET /settings">;
const PARTS = ["name", "address", "phone", "hours"] as const;
const NONE = { name: "", address: "", phone: "", hours: "" };

/** The form of where the county's office of petitions is found, as residents are told of it; empty fields are left out. */
export function PetitionOfficeForm({
  settings: seen,
  onSaved,
}: {
  readonly settings: Settings;
  readonly onSaved: () => Promise<void>;
}) {
  const { settings } = useWords();
  const { call, me } = useSession();
  const [typed, setTyped] = useState(seen.petitionOffice ?? NONE);
  const [isSaved, setSaved] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error, forget } = useWorking();
  const mayChange = mayAsk(me, "PATCH /settings");
  const save = async () => {
    const petitionOffice = PARTS.every((part) => typed[part].trim() === "") ? null : typed;
    const went = await run(async () => {
      try {
        await call("PATCH /settings", { body: { petitionOffice }, etag: seen.etag, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    setSaved(went);
    if (went) await onSaved();
  };
  return (
    <form
      className="card stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{settings.fields.petitionOffice}</h2>
      <p className="small">{settings.petitionOfficeText}</p>
      {PARTS.map((part) => (
        <TextInput
          key={part}
          label={settings.petitionOfficeParts[part]}
          value={typed[part]}
          readOnly={!mayChange}
          maxLength={100}
          onChange={(event) => {
            setSaved(false);
            setTyped({ ...typed, [part]: event.currentTarget.value });
          }}
        />
      ))}
      <ChangeRefusal
        error={error}
        onLook={() => {
          forget();
          void onSaved();
        }}
      />
      {isSaved ? <DoneNote text={settings.saved} /> : null}
      {mayChange ? (
        <div className="buttons">
          <Button type="submit" variant="default" loading={isBusy}>
            {settings.petitionOfficeSave}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

/** The form of the networks in which case systems of others may be reached over plain HTTP: one a line. */
export function PartnerNetworksForm({
  settings: seen,
  onSaved,
}: {
  readonly settings: Settings;
  readonly onSaved: () => Promise<void>;
}) {
  const { settings } = useWords();
  const { call, me } = useSession();
  const [typed, setTyped] = useState(seen.partnerNetworks.join("\n"));
  const [isSaved, setSaved] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error, forget } = useWorking();
  const mayChange = mayAsk(me, "PATCH /settings");
  const save = async () => {
    const lines = typed.split(/[\n,，;；]/).map((line) => line.trim());
    const partnerNetworks = lines.filter((line) => line !== "");
    const went = await run(async () => {
      try {
        await call("PATCH /settings", { body: { partnerNetworks }, etag: seen.etag, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    setSaved(went);
    if (went) await onSaved();
  };
  return (
    <form
      className="card stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{settings.fields.partnerNetworks}</h2>
      <Textarea
        label={settings.partnerNetworksLabel}
        description={settings.partnerNetworksText}
        value={typed}
        readOnly={!mayChange}
        autosize
        minRows={2}
        onChange={(event) => {
          setSaved(false);
          setTyped(event.currentTarget.value);
        }}
      />
      <ChangeRefusal
        error={error}
        onLook={() => {
          forget();
          void onSaved();
        }}
      />
      {isSaved ? <DoneNote text={settings.saved} /> : null}
      {mayChange ? (
        <div className="buttons">
          <Button type="submit" variant="default" loading={isBusy}>
            {settings.partnerNetworksSave}
          </Button>
        </div>
      ) : null}
    </form>
  );
}
