import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Answered, newKey } from "../../client/call.ts";
import { useWords } from "../../client/language.tsx";
import { mayAsk, useSession } from "../../client/session.ts";
import { useNames } from "../../parts/naming/use-names.ts";
import { RefusalNote } from "../../parts/notes.tsx";
import { TableHead } from "../../parts/table-head.tsx";
import { useWorking } from "../../parts/working.ts";
import { MarkedWords } from "./marked-words.tsx";
import { receiversIn, sayReceiver, sayRule } from "./say-receiver.ts";

/** A case that a version would give to somebody else. */
export type Difference = Answered<"GET /errands/{id}/differences">["items"][number];

/** Cases that a version would give to somebody else: what was said, both decisions side by side, and whether people find it right. */
export function DifferenceTable(props: { readonly errand: string; readonly items: readonly Difference[] }) {
  const words = useWords();
  const { differences, cases } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const { run, isBusy, error } = useWorking();
  const { errand, items } = props;
  const nameOf = useNames(receiversIn(items.flatMap(({ from, to }) => [from, to])));
  const mayJudge = mayAsk(me, "PUT /errands/{id}/marks");
  const judge = (one: Difference, verdict: "right" | "wrong") =>
    run(async () => {
      const isSame = one.marks.some((mark) => mark.isMine && mark.verdict === verdict);
      await call("PUT /errands/{id}/marks", {
        params: { id: errand },
        body: { case: one.case, verdict: isSame ? null : verdict },
        key: newKey(),
      });
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["differences", errand] }),
        queries.invalidateQueries({ queryKey: ["rule-marks"] }),
      ]);
    });
  const isPast = items.some(({ kind }) => kind !== "published");
  const columns = [
    cases.columns.number,
    differences.columns.words,
    isPast ? differences.was : differences.columns.now,
    differences.columns.then,
    differences.columns.verdict,
  ];
  return (
    <>
      <RefusalNote error={error} />
      <table className="table cards differences" aria-label={differences.label}>
        <TableHead names={columns} />
        <tbody>
          {items.map((one) => (
            <tr key={`${one.case} ${one.kind}`} className={one.kind === "nobody" ? "row-nobody" : undefined}>
              <th scope="row" className="number">
                <Link to="/cases/$number" params={{ number: one.case }}>
                  {one.case}
                </Link>
              </th>
              <td className="summary">
                {one.text === "" ? differences.noWords : <MarkedWords text={one.text} spans={one.matched} />}
              </td>
              <td data-label={columns[2]}>
                <span>
                  {sayReceiver(one.from, words, nameOf)}
                  <span className="small block">{sayRule(one.fromRule, words)}</span>
                </span>
              </td>
              <td data-label={columns[3]}>
                <span>
                  <strong>→ {sayReceiver(one.to, words, nameOf)}</strong>
                  <span className="small block">{sayRule(one.rule, words)}</span>
                </span>
              </td>
              <td data-label={columns[4]} className="verdict">
                {mayJudge
                  ? (["right", "wrong"] as const).map((verdict) => (
                      <button
                        key={verdict}
                        type="button"
                        className="deed"
                        disabled={isBusy}
                        aria-pressed={one.marks.some((mark) => mark.isMine && mark.verdict === verdict)}
                        aria-label={differences[`${verdict}Of`](one.case)}
                        onClick={() => void judge(one, verdict)}
                      >
                        {differences[verdict]}
                      </button>
                    ))
                  : null}
                {one.marks
                  .filter(({ isMine }) => !isMine)
                  .map(({ by, verdict }) => (
                    <span key={by} className="small block">
                      {by}: {differences.others[verdict]}
                    </span>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
