import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "./session.ts";

const PREFIX = "liaison.draft.";
const PAUSE_MS = 400;

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Null where the browser has no cryptography: over plain http that is not this machine. Then drafts stay in the page alone. */
async function keyOf(textKey: string): Promise<CryptoKey | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  return crypto.subtle.importKey("raw", fromBase64url(textKey), "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function seal(key: CryptoKey, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

/** Empty where the draft was written in a session that has ended: its key is gone. */
async function open(key: CryptoKey, kept: string): Promise<string> {
  const [iv = "", sealed = ""] = kept.split(".");
  try {
    const name = { name: "AES-GCM", iv: fromBase64url(iv) };
    return new TextDecoder().decode(await crypto.subtle.decrypt(name, key, fromBase64url(sealed)));
  } catch (error) {
    if (error instanceof DOMException) return "";
    throw error;
  }
}

/** A text that is being written, and where it is kept. */
export type Draft = {
  readonly text: string;
  readonly write: (text: string) => void;
  readonly clear: () => void;
  /** Whether it would be here again after leaving the page. */
  readonly isKept: boolean;
};

/**
 * A text of this person about one thing, kept in the browser and encrypted with a key that ends with the session, so that the next
 * person at the same computer cannot read it.
 *
 * @param about the thing and the kind of text, such as `2026-000123/answer`
 */
export function useDraft(about: string): Draft {
  const { me } = useSession();
  const place = `${PREFIX}${me.id}.${about}`;
  const [text, setText] = useState("");
  const [isKept, setKept] = useState(false);
  const touched = useRef(false);
  // Somebody who signs in again has a new key: what stands here is sealed anew with it.
  const key = useMemo(() => keyOf(me.textKey), [me.textKey]);
  const latest = useRef(key);
  latest.current = key;

  useEffect(() => {
    let isGone = false;
    touched.current = false;
    setText("");
    setKept(false);
    const kept = localStorage.getItem(place);
    if (kept !== null)
      void latest.current.then(async (one) => {
        const found = one === null ? "" : await open(one, kept);
        if (found === "") localStorage.removeItem(place);
        else if (!isGone && !touched.current) {
          touched.current = true;
          setText(found);
          setKept(true);
        }
      });
    return () => {
      isGone = true;
    };
  }, [place]);

  useEffect(() => {
    if (!touched.current) return;
    let isStale = false;
    const timer = setTimeout(() => {
      void key.then(async (one) => {
        if (one === null || isStale) return;
        const sealed = text === "" ? null : await seal(one, text);
        if (isStale) return;
        if (sealed === null) localStorage.removeItem(place);
        else localStorage.setItem(place, sealed);
        setKept(sealed !== null);
      });
    }, PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, place, key]);

  const write = useCallback((next: string) => {
    touched.current = true;
    setText(next);
    setKept(false);
  }, []);
  const clear = useCallback(() => {
    touched.current = true;
    localStorage.removeItem(place);
    setText("");
    setKept(false);
  }, [place]);
  return { text, write, clear, isKept };
}

/** Takes away every draft of this browser, as signing out does. */
export function forgetDrafts(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
}
