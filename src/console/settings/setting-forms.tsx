import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { type Answered, type Given, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DoneNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";

type Settings = Answered<"GET /settings">;
const PARTS = ["name", "address", "phone", "hours"] as const;
const NONE = { name: "", address: "", phone: "", hours: "" };

type Seen = { readonly settings: Settings; readonly onSaved: () => Promise<void> };

/** The form of where the county's office of petitions is found, as residents are told of it; empty fields are left out. */
export function PetitionOfficeForm(seen: Seen) {
  const { settings } = useWords();
  const [typed, setTyped] = useState(seen.settings.petitionOffice ?? NONE);
  const petitionOffice = PARTS.every((part) => typed[part].trim() === "") ? null : typed;
  return (
    <SettingForm
      {...seen}
      title={settings.fields.petitionOffice}
      button={settings.petitionOfficeSave}
      typed={{ petitionOffice }}
    >
      {(isFixed) => (
        <>
          <p className="small">{settings.petitionOfficeText}</p>
          {PARTS.map((part) => (
            <TextInput
              key={part}
              label={settings.petitionOfficeParts[part]}
              value={typed[part]}
              readOnly={isFixed}
              maxLength={100}
              onChange={(event) => setTyped({ ...typed, [part]: event.currentTarget.value })}
            />
          ))}
        </>
      )}
    </SettingForm>
  );
}

/** The form of the networks in which case systems of others may be reached over plain HTTP: one a line. */
export function PartnerNetworksForm(seen: Seen) {
  const { settings } = useWords();
  const [typed, setTyped] = useState(seen.settings.partnerNetworks.join("\n"));
  const lines = typed.split(/[\n,，;；]/).map((line) => line.trim());
  const partnerNetworks = lines.filter((line) => line !== "");
  return (
    <SettingForm
      {...seen}
      title={settings.fields.partnerNetworks}
      button={settings.partnerNetworksSave}
      typed={{ partnerNetworks }}
    >
      {(isFixed) => (
        <Textarea
          label={settings.partnerNetworksLabel}
          description={settings.partnerNetworksText}
          value={typed}
          readOnly={isFixed}
          autosize
          minRows={2}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </SettingForm>
  );
}

/** The form of what rooms of deputies are told. */
export function RoomsForm(seen: Seen) {
  const { settings } = useWords();
  const [rooms, setRooms] = useState(seen.settings.rooms);
  return (
    <SettingForm {...seen} title={settings.fields.rooms} button={settings.roomsSave} typed={{ rooms }}>
      {(isFixed) => (
        <NativeSelect
          label={settings.roomsLabel}
          description={settings.roomsText}
          value={rooms}
          disabled={isFixed}
          data={(["digest", "cases"] as const).map((value) => ({ value, label: settings.roomsChoices[value] }))}
          onChange={(event) => setRooms(event.currentTarget.value === "cases" ? "cases" : "digest")}
        />
      )}
    </SettingForm>
  );
}

/** A form of a setting that is saved as a whole; what was typed since is said to be saved no more. */
function SettingForm(
  props: Seen & {
    readonly title: string;
    readonly button: string;
    readonly typed: Given<"PATCH /settings">["body"];
    /** The fields; they are fixed for whoever may not change the setting. */
    readonly children: (isFixed: boolean) => ReactNode;
  },
) {
  const { settings } = useWords();
  const { call, me } = useSession();
  const [saved, setSaved] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error, forget } = useWorking();
  const mayChange = mayAsk(me, "PATCH /settings");
  const typed = JSON.stringify(props.typed);
  const save = async () => {
    const went = await run(async () => {
      try {
        await call("PATCH /settings", { body: props.typed, etag: props.settings.etag, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    setSaved(went ? typed : null);
    if (went) await props.onSaved();
  };
  return (
    <form
      className="card stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{props.title}</h2>
      {props.children(!mayChange)}
      <ChangeRefusal
        error={error}
        onLook={() => {
          forget();
          void props.onSaved();
        }}
      />
      {saved === typed ? <DoneNote text={settings.saved} /> : null}
      {mayChange ? (
        <div className="buttons">
          <Button type="submit" variant="default" loading={isBusy}>
            {props.button}
          </Button>
        </div>
      ) : null}
    </form>
  );
}
