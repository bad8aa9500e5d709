import { useWords } from "../client/language.tsx";

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
