import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { forgetDrafts } from "../client/drafts.ts";
import { useKeys } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { LanguageSwitch } from "../sign-in/door.tsx";
import { Banners } from "./banners.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { PollMark } from "./poll-mark.tsx";

/** The frame around every page: the pages with what waits there, who is signed in, how fresh everything is. */
export function Frame() {
  const { words } = useLanguage();
  const { me, call } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [showsKeys, setShowsKeys] = useState(false);
  const mayToday = mayAsk(me, "GET /today");
  const { data: waiting = 0 } = useQuery({
    queryKey: ["today"],
    queryFn: async ({ signal }) => (await call("GET /today", { signal })).body,
    select: ({ sections }) => sections.filter(({ count }) => count > 0).length,
    refetchInterval: pollEvery,
    enabled: mayToday,
    retry: mayAskAgain,
  });
  useKeys(
    {
      "?": () => setShowsKeys(true),
      "g t": () => void navigate({ to: "/" }),
      "g c": () => void navigate({ to: "/cases" }),
    },
    me.preferences.singleKeys,
  );
  const signOut = async () => {
    await call("DELETE /session", {}).catch(() => undefined);
    forgetDrafts();
    queries.clear();
    location.replace("/console");
  };
  const { pages } = words.shell;
  return (
    <div className={`frame rows-${me.preferences.rowHeight}`}>
      <a className="skip" href="#content">
        {words.shell.toContent}
      </a>
      <header className="top">
        <span className="brand">
          {words.shell.product} <span className="county">· {me.county.name}</span>
        </span>
        <PollMark />
        <span className="who">
          <Link to="/account">{me.name}</Link> · {words.shell.roles[me.role]}
        </span>
        <LanguageSwitch
          onChosen={(locale) => void call("PATCH /me/preferences", { body: { locale } }).catch(() => undefined)}
        />
        <button type="button" className="plain-button" onClick={signOut}>
          {words.shell.signOut}
        </button>
      </header>
      <nav className="pages" aria-label={words.shell.menu}>
        {mayToday ? (
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            {pages.today}
            {waiting > 0 ? (
              <span className="count">
                {waiting}
                <span className="unseen"> {words.shell.waiting(waiting)}</span>
              </span>
            ) : null}
          </Link>
        ) : null}
        {mayAsk(me, "POST /cases/search") ? (
          <Link to="/cases" activeOptions={{ includeSearch: false }}>
            {pages.cases}
          </Link>
        ) : null}
        {mayAsk(me, "GET /deputies") ? (
          <Link to="/people" activeOptions={{ includeSearch: false }}>
            {pages.people}
          </Link>
        ) : null}
        {mayAsk(me, "POST /imports") ? <Link to="/imports">{pages.imports}</Link> : null}
        {mayAsk(me, "GET /staff") ? <Link to="/staff">{pages.staff}</Link> : null}
        <Link to="/account">{pages.account}</Link>
      </nav>
      <main id="content" className="content" tabIndex={-1}>
        <Banners />
        <Outlet />
      </main>
      {showsKeys ? <KeysHelp onClose={() => setShowsKeys(false)} /> : null}
    </div>
  );
}
