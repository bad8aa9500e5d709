import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { isComposing } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { ShellPage } from "./pages.ts";

type Target = { readonly id: string; readonly what: string; readonly name: string; readonly go: () => void };

/** So long somebody may go on typing before it is asked for. */
const TYPING_MS = 200;

/** Opens a box by Ctrl or Meta with K, wherever the page is; not while another dialog is open. */
export function useJumpKey(open: () => void): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      if (document.querySelector("dialog[open]") === null) open();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [open]);
}

/** The box by which somebody jumps to a case by its last digits, to a grid, a deputy or a page. */
export function JumpBox(props: { readonly pages: readonly ShellPage[]; readonly onClose: () => void }) {
  const { words } = useLanguage();
  const { me, call } = useSession();
  const maySearch = mayAsk(me, "POST /cases/search");
  const navigate = useNavigate();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: ["jump", text],
    queryFn: async ({ signal }) => (await call("POST /jump", { body: { text }, signal })).body,
    enabled: text !== "",
    retry: mayAskAgain,
    gcTime: 0,
  });
  const { jump, pages } = words.shell;
  const answer = text === typed.trim() ? found.data : undefined;
  const targets: readonly Target[] = [
    ...(answer?.cases ?? []).map(({ number }) => ({
      ...{ id: `case-${number}`, what: jump.case, name: number },
      go: () => void navigate({ to: "/cases/$number", params: { number } }),
    })),
    ...(answer?.deputies ?? []).map(({ code, name }) => ({
      ...{ id: `deputy-${code}`, what: jump.deputy, name: `${name} · ${code}` },
      go: () => void navigate({ to: "/people/$code", params: { code } }),
    })),
    ...(answer?.grids ?? []).map(({ code, name, township }) => ({
      ...{ id: `grid-${code}`, what: maySearch ? jump.grid : jump.place, name: `${township} ${name} · ${code}` },
      go: () =>
        void navigate(maySearch ? { to: "/cases", search: { grid: code } } : { to: "/places", search: { grid: code } }),
    })),
    ...props.pages
      .filter(({ name }) => typed.trim() === "" || pages[name].toLowerCase().includes(typed.trim().toLowerCase()))
      .map((page) => ({
        ...{ id: `page-${page.name}`, what: jump.page, name: pages[page.name] },
        go: () => (page.isOutside === true ? location.assign(page.to) : void navigate({ to: page.to })),
      })),
  ];
  const chosen = Math.min(at, targets.length - 1);
  const take = (target: Target | undefined): void => {
    if (target === undefined) return;
    props.onClose();
    target.go();
  };
  const press = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, targets.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Enter") take(targets[chosen]);
    else return;
    event.preventDefault();
  };
  const isNone = targets.length === 0 && !found.isFetching && text === typed.trim();
  return (
    <Dialog title={jump.title} onClose={props.onClose}>
      <label className="jump">
        <span className="small">{jump.hint}</span>
        <input
          type="text"
          className="jump-field"
          role="combobox"
          aria-expanded={targets.length > 0}
          aria-controls={list}
          aria-activedescendant={targets[chosen] === undefined ? undefined : `${list}-${targets[chosen].id}`}
          autoComplete="off"
          maxLength={60}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </label>
      <div id={list} role="listbox" aria-label={jump.title} className="jump-list">
        {targets.map((target, index) => (
          <button
            key={target.id}
            id={`${list}-${target.id}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="jump-target"
            onClick={() => take(target)}
          >
            <span className="small">{target.what}</span> {target.name}
          </button>
        ))}
      </div>
      <p role="status" className="small">
        {found.error === null ? (isNone ? jump.none : "") : jump.failed}
      </p>
    </Dialog>
  );
}
