import { TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** Notes another name of a grid. */
export function AddPlace({ onDone, onClose }: { readonly onDone: () => void; readonly onClose: () => void }) {
  const { words } = useLanguage();
  const { places } = words;
  const { call } = useSession();
  const [name, setName] = useState("");
  const [grid, setGrid] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const add = () =>
    run(async () => {
      await call("POST /places", { body: { name: name.trim(), grid: grid.trim() }, key: key.current });
      onDone();
    });
  return (
    <Dialog title={places.addPlace} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
        onChange={() => {
          key.current = newKey();
        }}
      >
        <TextInput
          label={places.placeName}
          value={name}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={places.placeGrid}
          value={grid}
          required
          onChange={(event) => setGrid(event.currentTarget.value)}
        />
        <RefusalNote error={error} />
        <FormButtons doIt={places.save} isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
