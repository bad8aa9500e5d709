import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";

type Message = Answered<"POST /setup/rehearsal">["items"][number];

/** Rehearses eight messages, and says of each what was expected and what would happen; that nothing is sent stands beside. */
export function Rehearsal({ onDone }: { readonly onDone: () => void }) {
  const { setup } = useWords();
  const { call } = useSession();
  const [items, setItems] = useState<readonly Message[] | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const { columns } = setup;
  const rehearse = () =>
    run(async () => {
      try {
        setItems((await call("POST /setup/rehearsal", { key: key.current })).body.items);
      } finally {
        key.current = newKey();
      }
      onDone();
    });
  return (
    <div className="stack">
      <p className="small">{setup.rehearseAbout}</p>
      <RefusalNote error={error} />
      <div>
        <Button variant="default" loading={isBusy} onClick={() => void rehearse()}>
          {setup.rehearse}
        </Button>
      </div>
      {items === null ? null : (
        <>
          <p role="status">{setup.rehearsed(items.filter(({ isRight }) => isRight).length, items.length)}</p>
          <table className="table cards" aria-label={setup.rehearse}>
            <TableHead names={Object.values(columns)} />
            <tbody>
              {items.map((item) => (
                <Line key={item.code} item={item} />
              ))}
            </tbody>
          </table>
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
  const told: Readonly<Record<string, string>> = setup.told;
  const { goesTo } = item;
  const holder = goesTo === null ? shell.nothing : goesTo.kind === "office" ? cases.withOffice : goesTo.name;
  const others = item.told.map((to) => told[to] ?? to);
  return (
    <tr>
      <th scope="row">
        {messages[item.code] ?? item.code}
        <span className="small block">{item.text}</span>
      </th>
      <td data-label={columns.expected}>{ends[item.expected] ?? item.expected}</td>
      <td data-label={columns.happened}>
        {ends[item.happened] ?? item.happened}
        <span className="block">{item.isRight ? setup.right : setup.differs}</span>
      </td>
      <td data-label={columns.goesTo}>{holder}</td>
      <td data-label={columns.told}>{others.length === 0 ? setup.toldNobody : others.join("、")}</td>
    </tr>
  );
}
