import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { type ShellPage, waitingAt } from "./pages.ts";

type Sections = Parameters<typeof waitingAt>[1];

/** The pages by name, each with what waits there: at the left, or on a narrow screen at the bottom, the less used under “more”. */
export function Navigation(props: { readonly pages: readonly ShellPage[]; readonly sections: Sections }) {
  const { words } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <nav className="pages" aria-label={words.shell.menu}>
        {props.pages.map((page) => (
          <PageLink
            key={page.to}
            page={page}
            waiting={waitingAt(page, props.sections)}
            className={page.isInBar === true ? undefined : "only-wide"}
          />
        ))}
        <button type="button" className="plain-button only-narrow" onClick={() => setOpen(true)}>
          {words.shell.morePages}
        </button>
      </nav>
      {isOpen ? (
        <Dialog title={words.shell.menu} onClose={() => setOpen(false)}>
          <ul className="page-list">
            {props.pages.map((page) => (
              <li key={page.to}>
                <PageLink page={page} waiting={waitingAt(page, props.sections)} onClick={() => setOpen(false)} />
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </>
  );
}

function PageLink(props: {
  readonly page: ShellPage;
  readonly waiting: number;
  readonly className?: string | undefined;
  readonly onClick?: () => void;
}) {
  const { words } = useLanguage();
  const { page, waiting, className, onClick } = props;
  const content: ReactNode = (
    <>
      {words.shell.pages[page.name]}
      {waiting > 0 ? (
        <span className="count">
          {waiting}
          <span className="unseen"> {words.shell.waiting(waiting)}</span>
        </span>
      ) : null}
    </>
  );
  if (page.isOutside === true)
    return (
      <a href={page.to} className={className}>
        {content}
      </a>
    );
  return (
    <Link
      to={page.to}
      className={className}
      onClick={onClick}
      activeOptions={{ exact: page.to === "/", includeSearch: false }}
    >
      {content}
    </Link>
  );
}
