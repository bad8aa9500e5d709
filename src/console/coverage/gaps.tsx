import { useWords } from "../client/language.tsx";

type Gap = { readonly rules: "plain" | readonly (string | null)[]; readonly grids: readonly string[] };

const MOST_NAMED = 12;

/** Says why something from some grids reaches nobody, one sentence each, with the grids that it is about. */
export function Gaps({ gaps }: { readonly gaps: unknown }) {
  const { coverage, proof } = useWords();
  // The certificate as programs have had it: its gaps are described in the domain, not in the contract.
  const all = Array.isArray(gaps) ? (gaps as readonly Gap[]) : [];
  if (all.length === 0) return null;
  const says = ({ rules }: Gap) =>
    rules === "plain"
      ? coverage.gapPlain
      : coverage.gapRules(
          rules.map((id) => (id === null ? coverage.gapOtherwise : coverage.gapRule(id))).join(proof.listed),
        );
  return (
    <section className="card">
      <h2>{coverage.gaps}</h2>
      <ul>
        {all.map((gap) => (
          <li key={JSON.stringify([gap.rules, gap.grids[0]])}>
            ▲ {says(gap)}
            <span className="small block">
              {coverage.gapGrids(
                gap.grids.length,
                `${gap.grids.slice(0, MOST_NAMED).join(proof.listed)}${gap.grids.length > MOST_NAMED ? "…" : ""}`,
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
