import { useLanguage } from "../client/language.tsx";
import type { OneCase } from "./deeds/one-case.ts";

/** Shows to which units a case was handed over, how far each is, and the button that writes down what a unit said. */
export function UnitsCard({ one, onStep }: { readonly one: OneCase; readonly onStep?: (() => void) | undefined }) {
  const { words, times } = useLanguage();
  const { units } = words;
  if (one.handovers.length === 0) return null;
  const open = one.handovers.find(({ state }) => !["returned", "confirmed", "taken_back"].includes(state));
  return (
    <section className="card">
      <h2>{units.card}</h2>
      <ul>
        {one.handovers.map((handover) => (
          <li key={handover.id}>
            {units.to(handover.name, units.state[handover.state])}
            <span className="small block">
              {units.dueOn(times.day(handover.dueOn))}
              {handover.askedUntil === null ? "" : ` · ${units.asksUntil(times.day(handover.askedUntil))}`}
            </span>
          </li>
        ))}
      </ul>
      {open === undefined || open.hasChat ? null : <p className="small">{units.noChat}</p>}
      {open === undefined || onStep === undefined ? null : (
        <button type="button" className="deed" onClick={onStep}>
          {units.step}
        </button>
      )}
    </section>
  );
}
