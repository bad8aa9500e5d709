import type { Command } from "commander";
import { type OnDuty, shiftsFrom } from "../casework/duty/on-duty.ts";
import { addShift, dutyCandidates, endShift, type RosterChanged } from "../casework/settings/duty-roster.ts";
import { dayIn } from "../domain/calendar/deadline.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";

/** The name under which the roster was changed by command. */
const BY_COMMAND = "command";

/** Adds `liaison duty`, which lists who is on duty for urgent cases, and `duty add` and `duty remove`. */
export function addDuty(duty: Command, { output, ofCounty, withCounty }: CommandContext): void {
  const { out, err } = output;
  ofCounty(duty)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const today = dayIn(now(), timeZone);
        const shifts = await database.inCounty(jurisdictionId, (tx) => shiftsFrom(tx, today));
        if (json) out(JSON.stringify(shifts.map(shown), null, 2));
        else for (const one of shifts) out(line(one));
        if (!json && !shifts.some(({ fromOn }) => fromOn <= today)) err("Nobody is on duty today.");
        return 0;
      }),
    );
  const add = duty
    .command("add <person>")
    .description("Puts somebody of the staff on duty, by name; prints the id of the shift.")
    .option("--station <code>", "for this station; for the county's office when left out")
    .requiredOption("--from <day>", "the first day, such as 2027-03-01")
    .requiredOption("--until <day>", "the last day")
    .action((name) => {
      const { station = null, from, until, ...options } = add.optsWithGlobals();
      return withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const at = now();
        const added = await database.inCounty(jurisdictionId, async (tx): Promise<RosterChanged> => {
          const [one, another] = (await dutyCandidates(tx)).filter((person) => person.name === name);
          if (one === undefined || another !== undefined) return { ok: false, why: "unknown" };
          const wanted = { person: one.id, station, fromOn: from, untilOn: until };
          return addShift(tx, jurisdictionId, { ...wanted, by: BY_COMMAND, now: at, today: dayIn(at, timeZone) });
        });
        return said(output, added);
      });
    });
  const remove = duty
    .command("remove <id>")
    .description("Takes a shift out of the roster.")
    .action((id) =>
      withCounty(remove.optsWithGlobals(), async ({ database, now }, jurisdictionId) => {
        if (!UUID.test(id)) return said(output, { ok: false, why: "not-here" });
        const ending = { id, by: BY_COMMAND, now: now() };
        return said(output, await database.inCounty(jurisdictionId, (tx) => endShift(tx, jurisdictionId, ending)));
      }),
    );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const REASONS: Readonly<Record<Extract<RosterChanged, { readonly ok: false }>["why"], string>> = {
  unknown: "There is nobody of the staff with this name, or not of that station: see liaison user list.",
  "unknown-code": "There is no such station.",
  "bad-day": "Write days as 2027-03-01; a shift ends today or later, and is at most 92 days long.",
  overlaps: "Somebody is on duty there on one of these days: see liaison duty.",
  "not-here": "There is no such shift: see liaison duty --json.",
};

function said({ out, err }: Output, changed: RosterChanged): ExitStatus {
  if (changed.ok) out(changed.id);
  else err(REASONS[changed.why]);
  return changed.ok ? 0 : 1;
}

function shown({ shiftId: id, name, station, fromOn, untilOn }: OnDuty) {
  return { id, name, station: station?.code ?? null, fromOn, untilOn };
}

function line({ name, station, fromOn, untilOn }: OnDuty): string {
  return [fromOn, untilOn, station === null ? "office" : `${station.code} ${station.name}`, name].join("  ");
}
