import { type ReactNode, useState } from "react";
import type { Condition } from "../../domain/rules/condition.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { RuleSentence } from "../parts/naming/rule-sentence.tsx";
import type { NameOf } from "../parts/naming/say-condition.ts";
import { targetOf, writtenOf } from "./version/written-rule.ts";

/** A change between two versions. */
export type Change = Answered<"GET /rulesets/{number}/changes">["changes"][number];

/** A change as sentences, old and new; closed until somebody opens it. */
export function ChangeCard(props: {
  readonly change: Change;
  readonly nameOf: NameOf;
  /** Told when it is opened. */
  readonly onOpen?: () => void;
  /** Whether it says if the reader has opened it. */
  readonly showsLooks?: boolean;
  readonly isOpen?: boolean;
  readonly children?: ReactNode;
}) {
  const { words } = useLanguage();
  const { review } = words;
  const { change, nameOf, showsLooks = false } = props;
  const { kind, rule, order, fields, isLooked } = change;
  const [isOpen, setOpen] = useState(props.isOpen === true);
  const named = fields.map((field) => review.fields[field] ?? field).join(words.proof.listed);
  return (
    <details
      className={`card change change-${kind}`}
      open={isOpen}
      onToggle={(event) => {
        const opened = event.currentTarget.open;
        if (opened && !isOpen) props.onOpen?.();
        setOpen(opened);
      }}
    >
      <summary>
        <strong>
          {review.kinds[kind]} {rule === null ? review.set : words.proof.rule(rule)}
        </strong>
        {named === "" ? null : <span> · {named}</span>}
        {showsLooks ? (
          <span className={isLooked ? "look look-done" : "look"}>{isLooked ? review.isLooked : review.notLooked}</span>
        ) : null}
      </summary>
      {isOpen ? (
        <>
          {kind === "moved" && order.from !== null && order.to !== null ? (
            <p>{review.order(order.from, order.to)}</p>
          ) : null}
          {kind === "added" && order.to !== null ? <p>{review.orderNew(order.to)}</p> : null}
          <div className="sides">
            <Side label={review.before} written={change.from} when={change.readFrom} nameOf={nameOf} kind={kind} />
            <Side label={review.after} written={change.to} when={change.readTo} nameOf={nameOf} kind={kind} isAfter />
          </div>
          {props.children}
          <details>
            <summary>{review.asWritten}</summary>
            <div className="sides">
              <pre className="written">{linesOf(change.from)}</pre>
              <pre className="written">{linesOf(change.to)}</pre>
            </div>
          </details>
        </>
      ) : null}
    </details>
  );
}

function Side(props: {
  readonly label: string;
  readonly written: unknown;
  readonly when: Condition | null;
  readonly nameOf: NameOf;
  readonly kind: Change["kind"];
  readonly isAfter?: boolean;
}) {
  const { words, times } = useLanguage();
  const { review, shell } = words;
  const { label, written, when, nameOf, isAfter = false } = props;
  const target: RuleTarget | null = targetOf(written);
  const { reason, owner, expires, name } = writtenOf(written);
  return (
    <div className={isAfter ? "side side-after" : "side"}>
      <h4>{label}</h4>
      {written === null ? (
        <p>{isAfter ? review.goneText : review.nothing}</p>
      ) : (
        <>
          <p className="said">
            <RuleSentence
              {...(when === null ? {} : { when })}
              {...(target === null ? {} : { to: target })}
              nameOf={nameOf}
            />
          </p>
          <dl className="fact-list">
            {name === null ? null : (
              <>
                <dt>{review.fields.name}</dt>
                <dd>{name}</dd>
              </>
            )}
            {when === null ? null : (
              <>
                <dt>{review.fields.reason}</dt>
                <dd>{reason ?? shell.nothing}</dd>
                <dt>{review.fields.owner}</dt>
                <dd>{owner ?? shell.nothing}</dd>
                <dt>{review.fields.expires}</dt>
                <dd>{expires === null ? review.forever : times.day(expires)}</dd>
              </>
            )}
          </dl>
        </>
      )}
    </div>
  );
}

function linesOf(written: unknown): string {
  return written === null ? "" : JSON.stringify(written, null, 2);
}
