import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { partyOf } from "../parts/marks.tsx";
import type { SentMedia } from "../reading/media-dialog.tsx";
import type { OneCase } from "./deeds/one-case.ts";
import { sayBy } from "./deeds/say-event.ts";

type Message = OneCase["messages"][number];

/** The kind of a photo that was put into the case by the office or a station. */
const PHOTO = "photo";

/** The kind of words of a resident that somebody of the office wrote down by ear. */
const BY_EAR = "by-ear";

/** The conversation as both sides saw it: each message with who reads it and what became of it. */
export function Conversation(props: {
  readonly one: OneCase;
  /** Asks for the original of a message; left out for whoever may not read it. */
  readonly onOriginal?: ((message: string) => void) | undefined;
  /** Asks for what a resident sent besides words; left out for whoever may not read originals. */
  readonly onMedia?: ((media: SentMedia) => void) | undefined;
}) {
  const { words, times } = useLanguage();
  const { onePage, codes, deliveries } = words;
  const { me } = useSession();
  const { messages } = props.one;
  if (messages.length === 0) return <p>{onePage.noMessages}</p>;
  return (
    <ol className="talk" aria-label={onePage.conversation}>
      {messages.map((message) => (
        <li key={message.id} className={`bubble bubble-${message.party}`}>
          <p className="bubble-head">
            <strong>
              {message.from === null ? partyOf(message.party, words) : words.joint.fromOther(message.from)}
            </strong>{" "}
            <time dateTime={message.at}>{times.moment(message.at)}</time>{" "}
            {message.kind === BY_EAR ? (
              <span className="mark mark-triage">
                {words.recordings.byEar(sayBy(writerOf(message, props.one), words, () => null))}
              </span>
            ) : null}
            <span className="seen-by">{seenBy(message, onePage.seenBy)}</span>
          </p>
          <p className="bubble-text">{textOf(message, codes.kind)}</p>
          {isOfficePhoto(message) ? <Photo number={props.one.number} {...message} /> : null}
          <p className="bubble-foot">
            {message.delivery === null ? null : (
              <span className={`delivery delivery-${message.delivery}`}>
                {message.byPerson
                  ? codes.toldByPerson
                  : message.waitsForContact
                    ? codes.waitsForContact
                    : codes.delivery[message.delivery]}
              </span>
            )}{" "}
            {message.deliveryId === null || !mayAsk(me, "GET /deliveries/{id}") ? null : (
              <Link
                to="/deliveries/$id"
                params={{ id: message.deliveryId }}
                aria-label={`${deliveries.open} ${times.moment(message.at)}`}
              >
                {deliveries.open}
              </Link>
            )}{" "}
            {message.hasOriginal && props.onOriginal !== undefined ? (
              <button
                type="button"
                className="link-button"
                aria-label={onePage.originalOf(times.moment(message.at))}
                onClick={() => props.onOriginal?.(message.id)}
              >
                {onePage.original}
              </button>
            ) : null}
            {sentIn(message).map((media) =>
              props.onMedia === undefined ? null : (
                <button key={media.id} type="button" className="link-button" onClick={() => props.onMedia?.(media)}>
                  {media.kind === "image" ? onePage.seePhoto : onePage.getFile}
                  <span className="unseen"> {onePage.mediaOf(times.moment(message.at))}</span>
                </button>
              ),
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Who wrote words down by ear, as the event of that moment says. */
function writerOf({ at }: Message, { events }: OneCase): string {
  return events.find((event) => event.type === "transcribed" && event.at === at)?.by ?? "";
}

/** What the resident of this case sent besides words. */
function sentIn({ party, media, from }: Message): readonly SentMedia[] {
  return party === "resident" && from === null ? media : [];
}

/** What the office or a station photographed is shown; what a resident sent may show papers or faces. */
function isOfficePhoto({ party, kind, media, from }: Message): boolean {
  return party === "office" && kind === PHOTO && media.length > 0 && from === null;
}

function Photo({ number, media, at }: { readonly number: string } & Pick<Message, "media" | "at">) {
  const { words, times } = useLanguage();
  const [isGone, setGone] = useState(false);
  const [one] = media;
  if (one === undefined) return null;
  if (isGone) return <p className="small">{words.onePage.photoGone}</p>;
  const alt = words.onePage.photoOf(times.moment(at));
  const source = `/api/v1/cases/${number}/photos/${one.id}`;
  return <img className="photo" src={source} alt={alt} onError={() => setGone(true)} />;
}

function seenBy(
  { seenBy }: Message,
  said: Readonly<Record<"resident" | "deputy" | "both" | "nobody", string>>,
): string {
  const [first, second] = seenBy;
  return first === undefined ? said.nobody : second === undefined ? said[first] : said.both;
}

/** The words of a message, and a word for what is no text. */
function textOf({ text, kind, media }: Message, kinds: Readonly<Record<string, string>>): string {
  const other = kinds.other ?? "";
  const things = media.map((one) => kinds[one.kind] ?? other);
  if (things.length === 0 && text === "") things.push(kinds[kind] ?? other);
  return [text, ...things].filter((part) => part !== "").join(" ");
}
