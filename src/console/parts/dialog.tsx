import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords } from "../client/language.tsx";

/**
 * A dialog over the page, by the browser's own `<dialog>`: the page behind it is out of reach, and closing gives the focus back.
 *
 * Escape closes it; texts written in it are drafts, which stay.
 */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  /** Whether it must be answered and cannot be closed. */
  readonly isFixed?: boolean;
  readonly children: ReactNode;
}) {
  const { shell } = useWords();
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const one = dialog.current;
    const before = document.activeElement;
    one?.showModal();
    // The browser gives the focus to what comes first, which is the button that closes.
    one?.querySelector<HTMLElement>("input:enabled, select:enabled, textarea:enabled")?.focus();
    return () => {
      one?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={props.isFixed === true ? "dialog dialog-fixed" : "dialog"}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        if (props.isFixed !== true) props.onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={title}>{props.title}</h2>
        {props.isFixed === true ? null : (
          <button type="button" className="plain-button" onClick={props.onClose} aria-label={shell.close}>
            ✕
          </button>
        )}
      </div>
      {props.children}
    </dialog>
  );
}
