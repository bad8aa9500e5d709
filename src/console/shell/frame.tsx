import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { forgetDrafts } from "../client/drafts.ts";
import { useKeys } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { mayAsk, useSession } from "../client/session.ts";
import { Door, LanguageSwitch } from "../sign-in/door.tsx";
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
  /** Whether signing out failed: then nothing is shown but that. */
  const [isStillIn, setIsStillIn] = useState(false);
  const mayToday = mayAsk(me, "GET /today");
  const { data: waiting = 0 } = useQuery({
    queryKey: ["today"],
    queryFn: async ({ signal }) => (await call("GET /today", { signal })).body,
    select: ({ sections }) => sections.filter(({ count }) => count > 0).length,
    refetchInterval: pollEvery,
    enabled: mayToday && !isStillIn,
    retry: mayAskAgain,
  });
  useKeys(
    {
      "?": () => setShowsKeys(true),
      "g t": () => void navigate({ to: "/" }),
      "g c": () => void navigate({ to: "/cases" }),
      ...(mayAsk(me, "GET /deliveries") ? { "g d": () => void navigate({ to: "/deliveries" }) } : {}),
    },
    me.preferences.singleKeys,
  );
  const signOut = async () => {
    forgetDrafts();
    try {
      await call("DELETE /session", {});
    } catch (error) {
      // Without a session there is nothing left to end.
      if (!(error instanceof Refused && error.status === 401)) {
        setIsStillIn(true);
        queries.clear();
        return;
      }
    }
    queries.clear();
    location.replace("/console");
  };
  if (isStillIn)
    return (
      <Door title={words.shell.signOut}>
        <p role="alert">{words.shell.stillIn}</p>
        <Button onClick={() => void signOut()}>{words.shell.signOut}</Button>
      </Door>
    );
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
        {mayAsk(me, "POST /intake") ? <Link to="/intake">{pages.intake}</Link> : null}
        {mayAsk(me, "GET /phone-tasks") ? <Link to="/phone">{pages.phone}</Link> : null}
        {mayAsk(me, "GET /deputies") ? (
          <Link to="/people" activeOptions={{ includeSearch: false }}>
            {pages.people}
          </Link>
        ) : null}
        {mayAsk(me, "POST /imports") ? <Link to="/imports">{pages.imports}</Link> : null}
        {mayAsk(me, "GET /deliveries") ? (
          <Link to="/deliveries" activeOptions={{ includeSearch: false }}>
            {pages.deliveries}
          </Link>
        ) : null}
        {mayAsk(me, "GET /unread/corrections") ? (
          <Link to="/unread" activeOptions={{ includeSearch: false }}>
            {pages.unread}
          </Link>
        ) : null}
        {mayAsk(me, "GET /accounts") ? <Link to="/accounts">{pages.accounts}</Link> : null}
        {mayAsk(me, "GET /audit/head") ? (
          <Link to="/audit" activeOptions={{ includeSearch: false }}>
            {pages.audit}
          </Link>
        ) : null}
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
