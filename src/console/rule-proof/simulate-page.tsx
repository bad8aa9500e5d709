import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouterState, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered, Given } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { holderOf } from "../parts/marks.tsx";
import { CodePicker } from "../parts/naming/code-picker.tsx";
import { useNames } from "../parts/naming/use-names.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { PagesNav } from "./pages-nav.tsx";
import { SimulatedPath } from "./simulated-path.tsx";
import { useVersion, useVersions } from "./version/one-version.ts";

type Body = Given<"POST /simulate">["body"];
type Case = Answered<"GET /cases/{number}">;
type Result = { readonly answer: Answered<"POST /simulate">; readonly version: string };

const UNSAVED = "unsaved";
/** All counties lie in one zone. */
const ZONE = "+08:00";

/** The page on which one message is tried: what would become of it under a version, and why. */
export function SimulatePage() {
  const { simulate } = useWords();
  const { call } = useSession();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const number = typeof search.case === "string" ? search.case : "";
  const asked = useQuery({
    queryKey: ["case", number],
    queryFn: async ({ signal }) => (await call("GET /cases/{number}", { params: { number }, signal })).body,
    enabled: number !== "",
    retry: mayAskAgain,
  });
  if (asked.error !== null) return <PageFailure error={asked.error} again={() => void asked.refetch()} />;
  return (
    <>
      <h1>{simulate.title}</h1>
      <PagesNav />
      <p>{simulate.about}</p>
      {number === "" || asked.data !== undefined ? (
        <Trying
          key={number}
          one={asked.data ?? null}
          wanted={typeof search.version === "string" ? search.version : ""}
        />
      ) : null}
    </>
  );
}

/** The form, filled from a case where there is one, with what came of the last try. */
function Trying({ one, wanted }: { readonly one: Case | null; readonly wanted: string }) {
  const words = useWords();
  const { simulate, proof } = words;
  const { call } = useSession();
  // What the editor has not saved yet travels with the history, never in the address.
  const unsaved = useRouterState({ select: ({ location }) => contentIn(location.state) });
  const versions = useVersions();
  const said = (one?.messages ?? []).filter(({ party, kind }) => party === "resident" && kind !== "rating");
  const [text, setText] = useState(said.map((message) => message.text).join("\n"));
  const [grid, setGrid] = useState<string | null>(one?.place.grid ?? null);
  const [at, setAt] = useState("");
  const [hasPhoto, setPhoto] = useState(said.some(({ media }) => media.length > 0));
  const [channel, setChannel] = useState("wechat-official");
  const [openCases, setOpenCases] = useState(0);
  const [version, setVersion] = useState(unsaved === null ? wanted : UNSAVED);
  const [result, setResult] = useState<Result | null>(null);
  const { run, isBusy, error } = useWorking();
  const nameOf = useNames(grid === null ? {} : { grid: [grid] });
  const stored = useVersion(version === UNSAVED ? "" : version === "" ? String(result?.answer.version ?? "") : version);
  const published = versions.data?.find(({ state }) => state === "published");
  const act = () =>
    run(async () => {
      const message: Body["message"] = {
        ...{ text: text.trim(), grid, hasPhoto, channel, openCases },
        ...(at === "" ? {} : { at: `${at}:00${ZONE}` }),
      };
      const under = version === UNSAVED ? { content: unsaved } : version === "" ? {} : { version: Number(version) };
      const answered = await call("POST /simulate", { body: { message, ...under } });
      setResult({ answer: answered.body, version });
    });
  return (
    <div className="trying">
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") void act();
        }}
      >
        {one === null ? null : (
          <p>
            <Link to="/cases/$number" params={{ number: one.number }}>
              {simulate.fromCase(one.number)}
            </Link>
            <br />
            {simulate.really(holderOf(one.holder, words))}
          </p>
        )}
        <NativeSelect
          label={simulate.version}
          value={version}
          data={[
            ...(unsaved === null ? [] : [{ value: UNSAVED, label: simulate.unsaved }]),
            { value: "", label: published === undefined ? simulate.inForceNone : simulate.inForce(published.number) },
            ...(versions.data ?? [])
              .filter(({ number }) => number !== published?.number)
              .map(({ number, name, state }) => ({
                value: String(number),
                label: simulate.of(number, name, proof.states[state]),
              })),
          ]}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
        <Textarea
          label={simulate.text}
          description={simulate.textHint}
          value={text}
          maxLength={4000}
          autosize={false}
          rows={4}
          required
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <strong>{simulate.place}</strong>
          <p className="small">{simulate.placeHint}</p>
          <CodePicker
            kind="grid"
            label={simulate.place}
            values={grid === null ? [] : [grid]}
            nameOf={nameOf}
            isSingle
            onChange={(values) => setGrid(values[0] ?? null)}
          />
        </div>
        <TextInput
          type="datetime-local"
          label={simulate.at}
          description={simulate.atHint}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <NativeSelect
          label={simulate.channel}
          value={channel}
          data={Object.entries(words.ruleSentence.channels).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setChannel(event.currentTarget.value)}
        />
        <TextInput
          type="number"
          min={0}
          max={1000}
          label={simulate.openCases}
          value={String(openCases)}
          onChange={(event) => setOpenCases(Math.min(1000, Math.max(0, Math.floor(Number(event.currentTarget.value)))))}
        />
        <Checkbox
          label={simulate.photo}
          checked={hasPhoto}
          onChange={(event) => setPhoto(event.currentTarget.checked)}
        />
        <RefusalNote error={error} />
        <div>
          <Button type="submit" loading={isBusy} disabled={text.trim() === ""}>
            {simulate.go}
          </Button>
        </div>
      </form>
      {result === null ? null : (
        <SimulatedPath
          answer={result.answer}
          content={result.version === UNSAVED ? unsaved : (stored.data?.content ?? null)}
        />
      )}
    </div>
  );
}

function contentIn(state: object): unknown {
  return "content" in state ? (state.content ?? null) : null;
}
