import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { type AuditParams, readAuditParams } from "./audit/params.ts";
import { type DeliveryParams, readDeliveryParams } from "./deliveries/params.ts";
import { type Params, readParams } from "./parts/filter.ts";
import { NothingHere } from "./shell/failures.tsx";
import { Frame } from "./shell/frame.tsx";
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
const imports = createRoute({
  getParentRoute: () => root,
  path: "/imports",
  component: lazyRouteComponent(() => import("./imports/imports-page.tsx"), "ImportsPage"),
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
    imports,
    deliveries,
    delivery,
    unread,
    accounts,
    audit,
    account,
    staff,
  ]),
  basepath: "/console",
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  scrollRestoration: true,
  defaultPreload: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
