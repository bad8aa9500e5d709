import { type KeyboardEvent, useId, useState } from "react";

const SHOWN = 50;

/** A person whose phone can be chosen; `about` helps to tell people of the same name apart. */
export type Choosable = { readonly openid: string; readonly name: string; readonly about: string };

/** A select with search; people with unread messages come first. */
export function PersonSelect(props: {
  /** 居民 or 代表: what stands before the field. */
  readonly kind: string;
  readonly people: readonly Choosable[];
  readonly chosen: string;
  readonly unread: Readonly<Record<string, number>>;
  readonly onChoose: (openid: string) => void;
}) {
  const { kind, people, chosen, unread, onChoose } = props;
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const id = useId();
  const isOpen = query !== null;
  const unreadOf = ({ openid }: Choosable): number => unread[openid] ?? 0;
  const found = isOpen
    ? people
        .filter(({ name, about, openid }) => `${name} ${about} ${openid}`.includes(query.trim()))
        .sort((a, b) => unreadOf(b) - unreadOf(a))
        .slice(0, SHOWN)
    : [];
  const current = people.find(({ openid }) => openid === chosen);
  const label = current === undefined ? "" : [current.name, current.about].filter((part) => part !== "").join(" · ");
  const elsewhere = people.reduce((sum, person) => sum + (person.openid === chosen ? 0 : unreadOf(person)), 0);

  const choose = (person: Choosable | undefined): void => {
    if (person !== undefined) onChoose(person.openid);
    setQuery(null);
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (isOpen) setActive(Math.min(Math.max(active + step, 0), Math.max(found.length - 1, 0)));
      else setQuery("");
    } else if (event.key === "Enter" && isOpen) choose(found[active]);
    else if (event.key === "Escape") setQuery(null);
  };

  return (
    <div className="person">
      <label htmlFor={`${id}-input`}>{kind}</label>
      <input
        id={`${id}-input`}
        data-testid="person-select"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        value={query ?? label}
        placeholder={label}
        onFocus={() => setQuery("")}
        onClick={() => setQuery((before) => before ?? "")}
        onBlur={() => setQuery(null)}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {elsewhere > 0 && (
        <output className="badge" data-testid="unread" aria-label={`其他手机上有 ${elsewhere} 条未读消息`}>
          {elsewhere}
        </output>
      )}
      {isOpen && (
        <div className="person-list" id={`${id}-list`} role="listbox" aria-label={`选择${kind}`}>
          {found.map((person, index) => (
            <div
              key={person.openid}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              data-testid="person-option"
              data-openid={person.openid}
              className="person-option"
              onMouseDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              <span>{person.name}</span>
              <span className="person-about">{person.about}</span>
              {unreadOf(person) > 0 && <span className="badge">{unreadOf(person)}</span>}
            </div>
          ))}
          {found.length === 0 && <p className="person-about">没有找到</p>}
        </div>
      )}
    </div>
  );
}
