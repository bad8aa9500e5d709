import { useWords } from "../client/language.tsx";
import type { Figure } from "./cells.tsx";

/** A share of so few cases is no share. */
const FEWEST = 5;

/** The share of the cases that a figure counts, as a bar with its number; the year before below it, hatched. */
export function Bar({ figure, isCount }: { readonly figure: Figure; readonly isCount: boolean }) {
  const { statistics } = useWords();
  const { value, of, before, code } = figure;
  const isWhole = code === "received" || code === "sealed";
  if (!isCount || isWhole || value === null || of === null || of === 0) return null;
  if (of < FEWEST) return <span className="small">{statistics.ofFew(of)}</span>;
  const share = value / of;
  const was = before?.value != null && (before.of ?? 0) >= FEWEST ? before.value / (before.of ?? 1) : null;
  return (
    <span className="share">
      <svg className="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <defs>
          <pattern id={`hatch-${code}`} width="3" height="3" patternUnits="userSpaceOnUse">
            <path d="M0 3 3 0" stroke="#52606d" strokeWidth="1" />
          </pattern>
        </defs>
        <rect className="bar-ground" x="0" y="0" width="100" height="12" />
        <rect className="bar-now" x="0" y="0" width={100 * share} height={was === null ? 12 : 7} />
        {was === null ? null : <rect x="0" y="8" width={100 * was} height="4" fill={`url(#hatch-${code})`} />}
      </svg>{" "}
      <span className="number">{statistics.share(Math.round(share * 100), of)}</span>
    </span>
  );
}
