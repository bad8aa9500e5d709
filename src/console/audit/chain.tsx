import { useQuery } from "@tanstack/react-query";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { WrongNote } from "../parts/notes.tsx";
import { VerifyNow } from "./verify-now.tsx";

/** Shows whether the chain of records was whole when it was verified last, and its head, to be kept elsewhere. */
export function Chain() {
  const { words, times } = useLanguage();
  const { audit } = words;
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["audit-head"],
    queryFn: async ({ signal }) => (await call("GET /audit/head", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const { data } = asked;
  return (
    <>
      <Asked asked={asked} rows={3} />
      {data === undefined ? null : (
        <>
          {data.checkups.length === 0 ? <p className="note">{audit.never}</p> : null}
          {data.checkups.map(({ kind, at, isGood }) =>
            isGood ? (
              <p key={kind} className="note note-done">
                {audit.checkup[kind]}: {audit.good(times.moment(at))}
              </p>
            ) : (
              <WrongNote key={kind} text={`${audit.checkup[kind]}: ${audit.broken(times.moment(at))}`} />
            ),
          )}
          <p>{audit.unlinked(data.unlinked)}</p>
          <section className="card">
            <h2>{audit.head}</h2>
            {data.head === null ? (
              <p>{audit.noHead}</p>
            ) : (
              <>
                <p>{audit.position(data.head.position.toLocaleString("en"), times.moment(data.head.notedAt))}</p>
                <p className="secret">{data.head.printed}</p>
                <p className="small">{audit.headText}</p>
              </>
            )}
          </section>
          <VerifyNow onDone={() => void asked.refetch()} />
        </>
      )}
    </>
  );
}
