import type { Hono } from "hono";
import { markMinor } from "../../../casework/actions/writer/minor.ts";
import { tellOfPetition } from "../../../casework/actions/writer/petition.ts";
import { listPetitions } from "../../../casework/lists/petitions.ts";
import { giveNotice, owesNotice } from "../../../casework/office/writer/petition-notice.ts";
import { noticeSheet } from "../../../casework/office/writer/petition-sheet.ts";
import { unmarkMinor, unmarkPetition } from "../../../casework/office/writer/writer-marks.ts";
import { addNote } from "../../../casework/staff/act.ts";
import { findCase } from "../../../casework/staff/find-case.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { PETITIONS } from "../../contract/desk/petitions.ts";
import { act, type CaseServices, withTold, wrong } from "../cases/act.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

/** The routes of petitions and of what the office says of who wrote a case. */
export function petitionRoutes(services: OperationServices, casework: CaseServices): Hono<CallerEnv> {
  const { runtime } = casework;
  const { timeZone } = runtime;
  return operationRoutes(services, PETITIONS, {
    "GET /petitions": async ({ tx, caller, query, now }) => ({
      body: {
        items: await listPetitions(tx, caller, { state: query.state, today: dayIn(now, timeZone), timeZone }),
        asOf: now.toISOString(),
      },
    }),
    "POST /cases/{number}/petition-notice": (asked) =>
      act(
        casework,
        asked,
        "petition-notice",
        async (turn, subject) => {
          const { preview: _, ...given } = asked.body;
          if (!(await owesNotice(turn, subject)))
            return wrong("no-notice-owed", "It is no petition, or its notice was given already.");
          return { ok: true, value: { number: await giveNotice(turn, subject, given, asked.caller.name) } };
        },
        withTold,
      ),
    "GET /cases/{number}/petition-notice.pdf": async ({ tx, caller, params, now }) => {
      const found = await findCase(tx, caller, params.number, dayIn(now, timeZone));
      const sheet = found === null || found.isSealed ? null : await noticeSheet(runtime, tx, found.subject);
      if (sheet === null) return { problem: notHere("There is no notice of such a case.") };
      return { file: { ...sheet, contentType: "application/pdf" } };
    },
    "POST /cases/{number}/petition": (asked) =>
      act(
        casework,
        asked,
        "petition",
        async (turn, subject) => {
          const { petition, reason } = asked.body;
          if (subject.petition === petition) return wrong("is-so", "It is so already.");
          if (!petition && !(await owesNotice(turn, subject)))
            return wrong("notice-given", "Its notice was given: it stays a petition.");
          addNote(turn, subject, { by: asked.caller.name, text: reason });
          if (petition) await tellOfPetition(turn, subject);
          else unmarkPetition(turn, subject);
          return { ok: true, value: {} };
        },
        withTold,
      ),
    "POST /cases/{number}/minor": (asked) =>
      act(
        casework,
        asked,
        "minor",
        async (turn, subject) => {
          const { minor, reason } = asked.body;
          if (subject.minor === minor) return wrong("is-so", "It is so already.");
          addNote(turn, subject, { by: asked.caller.name, text: reason });
          if (minor) await markMinor(turn, subject, "office");
          else unmarkMinor(turn, subject);
          return { ok: true, value: null };
        },
        (value) => value,
      ),
  });
}
