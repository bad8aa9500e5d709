import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Given, newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useErrand } from "../parts/errand.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { PostersMade } from "../printing/posters-made.tsx";

type Wish = Given<"POST /posters">["body"];
type What = "grid" | "township" | "station";

/** Has posters made, or invitation sheets, and gives the file when it is there. */
export function PostersDialog(props: {
  readonly what: "posters" | "invites";
  readonly grid: string | null;
  readonly township: string | null;
  readonly onClose: () => void;
}) {
  const { words } = useLanguage();
  const { posters, shell } = words;
  const { call } = useSession();
  const isInvites = props.what === "invites";
  const [what, setWhat] = useState<What>(isInvites ? "station" : props.grid === null ? "township" : "grid");
  const [township, setTownship] = useState(props.township ?? "");
  const [station, setStation] = useState("");
  const [size, setSize] = useState<Wish["size"]>("A4");
  const [errandId, setErrandId] = useState<string | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const errand = useErrand(errandId);
  const { data: stations = [] } = useQuery({
    queryKey: ["stations-to-print"],
    queryFn: async ({ signal }) => (await call("GET /stations", { query: { limit: 200 }, signal })).body.items,
  });
  const named = props.township === null ? [] : [props.township];
  const townships = [...new Set([...named, ...stations.map((one) => one.township)])].sort();
  const chosenTownship = township === "" ? (townships[0] ?? "") : township;
  const chosenStation = station === "" ? (stations[0]?.code ?? "") : station;
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      key.current = newKey();
      set(value);
    };
  const make = () =>
    run(async () => {
      if (isInvites) {
        setErrandId(
          (await call("POST /invite-sheets", { body: { station: chosenStation }, key: key.current })).body.id,
        );
        return;
      }
      const body: Wish =
        what === "grid"
          ? { scenes: [`g:${props.grid ?? ""}`], size }
          : what === "township"
            ? { township: chosenTownship, size }
            : { station: chosenStation, size };
      setErrandId((await call("POST /posters", { body, key: key.current })).body.id);
    });
  const choices = [
    ...(props.grid === null ? [] : [{ value: "grid", label: posters.byGrid(props.grid) }]),
    { value: "township", label: posters.byTownship },
    { value: "station", label: posters.byStation },
  ];
  return (
    <Dialog title={isInvites ? posters.invitesTitle : posters.title} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <p>{isInvites ? posters.invitesIntro : posters.intro}</p>
        {isInvites ? null : (
          <NativeSelect
            label={posters.what}
            value={what}
            data={choices}
            onChange={({ currentTarget: { value } }) => change(setWhat)(value as What)}
          />
        )}
        {what === "township" ? (
          <NativeSelect
            label={posters.township}
            value={chosenTownship}
            data={townships}
            onChange={({ currentTarget: { value } }) => change(setTownship)(value)}
          />
        ) : null}
        {what === "station" ? (
          <NativeSelect
            label={posters.station}
            value={chosenStation}
            data={stations.map(({ code, name, township: of }) => ({ value: code, label: `${name}（${of}）` }))}
            onChange={({ currentTarget: { value } }) => change(setStation)(value)}
          />
        ) : null}
        {isInvites ? null : (
          <NativeSelect
            label={posters.size}
            value={size}
            data={Object.entries(posters.sizes).map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget: { value } }) => change(setSize)(value as Wish["size"])}
          />
        )}
        <RefusalNote error={error} />
        {errandId === null ? null : <PostersMade errand={errand} />}
        <div className="buttons">
          <Button type="submit" loading={isBusy} disabled={errand?.state === "waiting" || errand?.state === "running"}>
            {posters.make}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.close}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
