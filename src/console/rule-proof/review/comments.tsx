import { Button, Checkbox, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../../client/call.ts";
import { useLanguage } from "../../client/language.tsx";
import { mayAsk, useSession } from "../../client/session.ts";
import { RefusalNote } from "../../parts/notes.tsx";
import { useWorking } from "../../parts/working.ts";
import type { Comment } from "./review-state.ts";

/** Shows what people say about a version or one rule of it: those that say "must" keep it from being published until they are resolved. */
export function Comments(props: {
  readonly number: string;
  /** The rule; null for the version as a whole. */
  readonly rule: string | null;
  readonly comments: readonly Comment[];
  readonly onChanged: () => void;
}) {
  const { words, times } = useLanguage();
  const { review } = words;
  const { me, call } = useSession();
  const { number, rule } = props;
  const { run, isBusy, error } = useWorking();
  const comments = props.comments.filter((one) => one.rule === rule);
  const resolve = (comment: string) =>
    run(async () => {
      await call("POST /rulesets/{number}/comments/{comment}/resolve", {
        params: { number, comment },
        key: newKey(),
      });
      props.onChanged();
    });
  return (
    <section className="comments">
      <h4>{rule === null ? review.comments : review.commentsOn(rule)}</h4>
      {comments.length === 0 ? <p className="small">{review.noComments}</p> : null}
      <ul>
        {comments.map(({ id, text, must, by, at, resolvedBy }) => (
          <li key={id} className={must && resolvedBy === null ? "comment comment-must" : "comment"}>
            <p className="small">
              {must ? <span className="mark mark-late">{review.must}</span> : null} {by} · {times.moment(at)}
            </p>
            <p className="comment-text">{text}</p>
            {resolvedBy === null ? (
              <Button size="compact-md" variant="default" disabled={isBusy} onClick={() => void resolve(id)}>
                ✓ {review.resolve}
                <span className="unseen">: {text.slice(0, 20)}</span>
              </Button>
            ) : (
              <p className="small">{review.resolved(resolvedBy)}</p>
            )}
          </li>
        ))}
      </ul>
      <RefusalNote error={error} />
      {mayAsk(me, "POST /rulesets/{number}/comments") ? (
        <CommentForm number={number} rule={rule} onChanged={props.onChanged} />
      ) : null}
    </section>
  );
}

function CommentForm(props: { readonly number: string; readonly rule: string | null; readonly onChanged: () => void }) {
  const { words } = useLanguage();
  const { review } = words;
  const { call } = useSession();
  const { number, rule } = props;
  const { run, isBusy, error } = useWorking();
  const [text, setText] = useState("");
  const [must, setMust] = useState(false);
  const key = useRef(newKey());
  const say = async () => {
    const went = await run(async () => {
      await call("POST /rulesets/{number}/comments", {
        params: { number },
        body: { rule, text: text.trim(), must },
        key: key.current,
      });
    });
    if (!went) return;
    key.current = newKey();
    setText("");
    setMust(false);
    props.onChanged();
  };
  return (
    <form
      className="stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") void say();
      }}
    >
      <Textarea
        label={rule === null ? review.comment : `${review.comment}: ${rule}`}
        value={text}
        maxLength={2000}
        autosize={false}
        rows={2}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Checkbox label={review.mustLabel} checked={must} onChange={(event) => setMust(event.currentTarget.checked)} />
      <RefusalNote error={error} />
      <div>
        <Button type="submit" variant="default" loading={isBusy} disabled={text.trim() === ""}>
          {review.say}
        </Button>
      </div>
    </form>
  );
}
