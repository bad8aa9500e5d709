import { useLanguage } from "../client/language.tsx";
import type { Errand } from "../parts/errand.ts";
import { WrongNote } from "../parts/notes.tsx";

type Made = { readonly pages: number; readonly withoutShape?: readonly { scene: string; signs: readonly string[] }[] };

/** The progress of posters or sheets that were asked for, and the file when it is there. */
export function PostersMade({ errand }: { readonly errand: Errand | undefined }) {
  const { words, times } = useLanguage();
  const { posters } = words;
  if (errand === undefined || errand.state === "waiting") return <p role="status">{posters.waits}</p>;
  if (errand.state === "running") return <p role="status">{posters.running(errand.done, errand.total)}</p>;
  if (errand.state !== "done") {
    const { detail = "" } = errand.problem ?? {};
    const why = REASONS.find(([begin]) => detail.startsWith(begin))?.[1];
    return <WrongNote text={why === undefined ? posters.failed : posters[why]} />;
  }
  const { pages, withoutShape = [] } = errand.answer as Made;
  return (
    <div className="note note-done" role="status">
      <p>{posters.done(pages)}</p>
      {errand.file === null ? null : (
        <p>
          <a href={`/api/v1/errands/${errand.id}/file`} download={errand.file.name}>
            ⇩ {posters.download}
          </a>{" "}
          <span className="small">{posters.kept(times.day(errand.file.until))}</span>
        </p>
      )}
      {withoutShape.length === 0 ? null : (
        <p>{posters.without(withoutShape.map(({ scene, signs }) => `${scene} ${signs.join("")}`).join("; "))}</p>
      )}
    </div>
  );
}

/** The beginnings of what the service says of a failure, with our words for it. */
const REASONS = [
  ["This county has no channel account", "noAccount"],
  ["The platform gives no code", "noCode"],
  ["Everybody there has a chat", "everybody"],
] as const;
