import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { DoneNote, EmptyNote, Skeleton } from "../parts/notes.tsx";
import { MediaDialog } from "../reading/media-dialog.tsx";
import type { Words } from "../words/zh-CN.ts";
import type { Done, Unheard } from "./unheard.ts";
import { WriteDialog } from "./write-dialog.tsx";

/** The recordings that no machine could read: somebody listens to each, and writes down what they hear. */
export function RecordingsPage() {
  const { words } = useLanguage();
  const { recordings } = words;
  const { call } = useSession();
  const [listening, setListening] = useState<{ readonly number: string; readonly id: string } | null>(null);
  const [writing, setWriting] = useState<Unheard | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const asked = useQuery({
    queryKey: ["recordings"],
    queryFn: async ({ signal }) => (await call("GET /recordings", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  return (
    <>
      <h1>{recordings.title}</h1>
      <p>{recordings.text}</p>
      {done === null ? null : <DoneNote text={saidOf(recordings, done)} />}
      <section aria-label={recordings.waiting}>
        <h2>{recordings.waiting}</h2>
        {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
        <Skeleton rows={3} isLoading={asked.isPending} />
        {asked.data?.items.length === 0 ? <EmptyNote text={recordings.none} /> : null}
        <ul className="today">
          {asked.data?.items.map((one) => (
            <UnheardLine
              key={one.case.number}
              one={one}
              onListen={(id) => setListening({ number: one.case.number, id })}
              onWrite={() => setWriting(one)}
            />
          ))}
        </ul>
      </section>
      {listening === null ? null : (
        <MediaDialog
          number={listening.number}
          media={{ id: listening.id, kind: "voice" }}
          onClose={() => setListening(null)}
        />
      )}
      {writing === null ? null : (
        <WriteDialog
          one={writing}
          onClose={() => setWriting(null)}
          onDone={(written) => {
            setWriting(null);
            setDone(written);
          }}
        />
      )}
    </>
  );
}

function saidOf({ done, apart }: Words["recordings"], { number, became, apart: others }: Done): string {
  return others.length === 0 ? done[became](number) : `${done[became](number)} ${apart(others)}`;
}

function UnheardLine(props: {
  readonly one: Unheard;
  readonly onListen: (id: string) => void;
  readonly onWrite: () => void;
}) {
  const { words, times } = useLanguage();
  const { recordings } = words;
  const { me } = useSession();
  const { number, summary } = props.one.case;
  const kept = props.one.recordings.filter(({ isKept }) => isKept);
  return (
    <li className="line line-waits">
      <p>
        <Link className="number" to="/cases/$number" params={{ number }}>
          {number}
        </Link>{" "}
        {summary}
      </p>
      <p className="small">
        {recordings.since(times.moment(props.one.since))}
        {kept.length === 0 ? ` · ${recordings.notKept}` : null}
      </p>
      {mayAsk(me, "POST /cases/{number}/media/{id}")
        ? kept.map(({ id, at }) => (
            <button key={id} type="button" className="deed" onClick={() => props.onListen(id)}>
              {recordings.listen(times.moment(at))}
              <span className="unseen"> {number}</span>
            </button>
          ))
        : null}
      {mayAsk(me, "POST /cases/{number}/transcript") ? (
        <button type="button" className="deed" onClick={props.onWrite}>
          {recordings.write}
          <span className="unseen"> {number}</span>
        </button>
      ) : null}
    </li>
  );
}
