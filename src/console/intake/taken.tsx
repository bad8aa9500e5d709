import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { holderOf } from "../parts/marks.tsx";
import { DoneNote } from "../parts/notes.tsx";
import type { How } from "./form.ts";

type Taken = Answered<"POST /intake">;

/** Shows what was taken down: the number, what is read out, and the slip to print. */
export function TakenView(props: { readonly taken: Taken; readonly how: How; readonly onAnother: () => void }) {
  const { words } = useLanguage();
  const { intake } = words;
  const { taken, how } = props;
  const [isPrinting, setPrinting] = useState(false);
  const isHere = how === "walk-in" || how === "phone";
  return (
    <div className="stack">
      <DoneNote text={`${taken.isJoined ? intake.doneJoined : intake.done} · ${taken.number}`} />
      <section className="card">
        <h2>{isHere ? intake.readOut : intake.number}</h2>
        {isHere ? (
          taken.readOut.map((text) => (
            <blockquote key={text} className="read-out">
              {text}
            </blockquote>
          ))
        ) : (
          <p>{intake.writeDown}</p>
        )}
      </section>
      <div className="buttons">
        <Button onClick={() => setPrinting(true)}>{intake.slip}</Button>
        {taken.mayOpen ? (
          <Link className="deed" to="/cases/$number" params={{ number: taken.number }}>
            {intake.open}
          </Link>
        ) : (
          <span className="small">{intake.notYours}</span>
        )}
        <Button variant="default" onClick={props.onAnother}>
          {intake.another}
        </Button>
      </div>
      {isPrinting ? <Slip taken={taken} onClose={() => setPrinting(false)} /> : null}
    </div>
  );
}

/** The slip for the person: number, who has it, by when, and the code of the station. */
function Slip({ taken, onClose }: { readonly taken: Taken; readonly onClose: () => void }) {
  const { words, times } = useLanguage();
  const { intake, shell } = words;
  const { me, call } = useSession();
  const code = taken.station?.code ?? "";
  const asked = useQuery({
    queryKey: ["station-qr", code],
    queryFn: async ({ signal }) => (await call("GET /stations/{code}/qr", { params: { code }, signal })).body,
    enabled: code !== "",
    retry: false,
  });
  const { data } = asked;
  return (
    <Dialog title={intake.slip} onClose={onClose}>
      <div className="stack">
        <article className="sheet slip">
          <h3>
            {me.county.name} · {taken.station?.name ?? shell.office}
          </h3>
          <p className="secret">{taken.number}</p>
          <p>
            {intake.handler}: {holderOf(taken.goesTo, words)}
          </p>
          <p>
            {intake.dueOn}: {taken.dueWithin === null ? times.day(taken.dueOn) : intake.dueWithin(taken.dueWithin)}
          </p>
          {data?.qr == null ? (
            code === "" || asked.isPending ? null : (
              <p className="small">{intake.noQr}</p>
            )
          ) : (
            <p>
              <img src={data.qr} alt={intake.scan(data.name)} width="160" height="160" />
              <br />
              {intake.scan(data.name)}
            </p>
          )}
        </article>
        <div className="buttons">
          <Button onClick={() => print()}>{intake.print}</Button>
          <Button variant="default" onClick={onClose}>
            {shell.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
