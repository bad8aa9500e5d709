import { Link } from "@tanstack/react-router";
import { useWords } from "../client/language.tsx";

/** The way between the pages that are about all versions of the rules. */
export function PagesNav() {
  const { proof, shell } = useWords();
  const { pages } = proof;
  return (
    <nav className="presets" aria-label={shell.pages.rules}>
      <Link to="/rules" activeOptions={{ exact: true, includeSearch: false }}>
        {pages.list}
      </Link>
      <Link to="/rules/use" activeOptions={{ includeSearch: false }}>
        {pages.use}
      </Link>
      <Link to="/rules/simulate" activeOptions={{ includeSearch: false }}>
        {pages.simulate}
      </Link>
      <Link to="/rules/compare" activeOptions={{ includeSearch: false }}>
        {pages.compare}
      </Link>
      <Link to="/coverage" activeOptions={{ includeSearch: false }}>
        {pages.coverage}
      </Link>
    </nav>
  );
}
