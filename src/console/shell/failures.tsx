import { Link } from "@tanstack/react-router";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { EmptyNote, RefusalNote } from "../parts/notes.tsx";

/** Says that there is nothing at an address, or nothing for this person: nobody can tell the two apart. */
export function NothingHere() {
  const { shell } = useWords();
  return (
    <EmptyNote text={shell.notFound}>
      <Link to="/">{shell.toToday}</Link>
    </EmptyNote>
  );
}

/** Says that a page could not be opened at all: the service may have a newer one by now, which a reload brings. */
export function PageBroken() {
  const { shell } = useWords();
  return (
    <div className="note note-refusal" role="alert">
      <p>⚠ {shell.broken}</p>
      <button type="button" className="deed" onClick={() => location.reload()}>
        {shell.reload}
      </button>
    </div>
  );
}

/** Says why a page cannot be shown, and what can be done about it. */
export function PageFailure({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const { shell } = useWords();
  const { me } = useSession();
  if (error instanceof Refused && error.status === 404) return <NothingHere />;
  if (error instanceof Refused && error.status === 403)
    return <EmptyNote text={shell.forbidden(shell.roles[me.role])} />;
  return <RefusalNote error={error} again={again} />;
}
