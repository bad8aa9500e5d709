import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { forgetDrafts } from "../client/drafts.ts";
import { useKeys } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { mayAsk, useSession } from "../client/session.ts";
import { Door, LanguageSwitch } from "../sign-in/door.tsx";
import { useIsPageThere } from "./after-page.ts";
import { Banners } from "./banners.tsx";
import { DutyBar } from "./duty-bar.tsx";
import { JumpBox, useJumpKey } from "./jump-box.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { useLiveUpdates } from "./live-updates.ts";
import { Navigation } from "./navigation.tsx";
import { pagesOf, type ShellPage } from "./pages.ts";
import { PollMark } from "./poll-mark.tsx";

const NOTHING: Answered<"GET /today">["sections"] = [];

/** The frame around every page: the pages with what waits there, who is signed in, how fresh everything is. */
export function Frame() {
  const { words } = useLanguage();
  const { me, call } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [showsKeys, setShowsKeys] = useState(false);
  const [isJumping, setJumping] = useState(false);
  const openJump = useCallback(() => setJumping(true), []);
  /** Whether signing out failed: then nothing is shown but that. */
  const [isStillIn, setIsStillIn] = useState(false);
  const mayToday = mayAsk(me, "GET /today");
  const isPageThere = useIsPageThere();
  const { data: sections = NOTHING } = useQuery({
    queryKey: ["today"],
    queryFn: async ({ signal }) => (await call("GET /today", { signal })).body,
    select: (today) => today.sections,
    refetchInterval: pollEvery,
    enabled: mayToday && isPageThere && !isStillIn,
    retry: mayAskAgain,
  });
  useLiveUpdates(isPageThere);
  const pages = pagesOf(me);
  const go = ({ to, isOutside }: ShellPage) => (isOutside === true ? location.assign(to) : void navigate({ to }));
  useKeys(
    {
      "?": () => setShowsKeys(true),
      ...Object.fromEntries(pages.map((page) => [`g ${page.key}`, () => go(page)])),
    },
    me.preferences.singleKeys,
  );
  useJumpKey(openJump);
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
  return (
    <div className={`frame rows-${me.preferences.rowHeight}`}>
      <a className="skip" href="#content">
        {words.shell.toContent}
      </a>
      <header className="top">
        <span className="brand">
          {words.shell.product} <span className="county">· {me.county.name}</span>
        </span>
        <button type="button" className="plain-button jump-open" onClick={openJump}>
          {words.shell.jump.open} <kbd>Ctrl K</kbd>
        </button>
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
      <Navigation pages={pages} sections={sections} />
      <main id="content" className="content" tabIndex={-1}>
        <Banners />
        <DutyBar />
        <Outlet />
      </main>
      {showsKeys ? <KeysHelp pages={pages} onClose={() => setShowsKeys(false)} /> : null}
      {isJumping ? <JumpBox pages={pages} onClose={() => setJumping(false)} /> : null}
    </div>
  );
}
