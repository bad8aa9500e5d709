import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import type { Decision } from "./decide-dialog.tsx";
import { type LibraryAnswer, sayStanding, waitsForReview } from "./say-answer.ts";

/** Answers of the library as a table: what each says, to which questions, until when, and how it was taken. */
export function AnswerTable(props: {
  readonly answers: readonly LibraryAnswer[];
  readonly name: string;
  readonly today: string;
  /** Null for whoever may not write. */
  readonly onWrite: ((before: LibraryAnswer) => void) | null;
  readonly onDecide: (decision: Decision, one: LibraryAnswer) => void;
}) {
  const { words, times } = useLanguage();
  const { answers } = words;
  const { columns } = answers;
  return (
    <table className="table cards" aria-label={props.name}>
      <TableHead names={Object.values(columns)} />
      <tbody>
        {props.answers.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              {one.title}
              <span className="small block">{one.code}</span>
            </th>
            <td data-label={columns.says}>
              {one.triggers.map((trigger) => (
                <span className="small block" key={trigger}>
                  {answers.asked(trigger)}
                </span>
              ))}
              {one.body}
            </td>
            <td data-label={columns.days}>{answers.days(times.day(one.validFrom), times.day(one.validUntil))}</td>
            <td data-label={columns.people} className="small">
              {answers.writtenBy(one.author)}
              {one.reviewer === null ? null : <span className="block">{answers.reviewedBy(one.reviewer)}</span>}
            </td>
            <td data-label={columns.used}>{answers.used(one.hits, one.refusals)}</td>
            <td data-label={columns.standing}>
              {sayStanding(one, props.today, words)}
              {one.outSince === null ? null : (
                <span className="small block">{answers.outSince(times.moment(one.outSince))}</span>
              )}
              {one.endedBy === null ? null : <span className="small block">{answers.endedBy(one.endedBy)}</span>}
              {one.reason === null ? null : <span className="small block">{one.reason}</span>}
            </td>
            <td data-label={columns.acts} className="acts">
              <Deeds one={one} onWrite={props.onWrite} onDecide={props.onDecide} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What this person can do about an answer. */
function Deeds(props: {
  readonly one: LibraryAnswer;
  readonly onWrite: ((before: LibraryAnswer) => void) | null;
  readonly onDecide: (decision: Decision, one: LibraryAnswer) => void;
}) {
  const { answers } = useLanguage().words;
  const { me } = useSession();
  const { one, onWrite, onDecide } = props;
  const mayDecide = mayAsk(me, "POST /answer-library/{id}/publish");
  const isDraft = one.state === "draft";
  if (!isDraft && one.state !== "in-force") return null;
  return (
    <>
      {waitsForReview(one) && one.isOwn ? <span className="small block">{answers.own}</span> : null}
      {waitsForReview(one) && !one.isOwn && mayDecide ? (
        <RowDeed does={answers.publish} row={one.title} onClick={() => onDecide("publish", one)} />
      ) : null}
      {onWrite !== null && (!isDraft || one.isOwn) ? (
        <RowDeed does={isDraft ? answers.change : answers.replace} row={one.title} onClick={() => onWrite(one)} />
      ) : null}
      {mayDecide ? (
        <RowDeed
          does={isDraft ? (one.isOwn ? answers.withdraw : answers.refuse) : answers.end}
          row={one.title}
          onClick={() => onDecide(isDraft ? (one.isOwn ? "withdraw" : "refuse") : "end", one)}
        />
      ) : null}
    </>
  );
}
