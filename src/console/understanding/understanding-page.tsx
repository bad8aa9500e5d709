import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { sayTaken } from "../parts/say-taken.ts";
import { TableHead } from "../parts/table-head.tsx";
import type { Candidate } from "./candidate.ts";
import { LabelDialog } from "./label-dialog.tsx";
import { Layers } from "./layers.tsx";

/** The corrections of understanding: what was read wrongly, labelled by two, learned, measured, published by another. */
export function UnderstandingPage() {
  const { words } = useLanguage();
  const { understanding } = words;
  const { me, call } = useSession();
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const mayLabel = mayAsk(me, "GET /understanding/candidates");
  const asked = useQuery({
    queryKey: ["candidates"],
    queryFn: async ({ signal }) => (await call("GET /understanding/candidates", { signal })).body.items,
    enabled: mayLabel,
    retry: mayAskAgain,
  });
  const rows = asked.data ?? [];
  return (
    <>
      <h1>{understanding.title}</h1>
      <p>{understanding.about}</p>
      {mayAsk(me, "GET /unread/corrections") ? (
        <p>
          <Link to="/unread">{understanding.toSample}</Link>
        </p>
      ) : null}
      {mayLabel ? (
        <>
          <h2>{understanding.candidates}</h2>
          <p className="small">{understanding.candidatesAbout}</p>
          <Asked asked={asked} rows={4} />
          {asked.isSuccess && rows.length === 0 ? <EmptyNote text={understanding.none} /> : null}
          {rows.length === 0 ? null : <Candidates rows={rows} onLabel={setChosen} />}
        </>
      ) : null}
      <Layers agreed={rows.filter(({ state }) => state === "agreed").length} />
      {chosen === null ? null : (
        <LabelDialog
          candidate={chosen}
          onDone={() => {
            setChosen(null);
            void asked.refetch();
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

function Candidates(props: { readonly rows: readonly Candidate[]; readonly onLabel: (one: Candidate) => void }) {
  const { words, times } = useLanguage();
  const { understanding } = words;
  const { columns } = understanding;
  return (
    <table className="table cards" aria-label={understanding.candidates}>
      <TableHead names={Object.values(columns)} />
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{times.moment(row.at)}</th>
            <td data-label={columns.text}>{row.text}</td>
            <td data-label={columns.decided}>
              {sayTaken(words, row.decided)}
              <span className="small block">{understanding.sure(`${Math.round(row.probability * 100)} %`)}</span>
              {row.because.length === 0 ? null : (
                <span className="small block">{understanding.because(row.because.join(" · "))}</span>
              )}
            </td>
            <td data-label={columns.was}>
              {sayTaken(words, row.was)}
              <span className="small block">{understanding.source[row.source]}</span>
            </td>
            <td data-label={columns.state}>
              {understanding.state[row.state]}
              {row.labelledBy.length === 0 ? null : (
                <span className="small block">{understanding.by(row.labelledBy.join("、"))}</span>
              )}
              {row.isMine ? <span className="small block">{understanding.mine}</span> : null}
            </td>
            <td data-label={columns.acts}>
              <RowDeed does={understanding.label} row={times.moment(row.at)} onClick={() => props.onLabel(row)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
