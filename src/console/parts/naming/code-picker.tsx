import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { isComposing } from "../../client/keys.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import type { NameKind, NameOf } from "./say-condition.ts";

const FRESH_MS = 60_000;

/**
 * Chooses things of the county by name or code: what is typed is searched for, arrows and Enter choose, Backspace takes the last away.
 *
 * What is chosen stands as chips before the field; a code that no list has says so.
 */
export function CodePicker(props: {
  readonly kind: NameKind;
  readonly label: string;
  readonly values: readonly string[];
  readonly nameOf: NameOf;
  readonly onChange: (values: readonly string[]) => void;
  /** Whether one choice takes the place of the one before. */
  readonly isSingle?: boolean;
}) {
  const { codePicker: words } = useWords();
  const { call } = useSession();
  const { kind, values, nameOf, isSingle = false } = props;
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const { data } = useQuery({
    queryKey: ["codes", kind, text],
    queryFn: async ({ signal }) =>
      (await call("GET /codes/{kind}", { params: { kind }, query: { q: text, limit: 30 }, signal })).body,
    staleTime: FRESH_MS,
    enabled: isOpen,
  });
  const items = (data?.items ?? []).filter(({ code }) => !values.includes(code));
  const more = (data?.total ?? 0) - (data?.items.length ?? 0);
  const choose = (code: string) => {
    props.onChange(isSingle ? [code] : [...values, code]);
    setText("");
    setAt(0);
    if (isSingle) setOpen(false);
    field.current?.focus();
  };
  const drop = (code: string) => {
    props.onChange(values.filter((one) => one !== code));
    field.current?.focus();
  };
  const press = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const [chosen, last] = [items[at], values.at(-1)];
    if (event.altKey) return;
    if (event.key === "ArrowDown") {
      setOpen(true);
      setAt(isOpen ? Math.min(at + 1, Math.max(items.length - 1, 0)) : 0);
    } else if (event.key === "ArrowUp" && isOpen) setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && isOpen && chosen !== undefined) choose(chosen.code);
    else if (event.key === "Escape" && isOpen) setOpen(false);
    else {
      if (event.key === "Backspace" && text === "" && last !== undefined) drop(last);
      return;
    }
    event.preventDefault();
  };
  return (
    <div className="picker">
      {values.map((code) => (
        <span className="chip" key={code}>
          {nameOf(kind, code) ?? words.noName(code)}
          <button type="button" onClick={() => drop(code)} aria-label={words.drop(nameOf(kind, code) ?? code)}>
            ✕
          </button>
        </span>
      ))}
      <span className="picker-field">
        <input
          ref={field}
          role="combobox"
          aria-label={props.label}
          aria-expanded={isOpen}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && items[at] !== undefined ? `${list}-${at}` : undefined}
          placeholder={values.length === 0 || !isSingle ? words.search : words.change}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
            setAt(0);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={press}
          autoComplete="off"
        />
        <div className="picker-list" id={list} role="listbox" aria-label={props.label} hidden={!isOpen}>
          {items.map(({ code, name, about }, index) => (
            <div
              key={code}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              // The field must keep the focus, or the list closes before it is clicked.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(code)}
              // A reader of screens may put the focus on the option itself.
              onKeyDown={(event) => {
                if (event.key === "Enter" || event.key === " ") choose(code);
              }}
            >
              <strong>{name}</strong> {code === name ? null : <span className="code">{code}</span>}{" "}
              <span className="small">{kind === "township" ? words.grids(about) : about}</span>
            </div>
          ))}
          {isOpen && data !== undefined && items.length === 0 ? (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled="true" className="small">
              {values.length > 0 && text === "" ? words.allChosen : words.none}
            </div>
          ) : null}
          {more > 0 ? (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled="true" className="small">
              {words.more(more)}
            </div>
          ) : null}
        </div>
      </span>
    </div>
  );
}
