import { useCallback, useEffect, useRef, useState } from "react";
import { isSameJson } from "../../domain/rules/compare.ts";
import { type Answered, newKey } from "../client/call.ts";
import { Refused, type Since } from "../client/refused.ts";
import { useSession } from "../client/session.ts";

const REST_MS = 1_000;
const AGAIN_MS = 5_000;

/** The state of the last change. */
type SaveState = "saved" | "waiting" | "saving" | "offline" | "refused" | "conflict";

/** The version as the service has it, by which the next change is measured. */
export type Stored = { readonly text: string; readonly etag: string; readonly at: string | null };

/** The changes of somebody else that stand in the way. */
export type Conflict = { readonly stored: Stored; readonly since: readonly Since[] };

/** The saving of a draft: its state, what the service has, and what somebody else did meanwhile. */
export type Saving = {
  readonly state: SaveState;
  readonly stored: Stored;
  readonly conflict: Conflict | null;
  readonly error: unknown;
  /** Goes on from what somebody else stored; what is written here now is saved upon it. */
  readonly accept: (stored: Stored) => void;
};

/**
 * Saves a draft one second after its last change, never over what somebody else stored meanwhile; without a network it tries again
 * with the same key, so that what did arrive is not done twice.
 *
 * @param text what is to be stored now
 * @param onStored told what the service took
 */
export function useSaving(number: string, opened: Stored, text: string, onStored: (text: string) => void): Saving {
  const { call } = useSession();
  const [stored, setStored] = useState(opened);
  const [state, setState] = useState<SaveState>("saved");
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef({ text: "", key: "" });
  const told = useRef(onStored);
  told.current = onStored;
  const isChanged = text !== stored.text;

  const save = useCallback(async () => {
    if (asked.current.text !== text) asked.current = { text, key: newKey() };
    const before = asked.current;
    setState("saving");
    try {
      const { etag } = await call("PUT /rulesets/{number}", {
        params: { number },
        body: JSON.parse(text) as unknown,
        key: before.key,
        etag: stored.etag,
      });
      setStored({ text, etag: etag ?? "", at: new Date().toISOString() });
      setError(null);
      setState("saved");
      told.current(text);
    } catch (failed) {
      if (!(failed instanceof Refused)) throw failed;
      setError(failed);
      if (failed.status === 412) {
        const found = await readStored(call, number).catch(() => null);
        if (found === null) setState("offline");
        else if (isSame(found.text, text) || isSame(found.text, stored.text)) {
          // It is what was sent before the answer got lost, or nothing but a stamp has changed.
          const isMine = isSame(found.text, text);
          setStored(isMine ? { ...found, text } : { ...found, text: stored.text });
          setState(isMine ? "saved" : "waiting");
          if (isMine) told.current(text);
        } else {
          setConflict({ stored: found, since: failed.since });
          setState("conflict");
        }
      } else setState(failed.status === 0 || failed.status >= 500 || failed.status === 429 ? "offline" : "refused");
    }
  }, [call, number, text, stored]);

  // Each change of the text is another `save` and begins the second anew, as does each attempt that failed.
  useEffect(() => {
    if (!isChanged || conflict !== null) return;
    setState((before) => (before === "offline" ? before : "waiting"));
    const timer = setTimeout(() => void save(), attempt === 0 ? REST_MS : AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isChanged, conflict, attempt, save]);
  useEffect(() => {
    if (state === "offline") setAttempt((before) => before + 1);
    if (state === "saved") setAttempt(0);
  }, [state]);

  const accept = useCallback((found: Stored) => {
    setConflict(null);
    setError(null);
    setStored(found);
    setState("waiting");
  }, []);
  return { state: isChanged || state === "conflict" ? state : "saved", stored, conflict, error, accept };
}

/** Whether two texts say the same: the database keeps no order of keys. */
function isSame(one: string, other: string): boolean {
  return isSameJson(JSON.parse(one), JSON.parse(other));
}

/** Reads a version as it is stored now. */
async function readStored(call: ReturnType<typeof useSession>["call"], number: string): Promise<Stored> {
  const { body, etag } = await call("GET /rulesets/{number}", { params: { number } });
  return { ...storedOf(body, etag), at: new Date().toISOString() };
}

/** A version as it came. */
export function storedOf(version: Answered<"GET /rulesets/{number}">, etag: string | null): Stored {
  const edits = version.events.filter(({ type }) => type === "edited" || type === "drafted");
  return { text: JSON.stringify(version.content), etag: etag ?? "", at: edits.at(-1)?.at ?? null };
}
