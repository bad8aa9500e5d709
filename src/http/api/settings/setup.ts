import type { Hono } from "hono";
import { readCounty } from "../../../casework/county/settings.ts";
import { changeSettingsIn, lockSettings } from "../../../casework/county/settings-change.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { rehearse } from "../../../casework/setup/rehearsal.ts";
import { draftStarterRules } from "../../../casework/setup/starter-rules.ts";
import { setupOf } from "../../../casework/setup/steps.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { SETUP } from "../../contract/settings/setup.ts";
import type { Problem } from "../../problem.ts";
import { type Asked, type OperationServices, operationRoutes } from "../operations.ts";
import { problemOf } from "../rules/refusal.ts";

/** The routes of the first setting up of a county. */
export function setupRoutes(services: OperationServices, runtime: Runtime): Hono<CallerEnv> {
  const { timeZone } = runtime;
  const shown = async ({ tx, caller, now }: Pick<Asked, "tx" | "caller" | "now">) => {
    const day = { now, today: dayIn(now, timeZone), timeZone };
    const { steps, isOver, hasCases } = await setupOf(tx, caller.jurisdictionId, day);
    const mutable = steps.map((step) => ({ ...step, lacks: [...step.lacks] }));
    return { body: { steps: mutable, isOver, takesToday: !isOver && !hasCases } };
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
    "POST /setup/rehearsal": async (asked) => {
      const { tx, caller, now } = asked;
      const done = await rehearse(tx, caller.jurisdictionId, { ...runtime, now });
      if (done === null) return { problem: NO_LISTS };
      const right = done.filter(({ isRight }) => isRight).length;
      const rehearsal = { at: now.toISOString(), by: caller.name, right, of: done.length };
      await write(asked, ({ skipped }) => ({ skipped, rehearsal }));
      return { body: { items: done.map((one) => ({ ...one, told: [...one.told] })) } };
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
