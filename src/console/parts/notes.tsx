import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useLasting } from "../client/asking.ts";
import { useWords } from "../client/language.tsx";
import { sayRefusal } from "../client/refused.ts";

/** Says that something is wrong, at once to a screen reader too. */
export function WrongNote({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="note note-refusal" role="alert">
      <p>
        <span aria-hidden="true">⚠ </span>
        {text}
      </p>
      {children}
    </div>
  );
}

/** Says that something failed, whether anything was stored, and under which number it can be asked about. */
export function RefusalNote({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const words = useWords();
  if (error === null || error === undefined) return null;
  const { what, more } = sayRefusal(words, error);
  return (
    <WrongNote text={what}>
      {more === "" ? null : <p className="small">{more}</p>}
      {again === undefined ? null : (
        <Button size="compact-md" variant="default" onClick={again}>
          {words.shell.again}
        </Button>
      )}
    </WrongNote>
  );
}

/** Says that something was done, to the eye and to a screen reader. */
export function DoneNote({ text }: { readonly text: string }) {
  return (
    <p className="note note-done" role="status">
      {text}
    </p>
  );
}

/** Says why nothing is here, and the one step that follows. */
export function EmptyNote({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="note note-empty">
      <p>{text}</p>
      {children}
    </div>
  );
}

/** Bars where rows will be, once loading lasts long enough to be noticed. */
export function Skeleton({ rows, isLoading }: { readonly rows: number; readonly isLoading: boolean }) {
  const { shell } = useWords();
  const isShown = useLasting(isLoading);
  if (!isShown) return null;
  const bars = Array.from({ length: rows }, (_, at) => `bar-${at}`);
  return (
    <div className="skeleton" role="status" aria-label={shell.loading}>
      {bars.map((bar) => (
        <div key={bar} className="skeleton-bar" />
      ))}
    </div>
  );
}
