import { Link } from "@tanstack/react-router";
import type { Answered } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";

type Code = Answered<"GET /setup">["steps"][number]["code"];

/** The pages that do a step, as far as this person may ask for them. */
export function StepLinks({ code }: { readonly code: Code }) {
  const { setup } = useWords();
  const { me } = useSession();
  const { links } = setup;
  switch (code) {
    case "people":
      return mayAsk(me, "GET /staff") ? <Link to="/staff">{links.staff}</Link> : <ByOthers who="operator" />;
    case "county":
      return mayAsk(me, "GET /settings") ? (
        <>
          <Link to="/settings">{links.settings}</Link>
          <Link to="/settings" search={{ part: "calendar" }}>
            {links.calendar}
          </Link>
        </>
      ) : (
        <ByOthers who="office" />
      );
    case "lists":
      return mayAsk(me, "POST /imports") ? (
        <>
          <a href="/api/v1/exports/county.xlsx" download>
            ⇩ {links.template}
          </a>
          <Link to="/imports">{links.imports}</Link>
        </>
      ) : (
        <ByOthers who="office" />
      );
    case "coverage":
      return (
        <>
          <Link to="/coverage">{links.coverage}</Link>
          {mayAsk(me, "GET /deputies") ? <Link to="/people">{links.people}</Link> : null}
        </>
      );
    case "chat":
      return mayAsk(me, "GET /accounts") ? <Link to="/accounts">{links.accounts}</Link> : <ByOthers who="operator" />;
    case "deputies":
      return mayAsk(me, "GET /deputies") ? <Link to="/people">{links.people}</Link> : <ByOthers who="office" />;
    case "posters":
      return <Link to="/places">{links.places}</Link>;
    case "rules":
      return mayAsk(me, "GET /rulesets") ? <Link to="/rules">{links.rules}</Link> : <ByOthers who="office" />;
    case "rehearsal":
      return null;
  }
}

/** Says whose step it is, to somebody who may not do it. */
function ByOthers({ who }: { readonly who: "office" | "operator" }) {
  const { setup } = useWords();
  return <span className="small">{setup.doneBy[who]}</span>;
}
