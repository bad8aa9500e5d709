import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { holderOf } from "../parts/marks.tsx";
import { useNames } from "../parts/naming/use-names.ts";
import type { Words } from "../words/zh-CN.ts";
import { CaseClocks } from "./case-clocks.tsx";
import type { OneCase } from "./deeds/one-case.ts";
import { sayBy, sayEvent } from "./deeds/say-event.ts";
import { UnitsCard } from "./units.tsx";

/** Says why a case is where it is, and everything else that is known of it, in plain sentences. */
export function Facts(props: {
  readonly one: OneCase;
  /** Puts this case beside another one; left out for whoever may not merge. */
  readonly onCompare?: ((number: string) => void) | undefined;
  /** Opens what the office writes down for a unit; left out for whoever may not. */
  readonly onUnitStep?: (() => void) | undefined;
}) {
  const { one } = props;
  const { words, times } = useLanguage();
  const { onePage, codes } = words;
  const { me } = useSession();
  const decided = decisionOf(one.decision);
  const { category } = one;
  const named = useNames(category !== null && mayAsk(me, "POST /codes/names") ? { category: [category] } : {});
  const nameOf = (code: string): string | null =>
    one.holder.code === code
      ? one.holder.name
      : (one.followers.find((follower) => follower.code === code)?.name ??
        one.handovers.find(({ to }) => to === code)?.name ??
        null);
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
          {one.topic === null ? null : (
            <Fact name={words.topics.ofCase}>
              {mayAsk(me, "GET /topics/{number}") ? (
                <Link to="/topics/$number" params={{ number: one.topic }}>
                  {words.topics.inTopic(one.topic)}
                </Link>
              ) : (
                words.topics.inTopic(one.topic)
              )}
            </Fact>
          )}
          <Fact name={onePage.category}>
            {category === null ? onePage.noCategory : (named("category", category) ?? category)}
          </Fact>
        </dl>
        {one.sealed || !mayAsk(me, "POST /simulate") ? null : (
          <p>
            <Link to="/rules/simulate" search={{ case: one.number }}>
              {onePage.tryRules}
            </Link>
          </p>
        )}
      </section>
      <Together one={one} onCompare={props.onCompare} />
      <Claims claims={one.claims} />
      <UnitsCard one={one} onStep={props.onUnitStep} />
      <section className="card">
        <h2>{onePage.deadlines}</h2>
        <dl>
          <CaseClocks one={one} />
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

/** Who says that it is solved, side by side. */
function Claims({ claims }: Pick<OneCase, "claims">) {
  const { words, times } = useLanguage();
  const { joint } = words;
  return (
    <section className="card">
      <h2>{joint.claims}</h2>
      <dl className="claims">
        {(["unit", "deputy", "resident"] as const).map((who) => (
          <div key={who}>
            <dt>{joint.claimOf[who]}</dt>
            <dd>
              {joint.claim[claims[who]?.result ?? "none"]}
              {who === "deputy" && claims.deputy !== null ? (
                <p className="small">{joint.how[claims.deputy.how]}</p>
              ) : null}
              {claims[who] === null ? null : <p className="small">{times.moment(claims[who].at)}</p>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="small">{joint.claimsText}</p>
    </section>
  );
}

/** The cases that go with this one, and those that are like it. */
function Together(props: { readonly one: OneCase; readonly onCompare?: ((number: string) => void) | undefined }) {
  const { words, times } = useLanguage();
  const { joint } = words;
  const { links, similar } = props.one;
  const { onCompare } = props;
  const toCase = (number: string) => (
    <Link to="/cases/$number" params={{ number }} className="number">
      {number}
    </Link>
  );
  return (
    <section className="card">
      {links.merged.length === 0 ? null : (
        <>
          <h2>{joint.leads}</h2>
          <ul>
            {links.merged.map(({ number, until }) => (
              <li key={number}>
                {toCase(number)} <span className="small">{joint.apartUntil(times.moment(until))}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{joint.similar}</h2>
      {similar.length === 0 ? <p>{joint.noSimilar}</p> : null}
      <ul>
        {similar.map(({ number, summary, days, isSameCategory }) => (
          <li key={number}>
            {toCase(number)} {summary}{" "}
            <span className="small">
              {joint.daysApart(days)}
              {isSameCategory ? ` · ${joint.sameCategory}` : ""}
            </span>{" "}
            {onCompare === undefined ? null : (
              <button
                type="button"
                className="link-button"
                aria-label={joint.compareWith(number)}
                onClick={() => onCompare(number)}
              >
                {joint.compare}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
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
