import { Button } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { useNames } from "../parts/naming/use-names.ts";
import { TableHead } from "../parts/table-head.tsx";
import { receiversIn, sayReceiver } from "./differences/say-receiver.ts";
import type { TrialAnswer } from "./differences/trial-answer.ts";

const FIRST = 15;
/** Of fewer messages a share says nothing. */
const FEWEST = 20;

/** Shows how many cases everybody had and would have, as bars, with the most that one person should get. */
export function Loads({ trial: answer }: { readonly trial: TrialAnswer }) {
  const words = useWords();
  const { trial } = words;
  const [isAll, setAll] = useState(false);
  const { loads, mostShare, messages } = answer;
  const shown = isAll ? loads : loads.slice(0, FIRST);
  const nameOf = useNames(receiversIn(shown.map(({ who }) => who)));
  const most = Math.max(1, ...loads.map(({ before, after }) => Math.max(before, after)));
  const limit = mostShare * messages;
  const isEnough = messages >= FEWEST;
  const isOver = (who: string, count: number) => who !== "office" && isEnough && count > limit;
  return (
    <section className="card">
      <h2>{trial.loads}</h2>
      <p className="small">{isEnough ? trial.loadsText(Math.round(mostShare * 100)) : trial.loadsFew}</p>
      <table className="table loads" aria-label={trial.loads}>
        <TableHead
          names={[trial.loadColumns.who, trial.loadColumns.before, trial.loadColumns.after, trial.loadColumns.bar]}
        />
        <tbody>
          {shown.map(({ who, before, after }) => (
            <tr key={who}>
              <th scope="row">{sayReceiver(who, words, nameOf)}</th>
              <td className="number">{before}</td>
              <td className="number">
                <strong>{after}</strong>
                {isOver(who, after) ? <span className="mark mark-late">{trial.overLimit}</span> : null}
              </td>
              <td>
                <svg
                  viewBox="0 0 200 20"
                  preserveAspectRatio="none"
                  className="load-bars"
                  role="img"
                  aria-label={trial.bar(before, after)}
                >
                  <rect className="load-before" x="0" y="1" height="8" width={(before / most) * 200} />
                  <rect className="load-after" x="0" y="11" height="8" width={(after / most) * 200} />
                  {isEnough && limit < most ? (
                    <line className="load-limit" x1={(limit / most) * 200} x2={(limit / most) * 200} y1="0" y2="20" />
                  ) : null}
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {loads.length > shown.length ? (
        <Button variant="default" onClick={() => setAll(true)}>
          ↓ {trial.moreLoads(loads.length - shown.length)}
        </Button>
      ) : null}
    </section>
  );
}
