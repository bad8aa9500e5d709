import { Link } from "@tanstack/react-router";
import type { Answered } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { paramsOf } from "../parts/filter.ts";

/** A section of Today, as the API answers it. */
export type Section = Answered<"GET /today">["sections"][number];

/** The part of the page of audit that shows a section which is no list of cases. */
const AUDIT_VIEWS: Readonly<Partial<Record<Section["code"], "chain" | "staff">>> = {
  audit: "chain",
  "staff-changes": "staff",
};

/** The one button of a section: it leads to the page that shows it, where this person may ask for that. */
export function SectionLink({ section }: { readonly section: Section }) {
  const { today } = useWords();
  const { me } = useSession();
  const { code, opens } = section;
  const acts: Readonly<Record<string, string>> = today.acts;
  const said = (
    <>
      {acts[code] ?? today.acts.other} <span aria-hidden="true">→</span>
      <span className="unseen"> {today.sections[code]}</span>
    </>
  );
  const common = { className: "line-button", children: said };
  switch (opens.page) {
    case "cases":
      return (
        <>
          {code === "undelivered" && mayAsk(me, "GET /deliveries") ? (
            <Link className="line-button" to="/deliveries">
              {today.byReason} <span aria-hidden="true">→</span>
            </Link>
          ) : null}
          <Link {...common} to="/cases" search={paramsOf(opens.filter)} />
        </>
      );
    case "units":
      return mayAsk(me, "GET /units/work") ? <Link {...common} to="/units" /> : null;
    case "topics":
      return mayAsk(me, "GET /topics") ? <Link {...common} to="/topics" /> : null;
    case "partners":
      return mayAsk(me, "GET /partners") ? <Link {...common} to="/partners" /> : null;
    case "petitions":
      return mayAsk(me, "GET /petitions") ? <Link {...common} to="/petitions" /> : null;
    case "recordings":
      return mayAsk(me, "GET /recordings") ? <Link {...common} to="/recordings" /> : null;
    case "phone":
      return mayAsk(me, "GET /phone-tasks") ? <Link {...common} to="/phone" /> : null;
    case "deliveries":
      return mayAsk(me, "GET /deliveries") ? <Link {...common} to="/deliveries" /> : null;
    case "rules":
      if (code === "rules-expiring")
        return mayAsk(me, "GET /rules/use") ? <Link {...common} to="/rules/use" search={{ only: "expiring" }} /> : null;
      return mayAsk(me, "GET /rulesets") ? <Link {...common} to="/rules" /> : null;
    case "clock-rules":
      return mayAsk(me, "GET /clock-rules") ? <Link {...common} to="/clock-rules" /> : null;
    case "answers":
      return mayAsk(me, "GET /answer-library") ? <Link {...common} to="/answers" /> : null;
    case "places":
      return mayAsk(me, "GET /coverage") ? (
        <Link {...common} to="/coverage" search={{ only: code === "grids-by-phone" ? "phone" : "nobody" }} />
      ) : null;
    case "audit": {
      const view = AUDIT_VIEWS[code];
      if (view === "staff" && !mayAsk(me, "GET /staff/changes")) return null;
      if (view !== "staff" && !mayAsk(me, "GET /audit/head")) return null;
      return <Link {...common} to="/audit" search={view === undefined ? {} : { view }} />;
    }
    case "settings":
      return mayAsk(me, "GET /settings") ? <Link {...common} to="/settings" /> : null;
  }
}
