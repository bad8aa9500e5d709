import { pino } from "pino";
import { viewCase } from "../../casework/cases/case-view.ts";
import { moveByHand } from "../../casework/office/move-case.ts";
import type { MoveTarget } from "../../casework/routing/by-hand.ts";
import type { Config } from "../../config.ts";
import type { Act } from "../../domain/understanding/meaning.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { openRuntime } from "../../process/runtime.ts";

/** Runs `liaison case move NUMBER`: moves an open case to another deputy or the office by hand. */
export async function runCaseMove(
  { out, err }: Output,
  installation: Installation,
  config: Config,
  jurisdictionId: string,
  options: {
    readonly number: string;
    readonly deputy?: string;
    readonly unit?: string;
    readonly office: boolean;
    readonly by: string;
    readonly was?: Act;
  },
): Promise<ExitStatus> {
  const targets = targetsIn(options);
  const [target, second] = targets;
  if (target === undefined || second !== undefined) {
    err("Say where to: exactly one of --deputy CODE, --unit CODE, --office.");
    return 2;
  }
  const found = await installation.database.inCounty(jurisdictionId, (tx) => viewCase(tx, options.number));
  if (!found.ok) {
    err(`There is no case ${options.number}, or several: give its whole number.`);
    return 1;
  }
  const { runtime, close } = await openRuntime(installation, config, pino({ level: "silent" }));
  try {
    const moved = await moveByHand(runtime, jurisdictionId, found.view.number, target, options.by, options.was);
    if (!moved.ok) {
      err(moved.reason);
      return 1;
    }
    out(found.view.number);
    return 0;
  } finally {
    await close();
  }
}

function targetsIn({ deputy, unit, office }: { deputy?: string; unit?: string; office: boolean }): MoveTarget[] {
  return [
    ...(deputy === undefined ? [] : [{ kind: "deputy" as const, code: deputy }]),
    ...(unit === undefined ? [] : [{ kind: "unit" as const, code: unit }]),
    ...(office ? [{ kind: "office" as const }] : []),
  ];
}
