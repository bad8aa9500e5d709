import { Button } from "@mantine/core";
import { useLanguage } from "../../client/language.tsx";
import { mayAsk, useSession } from "../../client/session.ts";
import type { Version } from "../version/one-version.ts";
import type { Readiness } from "./review-state.ts";
import type { Verdict } from "./verdict-dialog.tsx";

/** A step in the life of a version that its review page takes. */
export type Step = Verdict | "submit" | "withdraw";

/** The buttons that end a review, with what is still missing in words; for whoever has no buttons, why not. */
export function Deciding(props: {
  readonly version: Pick<Version, "state">;
  readonly readiness: Readiness;
  /** Whether cases of the sample are not judged yet. */
  readonly isSampleOpen: boolean;
  readonly onStep: (step: Step) => void;
}) {
  const { words } = useLanguage();
  const { review, shell } = words;
  const { me } = useSession();
  const { version, readiness, isSampleOpen, onStep } = props;
  const { isOwn } = readiness;
  const isReviewer = mayAsk(me, "POST /rulesets/{number}/review");
  if (version.state === "draft")
    return (
      <section className="card deciding">
        <p>{review.isDraft}</p>
        {mayAsk(me, "POST /rulesets/{number}/submit") ? (
          <Button onClick={() => onStep("submit")}>{review.submit}</Button>
        ) : null}
      </section>
    );
  if (version.state !== "in-review") return null;
  const lacks = [
    ...readiness.missing.map((what) => [what, review.lacks[what]] as const),
    ...(isSampleOpen ? [["sample", review.lacks.sample] as const] : []),
  ];
  // What only the reviewer's own looking settles is not what others lack.
  const shared = isReviewer && !isOwn ? lacks : lacks.filter(([what]) => what !== "looks" && what !== "sample");
  return (
    <section className="card deciding">
      {shared.length === 0 ? (
        <p className="ready">{review.ready}</p>
      ) : (
        <>
          <h2>{review.lacking}</h2>
          <ul className="lacking">
            {shared.map(([what, text]) => (
              <li key={what}>○ {text}</li>
            ))}
          </ul>
        </>
      )}
      {isOwn ? <p className="note note-banner">{review.own}</p> : null}
      {!isOwn && !isReviewer ? (
        <p className="note">{me.role === "office" ? review.notReviewer(shell.roles[me.role]) : review.auditorNote}</p>
      ) : null}
      <div className="buttons">
        {isReviewer && !isOwn ? (
          <>
            <Button disabled={lacks.length > 0} onClick={() => onStep("publish")}>
              {review.publish}
            </Button>
            <Button variant="default" onClick={() => onStep("turn-down")}>
              {review.turnDown}
            </Button>
          </>
        ) : null}
        {isOwn && mayAsk(me, "POST /rulesets/{number}/withdraw") ? (
          <Button variant="default" onClick={() => onStep("withdraw")}>
            {review.withdraw}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
