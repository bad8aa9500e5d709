import type { Command } from "commander";
import { listPetitions } from "../../casework/lists/petitions.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { CommandContext } from "../context.ts";

/** Whoever has the command line sees what the office sees, but nothing that is sealed. */
const READER: Reader = {
  id: "00000000-0000-0000-0000-000000000000",
  role: "office",
  stations: [],
  deputyId: null,
  isWithoutSealed: true,
};

/** Adds the list of petitions that wait for their written notice. */
export function addPetitions(command: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(command)
    .description("Lists petitions whose written notice is owed, what is due first on top: number, day, days left.")
    .option("--given", "those whose notice was given instead", false)
    .option("--json", "as JSON", false)
    .action(({ given, json, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const asked = { state: given ? "given" : "waiting", today: dayIn(now(), timeZone), timeZone } as const;
        const found = await database.inCounty(jurisdictionId, (tx) => listPetitions(tx, READER, asked));
        if (json) output.out(JSON.stringify(found, null, 2));
        else
          for (const one of found)
            output.out(
              `${one.case.number}  ${one.dueOn}  ${one.notice?.number ?? one.daysLeft}  ${one.notice?.organ ?? ""}`.trimEnd(),
            );
        return 0;
      }),
    );
}
