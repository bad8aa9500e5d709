import { useLanguage } from "../client/language.tsx";
import type { Words } from "../words/zh-CN.ts";
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
            {handover.partner === null ? null : (
              <span className="small block">
                {atPartner(handover.partner, words.partners.card)} · {words.partners.card.wordsOnly}
              </span>
            )}
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

/** How far the message to another case system is, and its number there. */
function atPartner(
  { name, state, externalId }: NonNullable<OneCase["handovers"][number]["partner"]>,
  card: Words["partners"]["card"],
): string {
  if (state === "failed") return card.failed(name);
  if (state !== "sent") return card.waiting(name);
  return externalId === null ? card.sent(name) : card.there(name, externalId);
}
