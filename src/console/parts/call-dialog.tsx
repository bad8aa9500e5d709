import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered, Given } from "../client/call.ts";
import { newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useLanguage, useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "./dialog.tsx";
import { FormButtons } from "./form-buttons.tsx";
import { RefusalNote } from "./notes.tsx";
import { useWorking } from "./working.ts";

type Case = Answered<"GET /cases/{number}">;
type Result = Given<"POST /cases/{number}/phone-result">["body"];

const SHOWN_MS = 2 * 60_000;

/** A dialog in which somebody makes a call about a case: what is to be said, the number for a short time, and what came of it. */
export function CallDialog(props: {
  readonly number: string;
  /** The call: of one case there may be one to each of several people. */
  readonly task: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { phone } = useWords();
  const { call } = useSession();
  const { number, task } = props;
  const said = useDraft(`${number}/phone/${task}`);
  const [result, setResult] = useState<Result["result"]>("reached");
  const [againOn, setAgainOn] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const asked = useQuery({
    queryKey: ["case", number],
    queryFn: async ({ signal }) => (await call("GET /cases/{number}", { params: { number }, signal })).body,
    retry: mayAskAgain,
  });
  // What was shown when the call began was read out: words that come during it are shown after a refusal, and told then.
  const seen = useRef<string | null>(null);
  if (asked.data !== undefined) seen.current ??= asked.data.etag;
  const isToDeputy = asked.data?.phoneTasks.some(({ id, to }) => id === task && to === "deputy") === true;
  const text = said.text.trim();
  const isFilled = result === "reached" ? text !== "" : result === "wrong-number" || againOn !== "";
  const isReady = isFilled && asked.data !== undefined;
  const save = () =>
    run(async () => {
      const body: Result =
        result === "reached"
          ? { result, text, task }
          : result === "not-reached"
            ? { result, againOn, task }
            : { result, task };
      const etag = seen.current ?? "";
      await call("POST /cases/{number}/phone-result", { params: { number }, body, key: key.current, etag }).catch(
        async (refused: unknown) => {
          seen.current = (await asked.refetch()).data?.etag ?? null;
          key.current = newKey();
          throw refused;
        },
      );
      said.clear();
      props.onDone();
    });
  return (
    <Dialog title={`${phone.call.replace("…", "")} ${number}`} onClose={props.onClose}>
      <div className="stack">
        <ToSay one={asked.data} task={task} />
        <NumberView number={number} task={task} />
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) void save();
          }}
        >
          <NativeSelect
            label={phone.howWas}
            value={result}
            data={Object.entries(phone.choices).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setResult(event.currentTarget.value as Result["result"])}
          />
          {result === "reached" ? (
            <Textarea
              label={isToDeputy ? phone.deputySaid : phone.said}
              value={said.text}
              onChange={(event) => said.write(event.currentTarget.value)}
              maxLength={2000}
              rows={3}
              required
            />
          ) : null}
          {result === "not-reached" ? (
            <TextInput
              type="date"
              label={phone.againOn}
              value={againOn}
              onChange={(event) => setAgainOn(event.currentTarget.value)}
              required
            />
          ) : null}
          {result === "wrong-number" ? <p>{isToDeputy ? phone.deputyWrong : phone.wrongText}</p> : null}
          <RefusalNote error={error ?? asked.error} />
          <FormButtons doIt={phone.save} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
        </form>
      </div>
    </Dialog>
  );
}

/** Who is called and what waits to be told them: messages that nothing carries to the resident, answers since somebody else joined, and what the office wants said. */
function ToSay({ one, task }: { readonly one: Case | undefined; readonly task: string }) {
  const { words, times } = useLanguage();
  const { phone } = words;
  const call = one?.phoneTasks.find(({ id }) => id === task);
  if (one === undefined || call === undefined) return null;
  const { madeAt: since, say, to, nth, why } = call;
  if (to === "deputy") {
    const say = why === "deputy-unreached" ? phone.toDeputy.unreached : phone.toDeputy.late;
    return (
      <section>
        <p>
          <strong>{phone.whom(to, nth)}</strong>
        </p>
        <h3>{phone.toSay}</h3>
        <blockquote className="read-out">{say(one.holder.name, one.number, times.day(one.dueOn))}</blockquote>
      </section>
    );
  }
  const isToResident = to === "resident";
  const texts = one.messages.filter(
    ({ direction, waitsForContact, byPerson, party, at, deliveryId }) =>
      direction === "out" &&
      !byPerson &&
      ((isToResident && waitsForContact) || (party !== "service" && deliveryId !== null && at >= since)),
  );
  return (
    <section>
      <p>
        <strong>{phone.whom(to, nth)}</strong>
      </p>
      <h3>{phone.toSay}</h3>
      {texts.length === 0 && say === null ? <p>{phone.nothingToSay}</p> : null}
      {say === null ? null : (
        <blockquote className="read-out">
          <strong>{phone.officeSays}</strong> {say}
        </blockquote>
      )}
      {texts.map(({ id, text }) => (
        <blockquote key={id} className="read-out">
          {text}
        </blockquote>
      ))}
    </section>
  );
}

/** The number, shown once it is asked for and hidden again by itself. */
function NumberView({ number, task }: { readonly number: string; readonly task: string }) {
  const { phone } = useWords();
  const { call } = useSession();
  const [people, setPeople] = useState<Answered<"POST /cases/{number}/phone">["people"] | null>(null);
  const { run, isBusy, error } = useWorking();
  useEffect(() => {
    if (people === null) return;
    const timer = setTimeout(() => setPeople(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [people]);
  const show = () =>
    run(async () => {
      const { body } = await call("POST /cases/{number}/phone", { params: { number }, body: { task }, key: newKey() });
      setPeople(body.people);
    });
  return (
    <section>
      {people === null ? (
        <>
          <p className="small">{phone.numberText}</p>
          <Button loading={isBusy} onClick={() => void show()}>
            {phone.showNumber}
          </Button>
        </>
      ) : (
        <>
          {people.map((one) => (
            <p key={one.number} className="dial">
              {one.name ?? phone.nobody} <a href={`tel:${one.number}`}>{one.number}</a>
            </p>
          ))}
          <p className="small">{phone.shownFor}</p>
        </>
      )}
      <RefusalNote error={error} />
    </section>
  );
}
