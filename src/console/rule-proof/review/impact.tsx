import { useState } from "react";
import { useWords } from "../../client/language.tsx";
import { useNames } from "../../parts/naming/use-names.ts";
import { DifferenceList, type WantedDifferences } from "../differences/difference-list.tsx";
import { receiversIn, sayReceiver } from "../differences/say-receiver.ts";
import { type Kind, netOf } from "../differences/trial-answer.ts";

const MOST_NAMED = 8;

/** Shows who would get how many cases more or fewer: of these kinds together. */
export function NetChange({ kinds }: { readonly kinds: readonly Kind[] }) {
  const words = useWords();
  const { review } = words;
  const net = netOf(kinds);
  const nameOf = useNames(receiversIn(net.map(({ who }) => who)));
  return (
    <ul className="net">
      {net.slice(0, MOST_NAMED).map(({ who, change }) => {
        const name = sayReceiver(who, words, nameOf);
        return (
          <li key={who} className={change > 0 ? "net-more" : "net-less"}>
            {change > 0 ? `▲ ${review.more(name, change)}` : `▽ ${review.less(name, -change)}`}
          </li>
        );
      })}
      {net.length > MOST_NAMED ? <li>…</li> : null}
    </ul>
  );
}

/** Shows what one change did to the cases of the past, by the latest dry run: how many, from whom to whom, and which. */
export function Impact(props: {
  readonly errand: string;
  readonly kinds: readonly Kind[];
  readonly wanted: WantedDifferences;
}) {
  const { review } = useWords();
  const [isOpen, setOpen] = useState(false);
  const count = props.kinds.reduce((sum, one) => sum + one.count, 0);
  return (
    <section className="impact">
      <h4>{review.impact}</h4>
      {count === 0 ? (
        <p>{review.impactNone}</p>
      ) : (
        <>
          <p>{review.impactCount(count)}</p>
          <NetChange kinds={props.kinds} />
          <button type="button" className="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {review.seeCases(count)}
          </button>
          {isOpen ? <DifferenceList errand={props.errand} wanted={props.wanted} /> : null}
        </>
      )}
    </section>
  );
}
