import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL, REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import { calendarOf, readCounty } from "../county/settings.ts";
import { coverageIn } from "../rules/coverage.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { rehearsedIn } from "./rehearsed.ts";

/** The steps of setting a county up, in their order. */
const SETUP_STEPS = [
  "people",
  "county",
  "lists",
  "coverage",
  "chat",
  "deputies",
  "posters",
  "rules",
  "rehearsal",
] as const;
/** A step of setting a county up. */
type SetupStepCode = (typeof SETUP_STEPS)[number];

/** What a step still lacks: a code, and how many of it; the year where a calendar is missing. */
type Lack = { readonly code: SetupLack; readonly count: number };

/** What steps can lack. */
const SETUP_LACKS = [
  "office",
  "reviewer",
  "operator",
  "second-factor",
  "county-name",
  "calendar",
  "stations",
  "grids",
  "deputies",
  "grids-without-person",
  "account",
  "account-test",
  "account-failed",
  "unbound",
  "scan",
  "published",
  "in-review",
  "rehearsal",
  "rehearsal-differs",
  "in-trial",
] as const;
type SetupLack = (typeof SETUP_LACKS)[number];

/** A step as it stands: computed from the county's data, never from ticks. */
type SetupStep = {
  readonly code: SetupStepCode;
  readonly state: "open" | "done" | "skipped" | "blocked";
  readonly lacks: readonly Lack[];
  /** How much of it is there, of how much; null where there is nothing to count. */
  readonly progress: { readonly done: number; readonly of: number } | null;
};

/** The whole of setting a county up. */
export type Setup = {
  readonly steps: readonly SetupStep[];
  /** Whether every step is done or skipped. */
  readonly isOver: boolean;
  /** Whether residents have written already: from then on what waits for the office comes first. */
  readonly hasCases: boolean;
};

/** The name of a county of which nobody has said which it is. */
const NAMELESS = "本县";
/** Steps without which those behind them cannot begin. */
const NEEDS: Readonly<Partial<Record<SetupStepCode, readonly SetupStepCode[]>>> = {
  coverage: ["lists"],
  deputies: ["lists", "chat"],
  posters: ["lists", "chat"],
  rules: ["lists"],
  rehearsal: ["lists"],
};
/** Steps that never keep a county from being over with setting up. */
const NEVER_BLOCKS: ReadonlySet<SetupStepCode> = new Set(["deputies"]);

/** Tells how far the county whose transaction this is has been set up. */
export async function setupOf(
  tx: Transaction,
  jurisdictionId: string,
  runtime: Runtime,
  { now, today }: { readonly now: Date; readonly today: string },
): Promise<Setup> {
  const { timeZone } = runtime;
  const county = await readCounty(tx);
  const [counts] = await tx.execute<Counts>(COUNTS);
  if (counts === undefined) throw new Error("there are no counts");
  const hasLists = counts.grids > 0 && counts.stations > 0 && counts.deputies > 0;
  const coverage = hasLists ? await coverageIn(tx, jurisdictionId, { now, timeZone }) : null;
  const { missing } = calendarOf(county, today);
  const { run } = county.settings.setup?.rehearsal ?? {};
  const rehearsed = run === undefined ? [] : await rehearsedIn(runtime, tx, { run, today });
  const right = rehearsed.filter(({ isRight }) => isRight).length;
  const isInTrial = county.settings.trial?.isOn === true;
  const lacks: Readonly<Record<SetupStepCode, readonly (Lack | false)[]>> = {
    people: [
      lack("operator", counts.operators === 0),
      lack("office", counts.offices === 0),
      lack("reviewer", counts.reviewers === 0),
      lack("second-factor", counts.unenrolled > 0, counts.unenrolled),
    ],
    county: [lack("county-name", county.name === NAMELESS), lack("calendar", missing !== null, Number(missing))],
    lists: [
      lack("stations", counts.stations === 0),
      lack("grids", counts.grids === 0),
      lack("deputies", counts.deputies === 0),
    ],
    coverage: [lack("grids-without-person", (coverage?.withoutPerson.length ?? 0) > 0, coverage?.withoutPerson.length)],
    chat: [
      lack("account", counts.accounts === 0),
      lack("account-test", counts.untested > 0, counts.untested),
      lack("account-failed", counts.failing > 0, counts.failing),
    ],
    deputies: [lack("unbound", counts.bound < counts.deputies, counts.deputies - counts.bound)],
    posters: [lack("scan", counts.placed === 0)],
    rules: [lack("published", counts.published === 0), lack("in-review", counts.inReview > 0, counts.inReview)],
    rehearsal: [
      lack("rehearsal", rehearsed.length === 0),
      lack("rehearsal-differs", right < rehearsed.length, rehearsed.length - right),
      lack("in-trial", isInTrial),
    ],
  };
  const progress: Readonly<Partial<Record<SetupStepCode, SetupStep["progress"]>>> = {
    ...(coverage && {
      coverage: { done: coverage.grids.length - coverage.withoutPerson.length, of: coverage.grids.length },
    }),
    deputies: { done: counts.bound, of: counts.deputies },
    ...(rehearsed.length > 0 && { rehearsal: { done: right, of: rehearsed.length } }),
  };
  const skipped = new Set(county.settings.setup?.skipped ?? []);
  const done = new Set(
    SETUP_STEPS.filter((code) => lacks[code].every((one) => one === false || one.code === "in-review")),
  );
  const states = SETUP_STEPS.map((code): SetupStep => {
    const missing = (NEEDS[code] ?? []).filter((needed) => !done.has(needed));
    const isBlocked = missing.some((needed) => !skipped.has(needed));
    const isSkipped = skipped.has(code);
    const state =
      done.has(code) && missing.length === 0 ? "done" : isSkipped ? "skipped" : isBlocked ? "blocked" : "open";
    const missed = state === "done" || state === "blocked" ? [] : lacks[code].filter((one) => one !== false);
    return { code, state, lacks: missed, progress: progress[code] ?? null };
  });
  const isOver = states.every(({ code, state }) => state === "done" || state === "skipped" || NEVER_BLOCKS.has(code));
  return { steps: states, isOver, hasCases: counts.cases > 0 };
}

function lack(code: SetupLack, isSo: boolean, count = 1): Lack | false {
  return isSo && { code, count };
}

type Counts = {
  readonly [K in
    | "operators"
    | "offices"
    | "reviewers"
    | "unenrolled"
    | "grids"
    | "stations"
    | "deputies"
    | "bound"
    | "accounts"
    | "untested"
    | "failing"
    | "placed"
    | "published"
    | "inReview"
    | "cases"]: number;
};

/** People count once they have joined; the desk, which is there by itself, is no account; an account's test counts while nothing of the account was changed behind it. */
const COUNTS = sql`
  with joined as (select role, has_second_factor from users where ended_at is null and password_hash <> ''),
  tested as (
    select a.id, (select case when c.what = 'account-tested' then (c.after->>'isFine')::boolean end
      from staff_changes c where c.subject_id = a.id and c.what in ('account-added', 'account-changed', 'account-tested')
      order by c.seq desc limit 1) as "isFine"
    from channel_accounts a where a.channel not in (${DESK_CHANNEL}, ${REHEARSAL_CHANNEL}))
  select
    (select count(*)::int from joined where role = 'operator') as operators,
    (select count(*)::int from joined where role = 'office') as offices,
    (select count(*)::int from joined where role = 'reviewer') as reviewers,
    (select count(*)::int from joined where role in ('operator', 'office', 'reviewer') and not has_second_factor) as unenrolled,
    (select count(*)::int from grids) as grids,
    (select count(*)::int from stations) as stations,
    (select count(*)::int from deputies) as deputies,
    (select count(distinct deputy_id)::int from conversations where deputy_id is not null) as bound,
    (select count(*)::int from tested) as accounts,
    (select count(*)::int from tested where "isFine" is null) as untested,
    (select count(*)::int from tested where not "isFine") as failing,
    (select count(*)::int from conversations k join tested on tested.id = k.account_id
      where k.deputy_id is null and k.home_grid is not null) as placed,
    (select count(*)::int from rulesets where state = 'published') as published,
    (select count(*)::int from rulesets where state = 'in-review') as "inReview",
    (select count(*)::int from (select 1 from cases where not starts_with(number, ${REHEARSAL_PREFIX}) limit 1) one) as cases`;
