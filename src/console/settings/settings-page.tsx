import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OperationName } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DutyPart } from "../duty/duty-part.tsx";
import { TrialPart } from "../trial-mode/trial-part.tsx";
import { AboutPart } from "./about-part.tsx";
import { AnswersPart } from "./answers-part.tsx";
import { CalendarPart } from "./calendar-part.tsx";
import { CategoriesPart } from "./categories-part.tsx";
import { CountyPart } from "./county-part.tsx";
import { PARTS, type Part, readSettingsParams } from "./params.ts";
import { TokensPart } from "./tokens-part.tsx";

/** By which question a part begins: whoever may not ask it has no such part. */
const ASKS: Readonly<Record<Part, OperationName>> = {
  county: "GET /settings",
  calendar: "GET /settings",
  duty: "GET /duty",
  trial: "GET /trial",
  categories: "GET /categories",
  answers: "GET /templates",
  tokens: "GET /tokens",
  about: "GET /about",
};

/** The settings: what the county decides for itself, keys for programs, and what this version is made of. */
export function SettingsPage() {
  const { settings, shell } = useWords();
  const { me } = useSession();
  const params = readSettingsParams(useSearch({ strict: false }));
  const parts = PARTS.filter((part) => mayAsk(me, ASKS[part]));
  const part = parts.find((one) => one === params.part) ?? parts[0] ?? "about";
  const shown: Readonly<Record<Part, ReactNode>> = {
    county: <CountyPart />,
    calendar: <CalendarPart key={params.year} year={params.year} />,
    duty: <DutyPart />,
    trial: <TrialPart />,
    categories: <CategoriesPart />,
    answers: <AnswersPart />,
    tokens: <TokensPart />,
    about: <AboutPart />,
  };
  return (
    <>
      <h1>{settings.title}</h1>
      <nav className="presets" aria-label={settings.title}>
        {parts.map((one) => (
          <Link key={one} to="/settings" search={{ part: one }} aria-current={one === part ? "true" : undefined}>
            {settings.parts[one]}
          </Link>
        ))}
      </nav>
      {shown[part]}
      <nav className="elsewhere" aria-label={settings.elsewhere}>
        <span className="small">{settings.elsewhere}:</span>
        {mayAsk(me, "GET /setup") ? <Link to="/setup">{settings.setup}</Link> : null}
        {mayAsk(me, "GET /understanding/layers") ? <Link to="/understanding">{settings.understanding}</Link> : null}
        {mayAsk(me, "GET /staff") ? <Link to="/staff">{shell.pages.staff}</Link> : null}
        {mayAsk(me, "GET /accounts") ? <Link to="/accounts">{shell.pages.accounts}</Link> : null}
      </nav>
    </>
  );
}
