import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useLanguage, useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";

type Message = Answered<"GET /setup/rehearsal">["items"][number];

/** While something is still being received, it is looked for again so often. */
const AGAIN_MS = 2_000;

/** Rehearses eight messages of simulated residents through the real service, and shows of each what was expected and what happened. */
export function Rehearsal({ onDone }: { readonly onDone: () => void }) {
  const { words, times } = useLanguage();
  const { setup } = words;
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const asked = useQuery({
    queryKey: ["rehearsal"],
    queryFn: async ({ signal }) => (await call("GET /setup/rehearsal", { signal })).body,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ happened }) => happened === "waiting") === true ? AGAIN_MS : false,
    retry: mayAskAgain,
  });
  const items = asked.data?.items ?? [];
  const isWaiting = items.some(({ happened }) => happened === "waiting");
  const wasWaiting = useRef(false);
  useEffect(() => {
    if (wasWaiting.current && !isWaiting) onDone();
    wasWaiting.current = isWaiting;
  }, [isWaiting, onDone]);
  const rehearse = () =>
    run(async () => {
      try {
        await call("POST /setup/rehearsal", { key: key.current });
      } finally {
        key.current = newKey();
      }
      await asked.refetch();
      onDone();
    });
  return (
    <div className="stack">
      <p className="small">{setup.rehearseAbout}</p>
      <RefusalNote error={error ?? asked.error} />
      <div>
        <Button variant="default" loading={isBusy} onClick={() => void rehearse()}>
          {items.length === 0 ? setup.rehearse : setup.rehearseAgain}
        </Button>
      </div>
      {items.length === 0 ? null : (
        <>
          <p role="status">
            {isWaiting
              ? setup.rehearsing
              : setup.rehearsed(items.filter(({ isRight }) => isRight).length, items.length)}{" "}
            <span className="small">{setup.rehearsedBy(times.moment(asked.data?.at ?? ""), asked.data?.by ?? "")}</span>
          </p>
          <table className="table cards" aria-label={setup.rehearse}>
            <TableHead names={Object.values(setup.columns)} />
            <tbody>
              {items.map((item) => (
                <Line key={item.code} item={item} />
              ))}
            </tbody>
          </table>
          <p>
            <Link to="/cases" search={{ rehearsal: "true" }}>
              {setup.rehearsalCases}
            </Link>
          </p>
        </>
      )}
    </div>
  );
}

function Line({ item }: { readonly item: Message }) {
  const { setup, cases, shell } = useWords();
  const { columns } = setup;
  const messages: Readonly<Record<string, string>> = setup.messages;
  const ends: Readonly<Record<string, string>> = setup.ends;
  const { goesTo, seenBy } = item;
  const holder = goesTo === null ? shell.nothing : goesTo.kind === "office" ? cases.withOffice : goesTo.name;
  const verdict = item.happened === "waiting" ? null : item.isRight ? setup.right : setup.differs;
  return (
    <tr>
      <th scope="row">
        {messages[item.code] ?? item.code}
        <span className="small block">{item.text}</span>
      </th>
      <td data-label={columns.expected}>{ends[item.expected] ?? item.expected}</td>
      <td data-label={columns.happened}>
        {ends[item.happened] ?? item.happened}
        {verdict === null ? null : <span className="block">{verdict}</span>}
        {item.case === null ? null : (
          <Link className="block" to="/cases/$number" params={{ number: item.case }}>
            {item.case}
          </Link>
        )}
      </td>
      <td data-label={columns.goesTo}>{holder}</td>
      <td data-label={columns.told}>
        <div>
          <Told item={item} />
          {item.expected !== "sealed" || seenBy === null ? null : (
            <span className="block">{seenBy.stations || seenBy.deputies ? setup.isSeen : setup.isHidden}</span>
          )}
        </div>
      </td>
      <td data-label={columns.replies}>
        <div>
          {item.replies.length === 0
            ? shell.nothing
            : item.replies.map((text) => (
                <blockquote key={text} className="small">
                  {text}
                </blockquote>
              ))}
        </div>
      </td>
    </tr>
  );
}

function Told({ item }: { readonly item: Message }) {
  const { setup, codes } = useWords();
  const delivery: Readonly<Record<string, string>> = codes.delivery;
  if (item.told.length === 0) return <span>{setup.toldNobody}</span>;
  return item.told.map(({ name, state }) => (
    <span key={`${name} ${state}`} className="block">
      {name} <span className="small">{delivery[state] ?? state}</span>
    </span>
  ));
}
