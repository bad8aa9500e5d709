import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Given, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { LinkNote } from "./link-note.tsx";

type Role = Given<"POST /staff">["body"]["role"];

/** Invites somebody: name, address, role; gives the link that sets their password. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { staff, shell } = useWords();
  const { call } = useSession();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("office");
  const [stations, setStations] = useState("");
  const [deputyCode, setDeputyCode] = useState("");
  const [link, setLink] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const invite = () =>
    run(async () => {
      const codes = stations.split(/[,，、\s]+/).filter((code) => code !== "");
      const deputy = deputyCode.trim();
      const person = { name: name.trim(), email: email.trim(), role };
      const body = { ...person, stations: role === "station" ? codes : [], deputyCode: deputy === "" ? null : deputy };
      const answered = await call("POST /staff", { body, key: key.current });
      setLink(answered.body.link);
    });
  return (
    <Dialog title={staff.invite} onClose={onClose}>
      {link === null ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void invite();
          }}
        >
          <TextInput
            label={staff.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <TextInput
            label={staff.email}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
          />
          <NativeSelect
            label={staff.role}
            value={role}
            data={Object.entries(shell.roles).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          {role === "station" ? (
            <TextInput
              label={staff.stations}
              value={stations}
              onChange={(event) => setStations(event.currentTarget.value)}
              required
            />
          ) : null}
          <TextInput
            label={staff.deputyCode}
            value={deputyCode}
            onChange={(event) => setDeputyCode(event.currentTarget.value)}
          />
          <RefusalNote error={error} />
          <div>
            <Button type="submit" loading={isBusy}>
              {staff.inviteGo}
            </Button>
          </div>
        </form>
      ) : (
        <LinkNote link={link} />
      )}
    </Dialog>
  );
}
