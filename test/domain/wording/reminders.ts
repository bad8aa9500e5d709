import type { Due } from "../../../src/domain/calendar/due.ts";
import { quoteMasked } from "../../../src/domain/text/quote.ts";
import type { DeputyCase, Wording } from "../../../src/domain/wording/sentences.ts";

const CASE: DeputyCase = {
  number: "2026-000012",
  text: quoteMasked("柳东村三组村口到小学那段路灯坏了6盏"),
  place: "柳河镇 柳东村三组",
  state: "assigned",
  priority: true,
  dueOn: "2026-12-01",
  overdue: false,
  isByMinor: false,
};

/** Every sentence of reminders, by a name of its own. */
export function reminders(say: Wording, number: string, dueOn: Due): [string, string][] {
  return [
    [
      "digest",
      say.digest({
        lines: [
          { line: CASE, what: "reply", due: { on: "2026-12-01" } },
          { line: CASE, what: "result", due: { on: "2026-12-02" } },
          { line: CASE, what: "reply", due: { late: 2 } },
          { line: CASE, what: "result", due: { on: null } },
        ],
        more: 3,
        today: "2026-12-01",
      }),
    ],
    ["lateForResident", say.lateForResident({ number, dueOn, station: "柳河镇代表联络站", promised: "2026-12-03" })],
    ["lateAtOffice", say.lateForResident({ number, dueOn: { within: 5 }, station: null, promised: { within: 1 } })],
    ["urgentToDuty", say.urgentToDuty({ number, line: CASE, deputy: "王建国", isAgain: false })],
    ["urgentToDutyAgain", say.urgentToDuty({ number, line: CASE, deputy: null, isAgain: true })],
    ["urgentSealed", say.urgentToDuty({ number, line: null, deputy: null, isAgain: false })],
    ["dutyBound", say.dutyBound({ name: "林晓" })],
    ["dutyRefused", say.dutyRefused()],
    ["dutyTaken", say.dutyTaken({ number, isFirst: true })],
    ["dutyTakenBefore", say.dutyTaken({ number, isFirst: false })],
    ["dutyWhich", say.dutyWhich({ numbers: [number, "2026-000013"] })],
    ["dutyNone", say.dutyWhich({ numbers: [] })],
    ["stillLate", say.stillLateForResident({ number, promised: "2026-12-08" })],
  ];
}
