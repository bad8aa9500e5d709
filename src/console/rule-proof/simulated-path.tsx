import type { ReactNode } from "react";
import { idOf, rulesIn } from "../../domain/rules/finding-place.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import type { Answered } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { withOpenEnds } from "../parts/naming/open-ends.ts";
import { type NameOf, sayCondition, sayTarget } from "../parts/naming/say-condition.ts";
import { codesIn, useNames } from "../parts/naming/use-names.ts";
import { writtenOf } from "./version/written-rule.ts";

type Simulated = Answered<"POST /simulate">;
type Step = Simulated["steps"][number];

/** The way of a message that was tried, step by step, to whoever would get it, and what everybody would read. */
export function SimulatedPath({ answer, content }: { readonly answer: Simulated; readonly content: unknown }) {
  const words = useWords();
  const { simulate } = words;
  const { steps, decision, goesTo, told } = answer;
  const rules = steps.filter(({ what }) => what === "rule");
  const failed = rules.filter(({ holds }) => !holds);
  const held = rules.find(({ holds }) => holds);
  const targets = steps
    .flatMap((step) => (step.what === "target" ? [targetIn(step)] : []))
    .filter((one) => one !== null);
  const category = steps.find(({ what }) => what === "category")?.because[0];
  const people = steps.find(({ what }) => what === "people");
  const named = codesIn(
    failed.map((step) => step.failed),
    targets,
  );
  const candidates = people?.because.filter((code) => code !== "office-first") ?? [];
  const nameOf = useNames({
    ...named,
    ...(candidates.length === 0 ? {} : { deputy: [...new Set([...(named.deputy ?? []), ...candidates])].sort() }),
    ...(category === undefined ? {} : { category: [...new Set([...(named.category ?? []), category])].sort() }),
  });
  const who = goesTo.kind === "office" || goesTo.name === "" ? words.proof.office : nameWith(goesTo, nameOf);
  return (
    <section className="card path" aria-live="polite">
      <h2>{simulate.path}</h2>
      <ol className="path-steps">
        {steps.map((step) =>
          step.what === "rule" ? null : (
            <PathStep key={step.what} step={step} nameOf={nameOf} held={held !== undefined} wasAsked={rules.length > 0}>
              {step.what === "target" ? (
                <>
                  {failed.length === 0 ? null : <Failed steps={failed} nameOf={nameOf} />}
                  {held === undefined ? null : <Held step={held} content={content} />}
                </>
              ) : null}
              {step.what === "people" && candidates.length > 0 ? (
                <People candidates={candidates} decision={decision} nameOf={nameOf} />
              ) : null}
            </PathStep>
          ),
        )}
      </ol>
      <h3>{simulate.goesTo}</h3>
      <p className="goes-to">→ {who}</p>
      {told.map(({ to, text }) => (
        <div key={`${to} ${text}`}>
          <h3>{simulate.told[to]}</h3>
          <blockquote>{text}</blockquote>
        </div>
      ))}
    </section>
  );
}

function nameWith({ kind, code, name }: Simulated["goesTo"], nameOf: NameOf): string {
  return kind === "unit" && code !== null ? (nameOf("unit", code) ?? name) : name;
}

/** One step as a sentence, with what belongs to it before it. */
function PathStep(props: {
  readonly step: Step;
  readonly nameOf: NameOf;
  readonly held: boolean;
  readonly wasAsked: boolean;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const { simulate } = words;
  const { step, nameOf, held, wasAsked } = props;
  const isSet = step.holds ? "true" : "false";
  if (step.what === "sealed") return <li>{simulate.steps.sealed[isSet]}</li>;
  if (step.what === "emergency") {
    const topics = step.because.map((topic) => simulate.emergencies[topic] ?? topic).join(words.proof.listed);
    return <li>{step.holds ? simulate.steps.emergency.true(topics) : simulate.steps.emergency.false}</li>;
  }
  if (step.what === "category") {
    const [code, ...because] = step.because;
    return (
      <li>
        {code === undefined
          ? simulate.steps.categoryNone
          : simulate.category(nameOf("category", code) ?? code, because.join(words.proof.listed))}
      </li>
    );
  }
  if (step.what === "target") {
    const target = targetIn(step);
    return (
      <>
        {props.children}
        <li>
          {held ? "" : wasAsked ? `${simulate.noRule} ` : `${simulate.noRulesAsked} `}
          {simulate.target(target === null ? words.proof.office : sayTarget(target, words, nameOf))}
        </li>
      </>
    );
  }
  if (step.because.includes("office-first")) return <li>{simulate.steps.officeFirst}</li>;
  return (
    <li>
      {step.because.length === 0 ? simulate.nobody : simulate.people}
      {props.children}
    </li>
  );
}

/** The rules that do not hold, folded, each with the first part of it that failed. */
function Failed({ steps, nameOf }: { readonly steps: readonly Step[]; readonly nameOf: NameOf }) {
  const words = useWords();
  const { simulate } = words;
  return (
    <li>
      <details>
        <summary>{simulate.failing(steps.length)}</summary>
        <ul>
          {steps.map(({ rule = "", order = 0, failed }) => (
            <li key={rule}>
              {simulate.ruleFails(order, rule)}
              {failed === null ? simulate.expired : simulate.notSo(sayCondition(withOpenEnds(failed), words, nameOf))}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Held({ step, content }: { readonly step: Step; readonly content: unknown }) {
  const { simulate } = useWords();
  const { rule = "", order = 0 } = step;
  const { reason } = writtenOf(rulesIn(content).find((one) => idOf(one) === rule) ?? null);
  return (
    <li>
      {simulate.ruleHolds(order, rule)}
      {reason === null ? null : <span className="small block">{simulate.reason(reason)}</span>}
    </li>
  );
}

/** Everybody who is asked in turn: passed over with the reason, or the one who gets it. */
function People(props: {
  readonly candidates: readonly string[];
  readonly decision: Simulated["decision"];
  readonly nameOf: NameOf;
}) {
  const { simulate, codes } = useWords();
  const { candidates, decision, nameOf } = props;
  const chosen = chosenIn(decision?.chosen);
  const whys: Readonly<Record<string, string>> = codes.passedOver;
  return (
    <ul>
      {candidates.map((code) => {
        const name = nameOf("deputy", code) ?? code;
        const passed = decision?.passedOver.find(({ deputy }) => deputy === code);
        return (
          <li key={code}>
            {passed !== undefined
              ? simulate.passed(name, whys[passed.why] ?? passed.why)
              : code === chosen
                ? simulate.chosen(name)
                : simulate.waiting(name)}
          </li>
        );
      })}
    </ul>
  );
}

function chosenIn(chosen: unknown): string | null {
  const isDeputy = typeof chosen === "object" && chosen !== null && "deputy" in chosen;
  return isDeputy && typeof chosen.deputy === "string" ? chosen.deputy : null;
}

/** The target of a step, which stands there as `kind` or `kind:CODE`. */
function targetIn({ because: [written = ""] }: Step): RuleTarget | null {
  const [kind = "", ...rest] = written.split(":");
  const code = rest.length === 0 ? null : rest.join(":");
  if (kind === "grid" || kind === "office") return { kind };
  if (kind === "station") return { kind, code };
  return code !== null && (kind === "deputy" || kind === "group" || kind === "unit") ? { kind, code } : null;
}
