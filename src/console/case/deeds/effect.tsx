import type { Answered } from "../../client/call.ts";
import { useWords } from "../../client/language.tsx";
import { holderOf } from "../../parts/marks.tsx";

type Preview = Answered<"POST /cases/{number}/place">;

/** The effect that a verb would have: where the case goes, who is passed over, who reads what. */
export type Effect = {
  readonly goesTo?: Preview["goesTo"];
  readonly way?: Preview["way"];
  readonly passedOver?: Preview["passedOver"];
  readonly told: Preview["told"];
  /** Nothing can be sent until its reader writes again. */
  readonly waits?: boolean;
  /** What is to be known besides, in sentences. */
  readonly remarks?: readonly string[];
};

/** Says what a verb would do before anybody does it: to whom it goes, and the very words that each would read. */
export function EffectView({ effect }: { readonly effect: Effect }) {
  const words = useWords();
  const { verbs, codes, onePage, joint } = words;
  const isOfSeveral = new Set(effect.told.map(({ number }) => number)).size > 1;
  return (
    <section className="effect" aria-label={verbs.previewTitle}>
      {effect.goesTo === undefined ? null : <h3>{verbs.previewTitle}</h3>}
      {effect.goesTo === undefined ? null : (
        <p>
          <strong>{verbs.goesTo(holderOf(effect.goesTo, words))}</strong>
          {effect.way === undefined ? null : <span className="small"> · {codes.way[effect.way]}</span>}
        </p>
      )}
      {effect.passedOver === undefined || effect.passedOver.length === 0 ? null : (
        <p>
          {onePage.passedOver}:{" "}
          {effect.passedOver.map(({ name, why }) => `${name} (${codes.passedOver[why]})`).join(", ")}
        </p>
      )}
      {effect.waits === true ? <p className="note note-banner">{verbs.waits}</p> : null}
      <h3>{verbs.told}</h3>
      {effect.told.length === 0 ? <p>{verbs.nobodyTold}</p> : null}
      <ul className="told">
        {effect.told.map(({ to, text, rung, number }) => (
          <li key={`${to} ${text}`}>
            <p className="told-to">
              <strong>{codes.to[to]}</strong>{" "}
              {isOfSeveral && number !== undefined ? <span>{joint.toldOf(number)} </span> : null}
              <span className="small">{verbs.by(codes.rung[rung])}</span>
            </p>
            <blockquote>{text}</blockquote>
          </li>
        ))}
      </ul>
      {(effect.remarks ?? []).map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
    </section>
  );
}
