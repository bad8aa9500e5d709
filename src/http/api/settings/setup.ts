import type { Hono } from "hono";
import { readCounty } from "../../../casework/county/settings.ts";
import { changeSettingsIn, lockSettings } from "../../../casework/county/settings-change.ts";
import { beginRehearsal, rehearsalAccount } from "../../../casework/setup/rehearsal.ts";
import { rehearsedIn } from "../../../casework/setup/rehearsed.ts";
import { draftStarterRules } from "../../../casework/setup/starter-rules.ts";
import { setupOf } from "../../../casework/setup/steps.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { SETUP } from "../../contract/settings/setup.ts";
import type { Problem } from "../../problem.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, type OperationServices, operationRoutes } from "../operations.ts";
import { problemOf } from "../rules/refusal.ts";

/** The routes of the first setting up of a county. */
export function setupRoutes(services: OperationServices, { runtime, receive }: CaseServices): Hono<CallerEnv> {
  const dayOf = (now: Date) => dayIn(now, runtime.timeZone);
  const shown = async ({ tx, caller, now }: Pick<Asked, "tx" | "caller" | "now">) => {
    const { steps, isOver, hasCases } = await setupOf(tx, caller.jurisdictionId, runtime, { now, today: dayOf(now) });
    const mutable = steps.map((step) => ({ ...step, lacks: [...step.lacks] }));
    return { body: { steps: mutable, isOver, takesToday: !isOver && !hasCases } };
  };
  const rehearsed = async ({ tx, now }: Pick<Asked, "tx" | "now">) => {
    const { settings } = await readCounty(tx);
    const { run, at = null, by = null } = settings.setup?.rehearsal ?? {};
    const items = run === undefined ? [] : await rehearsedIn(runtime, tx, { run, today: dayOf(now) });
    const mutable = items.map((one) => ({ ...one, told: [...one.told], replies: [...one.replies] }));
    return { body: { at: run === undefined ? null : at, by: run === undefined ? null : by, items: mutable } };
  };
  return operationRoutes(services, SETUP, {
    "GET /setup": shown,
    "PATCH /setup": async (asked) => {
      const skipped = [...new Set(asked.body.skipped)].sort();
      await write(asked, ({ rehearsal }) => ({ skipped, rehearsal }));
      return shown(asked);
    },
    "POST /setup/starter-rules": async ({ tx, caller, now }) => {
      const author = { author: caller.name, authorId: caller.id, now };
      const drafted = await draftStarterRules(tx, caller.jurisdictionId, author);
      return drafted.ok ? { body: { number: drafted.number } } : { problem: problemOf(drafted) };
    },
    "GET /setup/rehearsal": rehearsed,
    "POST /setup/rehearsal": async (asked) => {
      const { tx, caller, now } = asked;
      const { jurisdictionId, name } = caller;
      if ((await readCounty(tx)).settings.trial?.isOn !== true) return { problem: NOT_IN_TRIAL };
      const run = await beginRehearsal(runtime, tx, await rehearsalAccount(runtime, jurisdictionId));
      if (run === null) return { problem: NO_LISTS };
      await write(asked, ({ skipped }) => ({ skipped, rehearsal: { at: now.toISOString(), by: name, run } }));
      asked.afterCommit(() => receive?.(jurisdictionId));
      return rehearsed(asked);
    },
  });
}

type Kept = NonNullable<Awaited<ReturnType<typeof readCounty>>["settings"]["setup"]>;

async function write(
  { tx, caller, now }: Pick<Asked, "tx" | "caller" | "now">,
  next: (kept: Kept) => Kept,
): Promise<void> {
  await lockSettings(tx);
  const { settings } = await readCounty(tx);
  const setup = next(settings.setup ?? { skipped: [], rehearsal: null });
  await changeSettingsIn(tx, caller.jurisdictionId, { setup }, { by: caller.name, at: now });
}

const NO_LISTS: Problem = {
  status: 409,
  title: "Conflict",
  code: "no-lists",
  detail: "The county has no grid yet: import its lists first.",
};

const NOT_IN_TRIAL: Problem = {
  status: 409,
  title: "Conflict",
  code: "not-in-trial",
  detail:
    "A rehearsal goes through the real service: begin the trial first, so that nobody who is not listed hears of it.",
};
