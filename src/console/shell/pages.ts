import type { Answered, OperationName } from "../client/call.ts";
import { type Me, mayAsk } from "../client/session.ts";
import type { Words } from "../words/zh-CN.ts";

type SectionCode = Answered<"GET /today">["sections"][number]["code"];

/** A page of the console as the navigation, the keys and the jump box know it. */
export type ShellPage = {
  readonly to: string;
  readonly name: keyof Words["shell"]["pages"];
  /** The operations of which one must be allowed, or there is nothing on it; left out for what is everybody's. */
  readonly needs?: readonly OperationName[];
  /** The key after `g` that leads to it. */
  readonly key: string;
  /** The sections of Today whose numbers stand beside its name; `all` counts the sections in which something waits. */
  readonly counts?: readonly SectionCode[] | "all";
  /** Stands in the bar at the bottom of a narrow screen; the others are under “more”. */
  readonly isInBar?: true;
  /** Is no page of the console: the browser goes there by itself. */
  readonly isOutside?: true;
};

const PAGES: readonly ShellPage[] = [
  { to: "/", name: "today", needs: ["GET /today"], key: "t", counts: "all", isInBar: true },
  { to: "/cases", name: "cases", needs: ["POST /cases/search"], key: "c", isInBar: true },
  { to: "/intake", name: "intake", needs: ["POST /intake"], key: "x", isInBar: true },
  { to: "/phone", name: "phone", needs: ["GET /phone-tasks"], key: "o", counts: ["phone-tasks"] },
  { to: "/rules", name: "rules", needs: ["GET /rulesets"], key: "r" },
  { to: "/coverage", name: "coverage", needs: ["GET /coverage"], key: "v" },
  { to: "/clock-rules", name: "clockRules", needs: ["GET /clock-rules"], key: "y", counts: ["clock-rules-to-review"] },
  { to: "/answers", name: "answers", needs: ["GET /answer-library"], key: "z", counts: ["answers-to-review"] },
  { to: "/people", name: "people", needs: ["GET /deputies"], key: "n" },
  { to: "/successions", name: "successions", needs: ["GET /successions"], key: "b" },
  { to: "/places", name: "places", needs: ["GET /grids"], key: "p" },
  { to: "/units", name: "units", needs: ["GET /units/work"], key: "k", counts: ["units-waiting"] },
  { to: "/topics", name: "topics", needs: ["GET /topics"], key: "1", counts: ["topics-offered"] },
  { to: "/partners", name: "partners", needs: ["GET /partners"], key: "j", counts: ["partner-failures"] },
  { to: "/petitions", name: "petitions", needs: ["GET /petitions"], key: "2", counts: ["petition-notices"] },
  { to: "/recordings", name: "recordings", needs: ["GET /recordings"], key: "3", counts: ["recordings-unheard"] },
  { to: "/imports", name: "imports", needs: ["POST /imports"], key: "i" },
  {
    to: "/deliveries",
    name: "deliveries",
    needs: ["GET /deliveries"],
    key: "d",
    counts: ["undelivered", "failed-sends", "stuck-messages"],
  },
  { to: "/unread", name: "unread", needs: ["GET /unread/corrections"], key: "u" },
  { to: "/understanding", name: "understanding", needs: ["GET /understanding/layers"], key: "l" },
  { to: "/statistics", name: "statistics", needs: ["GET /figures"], key: "s" },
  { to: "/accounts", name: "accounts", needs: ["GET /accounts"], key: "w" },
  { to: "/audit", name: "audit", needs: ["GET /audit/head"], key: "a" },
  { to: "/staff", name: "staff", needs: ["GET /staff"], key: "h" },
  { to: "/settings", name: "settings", needs: ["GET /settings", "GET /tokens", "GET /about"], key: "e" },
  { to: "/setup", name: "setup", needs: ["GET /setup"], key: "f" },
  { to: "/account", name: "account", key: "m" },
];

const QUEUES: ShellPage = { to: "/console/queues", name: "queues", key: "q", isOutside: true };

/** The pages that somebody's role sees, in the order of the navigation. */
export function pagesOf(me: Me): readonly ShellPage[] {
  const own = PAGES.filter(({ needs }) => needs === undefined || needs.some((one) => mayAsk(me, one)));
  return me.role === "operator" ? [...own, QUEUES] : own;
}

/** The number beside a page's name: how much waits there; 0 where nothing does. */
export function waitingAt(
  { counts }: ShellPage,
  sections: readonly { readonly code: SectionCode; readonly count: number }[],
): number {
  if (counts === undefined) return 0;
  if (counts === "all") return sections.filter(({ count }) => count > 0).length;
  return sections.reduce((sum, { code, count }) => sum + (counts.includes(code) ? count : 0), 0);
}
