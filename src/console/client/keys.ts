import { useEffect, useRef } from "react";

/** The deed of each key; `g c` is g and then c. */
export type Keys = Readonly<Record<string, () => void>>;

const SEQUENCE_MS = 1500;
/** Input methods let the key that ends a composition through a little later. */
const AFTER_COMPOSITION_MS = 300;

let composedAt = Number.NEGATIVE_INFINITY;

/** Remembers when an input method last ended a composition, for every key of the page. */
export function watchCompositions(): void {
  addEventListener("compositionend", () => {
    composedAt = performance.now();
  });
}

/** Whether a key belongs to an input method, which turns it into signs: then it never is a command. */
export function isComposing(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === 229 || performance.now() - composedAt < AFTER_COMPOSITION_MS;
}

function isInField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]");
}

/**
 * Makes single keys into commands while this part of the page is shown. In fields, while a dialog is open, while an input method
 * composes and together with Ctrl, Alt or Meta they stay keys.
 */
export function useKeys(keys: Keys, isOn: boolean): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!isOn) return;
    let before = { key: "", at: Number.NEGATIVE_INFINITY };
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isComposing(event) || event.defaultPrevented) return;
      if (isInField(event.target) || document.querySelector("dialog[open]") !== null) return;
      // Enter and space on a link or button belong to it.
      if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.closest("a, button") !== null)
        return;
      const now = performance.now();
      const sequence = now - before.at < SEQUENCE_MS ? `${before.key} ${event.key}` : "";
      before = { key: event.key, at: now };
      const act = latest.current[sequence] ?? latest.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn]);
}

/** Whether a key press in a text means “send”: Ctrl or Meta with Enter, and nothing that an input method uses. */
export function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isComposing(event);
}
