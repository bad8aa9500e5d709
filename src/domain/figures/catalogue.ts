import { CASE_OUTCOMES, type CaseOutcome } from "../case/case.ts";
import type { Way } from "../routing/route.ts";
import { type CaseFacts, DAY_STEPS, type Reach, type ResidentClaim, type Sayer, type Verdict } from "./facts.ts";
import type { CaseCount, DaysWithin, Figure, FigureCases, FigureGroup } from "./figure.ts";

const all = () => true;
const hyphened = (outcome: CaseOutcome) => outcome.replaceAll("_", "-");

/** The figures, all of them, in the order in which they are shown. */
export const FIGURES = [
  count("received", "cases", "state", all, all, {}),
  count("open", "cases", "state", all, ({ isOpen }) => isOpen, { open: true }),
  ...CASE_OUTCOMES.map((outcome) =>
    count(`closed-${hyphened(outcome)}`, "cases", "state", all, (facts) => facts.outcome === outcome, {
      outcome: [outcome],
    }),
  ),
  ...timesOf("first-word", "firstWord", ({ firstWordDays }) => firstWordDays),
  count(
    "first-word-none",
    "first-word",
    "firstWord",
    ({ isOpen, firstWordDays }) => isOpen || firstWordDays !== null,
    ({ isOpen, firstWordDays }) => isOpen && firstWordDays === null,
    null,
  ),
  ...timesOf("solution", "solution", ({ solutionDays }) => solutionDays),
  ...timesOf("waiting", "waiting", ({ waitedDays }) => waitedDays),
  said("unit-said-done", "unit"),
  said("deputy-checked", "deputy"),
  claimed("resident-confirmed", "agree"),
  claimed("resident-silent", "silent"),
  claimed("disagreement", "disagree"),
  said("deputy-closed", "deputy-closed"),
  count(
    "reopened",
    "reopened",
    "state",
    ({ wasClosed }) => wasClosed,
    ({ isReopened }) => isReopened,
    { reopened: true },
  ),
  count("told-by-many", "topics", "topics", all, ({ isInTopic }) => isInTopic, null),
  ofTopics("topics-counted", ({ isFirstOfTopic }) => isFirstOfTopic),
  ofTopics("people-in-topics", ({ isFirstOfPerson }) => isFirstOfPerson),
  ofTopics("spared-by-topics", ({ isFirstOfTopic }) => !isFirstOfTopic),
  claimedInTopics("topics-confirmed", "agree"),
  claimedInTopics("topics-denied", "disagree"),
  claimedInTopics("topics-silent", "silent"),
  ...timesOf("topic-answer", "topicAnswer", ({ topicAnswerDays }) => topicAnswerDays),
  ...(["service", "deputy", "office"] as const).map((by) =>
    count(
      `refused-by-${by}`,
      "refusals",
      "refusals",
      ({ refusedBy }) => refusedBy !== null,
      ({ refusedBy }) => refusedBy === by,
      { refusedBy: [by] },
    ),
  ),
  count(
    "answered-at-once",
    "answered-at-once",
    "atOnce",
    ({ wasClosed }) => wasClosed,
    ({ atOnce }) => atOnce !== null,
    null,
  ),
  count(
    "answered-at-once-refused",
    "answered-at-once",
    "atOnce",
    ({ atOnce }) => atOnce !== null,
    ({ atOnce }) => atOnce === "refused",
    null,
  ),
  routed("routed-by-rule", ["target"]),
  routed("routed-by-place", ["grid", "station", "border"]),
  routed("routed-by-code", ["scanned-deputy"]),
  routed("routed-to-stand-in", ["stand-in"]),
  routed("routed-by-hand", ["by-hand"]),
  routed("routed-to-office", ["office"]),
  count("corrected-later", "routing", "routing", isRouted, ({ isCorrected }) => isCorrected, { corrected: true }),
  arrived("reached-in-an-hour", "hour"),
  arrived("reached-in-two-days", "two-days"),
  arrived("reached-later", "later"),
  arrived("reached-not-yet", "not-yet"),
  judged("satisfied", "satisfied"),
  judged("unsatisfied", "unsatisfied"),
] as const satisfies readonly Figure[];

/** The figure of the office alone: how many sealed cases came in, of which nothing else is counted. */
export const SEALED_FIGURE = "sealed";

/** The figures of these codes, or of groups of this name, in the order in which they are shown; all where none is named. */
export function figuresNamed(names: readonly string[]): readonly Figure[] {
  if (names.length === 0) return FIGURES;
  return FIGURES.filter(({ code, group }) => names.includes(code) || names.includes(group));
}

/** Whether there is a figure of this code, or a group of this name. */
export function isFigure(name: string): boolean {
  return name === SEALED_FIGURE || FIGURES.some(({ code, group }) => code === name || group === name);
}

function count(
  code: string,
  group: FigureGroup,
  facet: CaseCount["facet"],
  among: CaseCount["among"],
  counts: CaseCount["counts"],
  opens: FigureCases | null,
): CaseCount {
  return { code, group, facet, unit: "cases", among, counts, opens };
}

/** The distribution of a time in steps of working days, with its median and the days within which nine of ten lie. */
function timesOf(
  group: FigureGroup,
  facet: CaseCount["facet"],
  daysOf: (facts: CaseFacts) => number | null,
): (CaseCount | DaysWithin)[] {
  const among = (facts: CaseFacts) => daysOf(facts) !== null;
  const steps = [...DAY_STEPS, Number.POSITIVE_INFINITY].map((most, at) => {
    const least = at === 0 ? 0 : (DAY_STEPS[at - 1] ?? 0) + 1;
    const code = most === Number.POSITIVE_INFINITY ? `${group}-over-${least - 1}` : `${group}-${least}-${most}`;
    const counts = (facts: CaseFacts) => {
      const days = daysOf(facts) ?? -1;
      return days >= least && days <= most;
    };
    return count(code, group, facet, among, counts, null);
  });
  const within = (name: string, share: number): DaysWithin => ({
    ...{ code: `${group}-${name}`, group, facet, unit: "working-days", among, share },
    days: (facts) => daysOf(facts) ?? 0,
  });
  return [...steps, within("median", 0.5), within("nine-of-ten", 0.9)];
}

function said(code: string, by: Sayer): CaseCount {
  const counts = ({ saidBy }: CaseFacts) => saidBy.includes(by);
  return count(code, "three-claims", "claims", ({ isSaidDone }) => isSaidDone, counts, { saidDone: [by] });
}

function claimed(code: string, claim: ResidentClaim): CaseCount {
  const counts = ({ claims }: CaseFacts) => claims.includes(claim);
  return count(code, "three-claims", "claims", ({ isSaidDone }) => isSaidDone, counts, { claims: [claim] });
}

function ofTopics(code: string, counts: CaseCount["counts"]): CaseCount {
  return count(code, "topics", "topics", ({ isInTopic }) => isInTopic, counts, null);
}

function claimedInTopics(code: string, claim: ResidentClaim): CaseCount {
  const among = ({ isInTopic, isSaidDone }: CaseFacts) => isInTopic && isSaidDone;
  return count(code, "topics", "topicClaims", among, ({ claims }) => claims.includes(claim), null);
}

function isRouted({ way, isCorrected }: CaseFacts): boolean {
  return way !== null || isCorrected;
}

function routed(code: string, ways: readonly Way[]): CaseCount {
  const counts = ({ way }: CaseFacts) => way !== null && ways.includes(way);
  return count(code, "routing", "routing", isRouted, counts, { way: ways });
}

function arrived(code: string, reach: Reach): CaseCount {
  const counts = ({ reached }: CaseFacts) => reached === reach;
  return count(code, "delivery", "delivery", ({ reached }) => reached !== null, counts, { reached: [reach] });
}

function judged(code: string, wanted: Verdict): CaseCount {
  const counts = ({ verdict }: CaseFacts) => verdict === wanted;
  return count(code, "ratings", "verdicts", ({ wasClosed }) => wasClosed, counts, { verdict: [wanted] });
}
