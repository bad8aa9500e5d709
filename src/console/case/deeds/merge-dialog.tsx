import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLanguage } from "../../client/language.tsx";
import { Refused } from "../../client/refused.ts";
import { useSession } from "../../client/session.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { holderOf, StateMark } from "../../parts/marks.tsx";
import { RefusalNote } from "../../parts/notes.tsx";
import { useWorking } from "../../parts/working.ts";
import type { OneCase } from "./one-case.ts";
import type { DeedProps } from "./place-move-close.tsx";
import { type Attempt, VerbDialog } from "./verb-dialog.tsx";

/** Lets this case go with another one: both side by side, who leads, and what each resident reads. */
export function MergeDialog(props: DeedProps) {
  const { joint } = useLanguage().words;
  const { call } = useSession();
  const [typed, setTyped] = useState(props.other ?? "");
  const [other, setOther] = useState<OneCase | null>(null);
  const { run, isBusy, error } = useWorking();
  const first = useRef(props.other !== undefined);
  const look = () =>
    run(async () => {
      setOther((await call("GET /cases/{number}", { params: { number: typed.trim() } })).body);
    });
  if (first.current) {
    first.current = false;
    void Promise.resolve().then(look);
  }
  if (other !== null) return <Compare one={props.one} against={other} onDone={props.onDone} onClose={props.onClose} />;
  return (
    <Dialog title={`${joint.merge.replace("…", "")} ${props.one.number}`} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <p>{joint.mergeText}</p>
        <TextInput
          label={joint.otherNumber}
          description={joint.otherHint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoFocus
          required
        />
        <RefusalNote error={error} />
        <div>
          <Button type="submit" disabled={!/^20\d{2}-\d{6}$/.test(typed.trim())} loading={isBusy}>
            {joint.look}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Versions = { readonly one: string; readonly other: string };

function Compare({ one, against: other, ...ends }: DeedProps & { readonly against: OneCase }) {
  const { joint } = useLanguage().words;
  const { call } = useSession();
  const queries = useQueryClient();
  // Who came first leads, unless the other one is a danger.
  const isOlder = one.number < other.number;
  const [leader, setLeader] = useState(one.priority === other.priority ? isOlder : one.priority);
  const versions = useRef<Versions>({ one: one.etag, other: other.etag });
  const [led, leading] = leader ? [other, one] : [one, other];
  const ask = async ({ key }: Attempt, preview: boolean) => {
    const { current } = versions;
    const [etag, intoVersion] = leader ? [current.other, current.one] : [current.one, current.other];
    const body = { into: leading.number, intoVersion, ...(preview ? { preview: true } : {}) };
    try {
      return (await call("POST /cases/{number}/merge", { params: { number: led.number }, etag, key, body })).body;
    } catch (refusal) {
      if (refusal instanceof Refused && refusal.code === "somebody-was-faster") versions.current = await newest();
      throw refusal;
    }
  };
  const newest = async (): Promise<Versions> => {
    const [mine, theirs] = await Promise.all(
      [one, other].map(({ number }) => call("GET /cases/{number}", { params: { number } })),
    );
    return { one: mine?.body.etag ?? one.etag, other: theirs?.body.etag ?? other.etag };
  };
  return (
    <VerbDialog
      title={`${joint.merge} ${one.number} · ${other.number}`}
      etag={one.etag}
      isReady
      preview={async (attempt) => {
        const { told } = await ask(attempt, true);
        const silent = [led.number, leading.number].filter(
          (number) => !told.some((each) => each.to === "resident" && each.number === number),
        );
        return { told, remarks: silent.map(joint.notTold) };
      }}
      apply={async (attempt) => {
        await ask(attempt, false);
        await queries.invalidateQueries({ queryKey: ["case", other.number] });
      }}
      doIt={joint.do.merge}
      {...ends}
    >
      <p>{joint.mergeText}</p>
      <fieldset className="side-by-side">
        <legend>{joint.leader}</legend>
        <Side one={one} title={joint.thisCase} isLeader={leader} onLead={() => setLeader(true)} />
        <Side one={other} title={joint.otherCase} isLeader={!leader} onLead={() => setLeader(false)} />
      </fieldset>
    </VerbDialog>
  );
}

const SHOWN = 3;

function Side(props: {
  readonly one: OneCase;
  readonly title: string;
  readonly isLeader: boolean;
  readonly onLead: () => void;
}) {
  const { words, times } = useLanguage();
  const { joint, onePage } = words;
  const { one } = props;
  const said = one.messages.filter(({ party, text }) => party === "resident" && text !== "").slice(0, SHOWN);
  return (
    <section className="card side" aria-label={`${props.title} ${one.number}`}>
      <label className="pick">
        <input type="radio" name="leader" checked={props.isLeader} onChange={props.onLead} />
        <strong>{joint.leadsThis(one.number)}</strong>
      </label>
      <p>
        <StateMark row={one} /> {holderOf(one.holder, words)}
      </p>
      <p className="small">
        {joint.received} {times.moment(one.receivedAt)} · {onePage.place}{" "}
        {[one.place.township, one.place.name].filter((part) => part !== null).join(" ") || words.codes.doubt.unknown}
      </p>
      <h3>{joint.said}</h3>
      {said.map(({ id, text }) => (
        <blockquote key={id}>{text}</blockquote>
      ))}
    </section>
  );
}

/** Takes a case out of the one with which it goes. */
export function UnmergeDialog({ one, ...ends }: DeedProps) {
  const { joint } = useLanguage().words;
  const { call } = useSession();
  const given = { params: { number: one.number } };
  return (
    <VerbDialog
      title={`${joint.unmerge} ${one.number}`}
      etag={one.etag}
      isReady
      preview={async (attempt) =>
        (await call("POST /cases/{number}/unmerge", { ...given, ...attempt, body: { preview: true } })).body
      }
      apply={async (attempt) => {
        await call("POST /cases/{number}/unmerge", { ...given, ...attempt, body: {} });
      }}
      doIt={joint.do.unmerge}
      {...ends}
    >
      <p>{joint.unmergeText}</p>
    </VerbDialog>
  );
}
