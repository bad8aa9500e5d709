import type { ReactNode } from "react";

/** A text in which some parts are marked. @param spans from the first sign to behind the last, in order, none over another */
export function MarkedWords(props: { readonly text: string; readonly spans: readonly (readonly [number, number])[] }) {
  const { text, spans } = props;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return (
    <span className="marked-words">
      {parts}
      {text.slice(at)}
    </span>
  );
}
