import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { type AuditParams, readAuditParams } from "./audit/params.ts";
import { type DeliveryParams, readDeliveryParams } from "./deliveries/params.ts";
import { NothingHere } from "./parts/asking/failure.tsx";
import { type Params, readParams } from "./parts/filter.ts";
import { type PlaceParams, readPlaceParams } from "./places/params.ts";
import { type RuleSearch, readRuleSearch } from "./rule-proof/rule-search.ts";
import { readSettingsParams, type SettingsParams } from "./settings/params.ts";
import { PageBroken } from "./shell/failures.tsx";
import { Frame } from "./shell/frame.tsx";
import { readStatisticsParams, type StatisticsParams } from "./statistics/params.ts";
import { readUnreadParams, type UnreadParams } from "./unread/params.ts";

const root = createRootRoute({ component: Frame, notFoundComponent: NothingHere });

const today = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./today/today-page.tsx"), "TodayPage"),
});
const cases = createRoute({
  getParentRoute: () => root,
  path: "/cases",
  validateSearch: (search: Readonly<Record<string, unknown>>): Params => readParams(search),
  component: lazyRouteComponent(() => import("./cases/list-page.tsx"), "ListPage"),
});
const oneCase = createRoute({
  getParentRoute: () => root,
  path: "/cases/$number",
  component: lazyRouteComponent(() => import("./case/case-page.tsx"), "CasePage"),
});
const deliveries = createRoute({
  getParentRoute: () => root,
  path: "/deliveries",
  validateSearch: (search: Readonly<Record<string, unknown>>): DeliveryParams => readDeliveryParams(search),
  component: lazyRouteComponent(() => import("./deliveries/deliveries-page.tsx"), "DeliveriesPage"),
});
const delivery = createRoute({
  getParentRoute: () => root,
  path: "/deliveries/$id",
  component: lazyRouteComponent(() => import("./deliveries/delivery-page.tsx"), "DeliveryPage"),
});
const unread = createRoute({
  getParentRoute: () => root,
  path: "/unread",
  validateSearch: (search: Readonly<Record<string, unknown>>): UnreadParams => readUnreadParams(search),
  component: lazyRouteComponent(() => import("./unread/unread-page.tsx"), "UnreadPage"),
});
const accounts = createRoute({
  getParentRoute: () => root,
  path: "/accounts",
  component: lazyRouteComponent(() => import("./accounts/accounts-page.tsx"), "AccountsPage"),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: (search: Readonly<Record<string, unknown>>): AuditParams => readAuditParams(search),
  component: lazyRouteComponent(() => import("./audit/audit-page.tsx"), "AuditPage"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/account-page.tsx"), "AccountPage"),
});
const clockRules = createRoute({
  getParentRoute: () => root,
  path: "/clock-rules",
  component: lazyRouteComponent(() => import("./clock-rules/clock-rules-page.tsx"), "ClockRulesPage"),
});
const partners = createRoute({
  getParentRoute: () => root,
  path: "/partners",
  component: lazyRouteComponent(() => import("./other-systems/partners-page.tsx"), "PartnersPage"),
});
const answers = createRoute({
  getParentRoute: () => root,
  path: "/answers",
  component: lazyRouteComponent(() => import("./answers/answers-page.tsx"), "AnswersPage"),
});
const staff = createRoute({
  getParentRoute: () => root,
  path: "/staff",
  component: lazyRouteComponent(() => import("./staff/staff-page.tsx"), "StaffPage"),
});
const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  component: lazyRouteComponent(() => import("./people/people-page.tsx"), "PeoplePage"),
});
const deputy = createRoute({
  getParentRoute: () => root,
  path: "/people/$code",
  component: lazyRouteComponent(() => import("./people/deputy-page.tsx"), "DeputyPage"),
});
const statistics = createRoute({
  getParentRoute: () => root,
  path: "/statistics",
  validateSearch: (search: Readonly<Record<string, unknown>>): StatisticsParams => readStatisticsParams(search),
  component: lazyRouteComponent(() => import("./statistics/statistics-page.tsx"), "StatisticsPage"),
});
const places = createRoute({
  getParentRoute: () => root,
  path: "/places",
  validateSearch: (search: Readonly<Record<string, unknown>>): PlaceParams => readPlaceParams(search),
  component: lazyRouteComponent(() => import("./places/places-page.tsx"), "PlacesPage"),
});
const units = createRoute({
  getParentRoute: () => root,
  path: "/units",
  component: lazyRouteComponent(() => import("./units/units-page.tsx"), "UnitsPage"),
});
const topics = createRoute({
  getParentRoute: () => root,
  path: "/topics",
  component: lazyRouteComponent(() => import("./topics/topics-page.tsx"), "TopicsPage"),
});
const topic = createRoute({
  getParentRoute: () => root,
  path: "/topics/$number",
  component: lazyRouteComponent(() => import("./topics/topic-page.tsx"), "TopicPage"),
});
const recordings = createRoute({
  getParentRoute: () => root,
  path: "/recordings",
  component: lazyRouteComponent(() => import("./recordings/recordings-page.tsx"), "RecordingsPage"),
});
const petitions = createRoute({
  getParentRoute: () => root,
  path: "/petitions",
  component: lazyRouteComponent(() => import("./petitions/petitions-page.tsx"), "PetitionsPage"),
});
const successions = createRoute({
  getParentRoute: () => root,
  path: "/successions",
  component: lazyRouteComponent(() => import("./successions/successions-page.tsx"), "SuccessionsPage"),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: "/imports",
  component: lazyRouteComponent(() => import("./imports/imports-page.tsx"), "ImportsPage"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (search: Readonly<Record<string, unknown>>): SettingsParams => readSettingsParams(search),
  component: lazyRouteComponent(() => import("./settings/settings-page.tsx"), "SettingsPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./setup/setup-page.tsx"), "SetupPage"),
});
const understanding = createRoute({
  getParentRoute: () => root,
  path: "/understanding",
  component: lazyRouteComponent(() => import("./understanding/understanding-page.tsx"), "UnderstandingPage"),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: "/rules",
  component: lazyRouteComponent(() => import("./rules/rules-page.tsx"), "RulesPage"),
});
const ruleVersion = createRoute({
  getParentRoute: () => root,
  path: "/rules/$number",
  component: lazyRouteComponent(() => import("./rules/version-page.tsx"), "VersionPage"),
});
const ruleTrial = createRoute({
  getParentRoute: () => root,
  path: "/rules/$number/trial",
  validateSearch: (search: Readonly<Record<string, unknown>>): RuleSearch => readRuleSearch(search),
  component: lazyRouteComponent(() => import("./rule-proof/trial-page.tsx"), "TrialPage"),
});
const ruleReview = createRoute({
  getParentRoute: () => root,
  path: "/rules/$number/review",
  component: lazyRouteComponent(() => import("./rule-proof/review/review-page.tsx"), "ReviewPage"),
});
const ruleCompare = createRoute({
  getParentRoute: () => root,
  path: "/rules/compare",
  validateSearch: (search: Readonly<Record<string, unknown>>): RuleSearch => readRuleSearch(search),
  component: lazyRouteComponent(() => import("./rule-proof/compare-page.tsx"), "ComparePage"),
});
const ruleSimulate = createRoute({
  getParentRoute: () => root,
  path: "/rules/simulate",
  validateSearch: (search: Readonly<Record<string, unknown>>): RuleSearch => readRuleSearch(search),
  component: lazyRouteComponent(() => import("./rule-proof/simulate-page.tsx"), "SimulatePage"),
});
const ruleUse = createRoute({
  getParentRoute: () => root,
  path: "/rules/use",
  validateSearch: (search: Readonly<Record<string, unknown>>): RuleSearch => readRuleSearch(search),
  component: lazyRouteComponent(() => import("./rule-proof/use-page.tsx"), "UsePage"),
});
const coverage = createRoute({
  getParentRoute: () => root,
  path: "/coverage",
  validateSearch: (search: Readonly<Record<string, unknown>>): RuleSearch => readRuleSearch(search),
  component: lazyRouteComponent(() => import("./coverage/coverage-page.tsx"), "CoveragePage"),
});

const intake = createRoute({
  getParentRoute: () => root,
  path: "/intake",
  component: lazyRouteComponent(() => import("./intake/intake-page.tsx"), "IntakePage"),
});
const phone = createRoute({
  getParentRoute: () => root,
  path: "/phone",
  component: lazyRouteComponent(() => import("./phone/phone-page.tsx"), "PhonePage"),
});

/** An address's conditions as plain words: a condition with several values stands there several times. */
function readSearch(text: string): Record<string, string | string[]> {
  const all = new URLSearchParams(text);
  const names = [...new Set(all.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = all.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) written.append(name, String(one));
  return written.size === 0 ? "" : `?${written}`;
}

/** The console's pages by their addresses, all below `/console`. */
export const router = createRouter({
  routeTree: root.addChildren([
    today,
    cases,
    oneCase,
    intake,
    phone,
    people,
    deputy,
    places,
    units,
    topics,
    topic,
    petitions,
    recordings,
    successions,
    imports,
    deliveries,
    delivery,
    unread,
    accounts,
    audit,
    account,
    staff,
    statistics,
    settings,
    setup,
    understanding,
    rules,
    ruleVersion,
    ruleTrial,
    ruleReview,
    ruleCompare,
    ruleSimulate,
    ruleUse,
    coverage,
    clockRules,
    partners,
    answers,
  ]),
  basepath: "/console",
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  scrollRestoration: true,
  defaultPreload: false,
  defaultErrorComponent: PageBroken,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

/** Begins to load the page that the address asks for, while it is still asked who is there. What fails is tried again when the page is shown. */
export function loadPageAhead(): void {
  const [found] = router.getMatchedRoutes(router.latestLocation.pathname);
  for (const route of found) void Promise.resolve(router.loadRouteChunk(route)).catch(() => undefined);
}
