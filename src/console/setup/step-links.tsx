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
      return mayAsk(me, "GET /staff") ? <Link to="/staff">{links.staff}</Link> : null;
    case "county":
      return mayAsk(me, "GET /settings") ? (
        <>
          <Link to="/settings">{links.settings}</Link>
          <Link to="/settings" search={{ part: "calendar" }}>
            {links.calendar}
          </Link>
        </>
      ) : null;
    case "lists":
      return mayAsk(me, "POST /imports") ? (
        <>
          <a href="/api/v1/exports/county.xlsx" download>
            ⇩ {links.template}
          </a>
          <Link to="/imports">{links.imports}</Link>
        </>
      ) : null;
    case "coverage":
      return (
        <>
          <a href="/console/coverage">{links.coverage}</a>
          {mayAsk(me, "GET /deputies") ? <Link to="/people">{links.people}</Link> : null}
        </>
      );
    case "chat":
      return mayAsk(me, "GET /accounts") ? <Link to="/accounts">{links.accounts}</Link> : null;
    case "deputies":
      return mayAsk(me, "GET /deputies") ? <Link to="/people">{links.people}</Link> : null;
    case "posters":
      return <a href="/console/places">{links.places}</a>;
    case "rules":
      return mayAsk(me, "GET /settings") ? <a href="/console/rules">{links.rules}</a> : null;
    case "rehearsal":
      return null;
  }
}
