import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { holderOf } from "../parts/marks.tsx";
import type { Words } from "../words/zh-CN.ts";
import type { OneCase } from "./one-case.ts";
import { sayBy, sayEvent } from "./say-event.ts";

/** Says why a case is where it is, and everything else that is known of it, in plain sentences. */
export function Facts({ one }: { readonly one: OneCase }) {
  const { words, times } = useLanguage();
  const { onePage, codes } = words;
  const { me } = useSession();
  const decided = decisionOf(one.decision);
  const nameOf = (code: string): string | null =>
    one.holder.code === code
      ? one.holder.name
      : (one.followers.find((follower) => follower.code === code)?.name ?? null);
  return (
    <aside className="facts" aria-label={onePage.why}>
      <section className="card">
        <h2>{onePage.why}</h2>
        <dl>
          <Fact name={onePage.holder}>{holderOf(one.holder, words)}</Fact>
          <Fact name={onePage.place}>{sayPlace(one, words)}</Fact>
          {decided === null ? null : (
            <>
              <Fact name={onePage.rule}>
                {decided.ruleOf === null
                  ? onePage.byNoRule(decided.way === null ? words.shell.nothing : codes.way[decided.way])
                  : onePage.byRule(decided.ruleOf.version, decided.ruleOf.rule)}
              </Fact>
              <Fact name={onePage.passedOver}>
                {decided.passedOver.length === 0
                  ? onePage.nobodyPassed
                  : decided.passedOver.map(({ deputy, why }) => (
                      <p key={deputy}>
                        {nameOf(deputy) ?? onePage.byDeputy(deputy)}: {codes.passedOver[why]}
                      </p>
                    ))}
              </Fact>
            </>
          )}
          <Fact name={onePage.category}>{one.category ?? onePage.noCategory}</Fact>
        </dl>
        {one.sealed || !mayAsk(me, "POST /simulate") ? null : (
          <p>
            <Link to="/rules/simulate" search={{ case: one.number }}>
              {onePage.tryRules}
            </Link>
          </p>
        )}
      </section>
      <section className="card">
        <h2>{onePage.deadlines}</h2>
        <dl>
          {one.deadlines.map(({ kind, dueOn, movedBecause }) => (
            <Fact key={kind} name={codes.deadline[kind]}>
              {times.day(dueOn)}
              {movedBecause === null ? null : <p className="small">{onePage.moved(movedBecause)}</p>}
            </Fact>
          ))}
          {one.rating === null ? null : <Fact name={onePage.rating}>{onePage.rated(one.rating)}</Fact>}
          <Fact name={onePage.followers}>
            {one.followers.length === 0
              ? onePage.noFollowers
              : one.followers.map(({ code, name, why }) => (
                  <p key={code}>
                    {name} ({codes.follow[why]})
                  </p>
                ))}
          </Fact>
        </dl>
      </section>
      <section className="card">
        <h2>{onePage.events}</h2>
        <ol className="events">
          {one.events.map((event) => (
            <li key={event.position}>
              <time dateTime={event.at}>{times.moment(event.at)}</time> {sayEvent(event, words, nameOf)}{" "}
              <span className="small">{onePage.who(sayBy(event.by, words, nameOf))}</span>
            </li>
          ))}
        </ol>
      </section>
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function sayPlace({ place }: OneCase, { codes, onePage }: Words): string {
  if (place.doubt !== "none") return codes.doubt[place.doubt];
  if (place.grid === null) return codes.doubt.unknown;
  return onePage.placeKnown([place.township, place.name].filter((part) => part !== null).join(" "), place.grid);
}

type Way = keyof Words["codes"]["way"];
type PassedOver = { readonly deputy: string; readonly why: keyof Words["codes"]["passedOver"] };
type Decided = {
  readonly ruleOf: { readonly version: string; readonly rule: string } | null;
  readonly way: Way | null;
  readonly passedOver: readonly PassedOver[];
};

/** Steps of the ladder that everybody knows stand as rules in decisions without a set of the county's own. */
const NO_RULES = ["default"];

function decisionOf(decision: OneCase["decision"]): Decided | null {
  if (decision === null) return null;
  const { ruleset, version, rule, way, passedOver } = decision as {
    readonly ruleset?: unknown;
    readonly version?: number | null;
    readonly rule?: unknown;
    readonly way?: Way;
    readonly passedOver?: readonly PassedOver[];
  };
  const isByRule = !NO_RULES.includes(String(ruleset)) && rule !== "otherwise" && typeof rule === "string";
  return {
    ruleOf: isByRule ? { version: String(version ?? ""), rule } : null,
    way: way ?? (isByRule ? null : ((rule as Way | undefined) ?? null)),
    passedOver: passedOver ?? [],
  };
}
