import type { Command } from "commander";
import { listTopics, readTopic, type TopicReading } from "../../casework/lists/topics.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { CommandContext } from "../context.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The reading of whoever has the command line, before whom no case of the county is hidden but those that belong to no topic. */
function reading(now: Date, timeZone: string): TopicReading {
  const caller = { id: NOBODY, role: "office", stations: [], deputyId: null } as const;
  return { caller, now, today: dayIn(now, timeZone), locale: "en" };
}

/** Adds `liaison topics`, which lists what many people told. */
export function addTopics(topics: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(topics)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const listed = await database.inCounty(jurisdictionId, (tx) => listTopics(tx, reading(now(), timeZone)));
        if (json) output.out(JSON.stringify(listed, null, 2));
        else
          for (const { number, title, state, people, deputy } of listed)
            output.out([number, state, people ?? "under 3", deputy?.code ?? "office", title].join("  "));
        return 0;
      }),
    );
}

/** Adds `liaison topic T`, which shows one topic: its cases by number, and what their residents say. */
export function addTopic(topic: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(topic.argument("<number>"))
    .option("--json", "as JSON")
    .action((number: string, { json = false, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const page = await database.inCounty(jurisdictionId, (tx) =>
          readTopic(tx, reading(now(), timeZone), number.toUpperCase()),
        );
        if (page === null) {
          output.err(`There is no topic ${number}.`);
          return 1;
        }
        const { cases, verdicts, etag: _etag, ...line } = page;
        const numbers = cases.map((one) => one.number);
        if (json) output.out(JSON.stringify({ ...line, cases: numbers, ...verdicts }, null, 2));
        else {
          const { confirmed, denied, silent } = verdicts;
          output.out(
            [line.number, line.state, line.people ?? "under 3", line.deputy?.code ?? "office", line.title].join("  "),
          );
          output.out(`cases: ${numbers.join(", ")}`);
          output.out(`confirmed ${confirmed}, denied ${denied}, silent ${silent}`);
        }
        return 0;
      }),
    );
}
