import { useEffect, useMemo, useRef, useState } from "react";
import { rulesIn } from "../../domain/rules/finding-place.ts";
import type { Answered } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import {
  afterStoring,
  type Content,
  lacksOf,
  openContent,
  type RuleDraft,
  writeContent,
} from "../rule-content/content.ts";
import { type Saving, type Stored, storedOf, useSaving } from "./use-saving.ts";

/** The work on a draft: its rules as they are now, and what is saved of them. */
export type Editing = {
  readonly content: Content;
  readonly change: (next: (content: Content) => Content) => void;
  readonly saving: Saving;
  /** What is stored next, with the key of each rule in it. */
  readonly written: { readonly text: string; readonly keys: readonly string[] };
  readonly unfinished: readonly RuleDraft[];
  readonly isRestored: boolean;
};

type Kept = { readonly stored: Stored; readonly content: Content };

/** Opens a draft for editing: what was written and not saved comes back, and is kept in this browser until it is saved. */
export function useEditing(version: Answered<"GET /rulesets/{number}">, etag: string | null): Editing {
  const number = String(version.number);
  const opened = useMemo(() => storedOf(version, etag), [version, etag]);
  const [content, setContent] = useState(() => openContent(version.content, version.read));
  const [isRestored, setRestored] = useState(false);
  const isTouched = useRef(false);
  const written = useMemo(() => writeContent(content), [content]);
  const keys = useRef(written.keys);
  keys.current = written.keys;
  const saving = useSaving(number, opened, written.text, (text) =>
    setContent((now) =>
      afterStoring(now, text, writeContent(now).text === text ? writeContent(now).keys : keysIn(now, text)),
    ),
  );
  const unfinished = useMemo(() => content.rules.filter((rule) => lacksOf(rule).length > 0), [content]);
  const draft = useDraft(`ruleset-${number}`);
  const { text: kept, write, clear } = draft;
  const hasMore = saving.state !== "saved" || unfinished.length > 0;
  const { accept, stored } = saving;

  useEffect(() => {
    if (kept === "" || isTouched.current) return;
    isTouched.current = true;
    const before = JSON.parse(kept) as Kept;
    setContent(before.content);
    setRestored(true);
    // It is measured by what was stored when it was written: whoever stored meanwhile is not written over.
    accept(before.stored);
  }, [kept, accept]);
  useEffect(() => {
    if (!isTouched.current) return;
    if (hasMore) write(JSON.stringify({ stored, content } satisfies Kept));
    else clear();
  }, [hasMore, content, stored, write, clear]);

  return {
    content,
    change(next) {
      isTouched.current = true;
      setContent(next);
    },
    saving,
    written,
    unfinished,
    isRestored,
  };
}

/** The keys of rules that were stored while somebody went on writing, by their names. */
function keysIn(content: Content, text: string): string[] {
  return rulesIn(JSON.parse(text)).map((rule) => {
    const id = (rule as { readonly id?: unknown }).id;
    return content.rules.find(({ written }) => written.id === id)?.key ?? "";
  });
}
