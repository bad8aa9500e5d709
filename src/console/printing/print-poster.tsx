import { Button, NativeSelect } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { type Given, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { useErrand } from "../parts/errand.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { PostersMade } from "./posters-made.tsx";

type Size = Given<"POST /posters">["body"]["size"];

/** The printing of one poster with a QR code: of the scene that it stands for. */
export function PrintPoster({ scene, label }: { readonly scene: string; readonly label: string }) {
  const { posters } = useWords();
  const { call } = useSession();
  const [size, setSize] = useState<Size>("A4");
  const [errandId, setErrandId] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const errand = useErrand(errandId);
  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const body = { scenes: [scene], size };
      setErrandId((await call("POST /posters", { body, key: key.current })).body.id);
      key.current = newKey();
    });
  };
  const isGoing = errand?.state === "waiting" || errand?.state === "running";
  return (
    <form className="stack" aria-label={label} onSubmit={make}>
      <NativeSelect
        label={posters.size}
        value={size}
        data={Object.entries(posters.sizes).map(([value, name]) => ({ value, label: name }))}
        onChange={({ currentTarget }) => setSize(currentTarget.value as Size)}
      />
      <RefusalNote error={error} />
      {errandId === null ? null : <PostersMade errand={errand} />}
      <div className="buttons">
        <Button type="submit" variant="default" loading={isBusy} disabled={isGoing}>
          {label}
        </Button>
      </div>
    </form>
  );
}
