import { Link } from "@tanstack/react-router";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";

/** The steps of a succession with what each would do. */
export type Preview = Answered<"POST /successions">["steps"];

/** The steps of a succession: who follows whom where, where nobody follows, and which open cases move. */
export function Steps({ steps }: { readonly steps: Preview }) {
  const { words, times } = useLanguage();
  const { successions } = words;
  return (
    <section className="effect" aria-label={successions.preview}>
      {steps.map((step) => (
        <div key={`${step.from} ${step.to} ${step.places.join()}`} className="block">
          <h3>{successions.step(`${step.fromName} ${step.from}`, `${step.toName} ${step.to}`)}</h3>
          <p>{successions.takes(step.places.length === 0 ? successions.nowhere : step.places.join(", "))}</p>
          {step.left.length === 0 ? null : <p className="note note-banner">{successions.left(step.left.join(", "))}</p>}
          <p>
            <strong>{successions.cases(step.openCases)}</strong>
          </p>
          <ul className="plain-list">
            {step.cases.map(({ number, summary, receivedAt }) => (
              <li key={number}>
                <Link to="/cases/$number" params={{ number }}>
                  {number}
                </Link>{" "}
                {summary} <span className="small">{times.moment(receivedAt)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
