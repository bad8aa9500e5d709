import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { acknowledge } from "../../casework/duty/acknowledge.ts";
import { cleanPhoto } from "../../casework/inbox/clean-photo.ts";
import { answerAsOffice, closeAsOffice, moveDueDay } from "../../casework/office/answer-resident.ts";
import { categorise } from "../../casework/office/category-corrections.ts";
import { moveInTurn } from "../../casework/office/move-case.ts";
import { placeByHand } from "../../casework/office/place-by-hand.ts";
import { sealCase } from "../../casework/office/seal-case.ts";
import type { MoveTarget } from "../../casework/routing/by-hand.ts";
import type { Responsible } from "../../casework/routing/responsible.ts";
import { catalogueOf } from "../../casework/rules/category-model.ts";
import { addNote } from "../../casework/staff/act.ts";
import type { Turn } from "../../casework/turn/turn.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { wayOf } from "../../domain/routing/route.ts";
import type { CASES } from "../contract/cases.ts";
import { wrongAt } from "./case-problems.ts";
import { act, type CaseServices, withTold, wrong } from "./cases/act.ts";
import { mergeVerbs } from "./cases/merge-verbs.ts";
import { unsealVerbs } from "./cases/unseal-verbs.ts";
import type { Handlers } from "./operations.ts";

type VerbsOfCases = Omit<
  typeof CASES,
  | "POST /cases/search"
  | "POST /cases/count"
  | "GET /cases/{number}"
  | "GET /cases/{number}/photos/{id}"
  | "POST /cases/{number}/open-sealed"
  | "POST /cases/{number}/originals"
  | "POST /cases/{number}/involved"
  | "POST /cases/{number}/candidates"
>;

/** A day farther away than this is a slip. */
const FARTHEST_DAYS = 400;
/** These outcomes say all that a resident must read. */
const WORDLESS: readonly string[] = ["duplicate", "withdrawn"];

const NO_PHOTO = "That is no photo (JPEG, PNG, WebP or GIF).";

/** The handlers of every verb that changes a case. */
export function caseVerbs(services: CaseServices): Handlers<VerbsOfCases> {
  return {
    ...mergeVerbs(services),
    ...unsealVerbs(services),
    "POST /cases/{number}/place": (asked) =>
      act(
        services,
        asked,
        "place",
        async (turn, subject) => {
          const placed = await placeByHand(turn, subject, asked.body.grid);
          if (!placed.ok) return wrong("unknown-grid", placed.reason);
          return { ok: true, value: await decided(turn, placed.responsible) };
        },
        withTold,
      ),
    "POST /cases/{number}/move": (asked) =>
      act(
        services,
        asked,
        "move",
        async (turn, subject, isSealed) => {
          const { reason } = asked.body;
          if (isSealed && !("office" in asked.body))
            return wrong("cannot-go-there", "It may belong to an accusation: it can go to the office alone.");
          const moved = await moveInTurn(turn, subject, targetOf(asked.body), { by: asked.caller.name, isSealed });
          if (!moved.ok) return wrong("cannot-go-there", moved.reason);
          addNote(turn, subject, { by: asked.caller.name, text: reason });
          return { ok: true, value: await decided(turn, moved.responsible) };
        },
        withTold,
      ),
    "POST /cases/{number}/answer": (asked) =>
      act(
        services,
        asked,
        "answer",
        async (turn, subject, isSealed) => {
          await answerAsOffice(turn, { subject, isSealed }, asked.body.text);
          return { ok: true, value: {} };
        },
        (_value, told, all) => {
          const rung = all.find(({ to }) => to === "resident")?.rung ?? "next-contact";
          const isLater = rung === "next-contact" || rung === "phone" || rung === "held";
          return isLater ? { rung: null, waitsFor: rung, told } : { rung, waitsFor: null, told };
        },
      ),
    "POST /cases/{number}/acknowledge": (asked) =>
      act(
        services,
        asked,
        "acknowledge",
        async (turn, subject) => {
          await acknowledge(turn, subject, "office");
          return { ok: true, value: null };
        },
        () => null,
      ),
    "POST /cases/{number}/notes": (asked) =>
      act(
        services,
        asked,
        "notes",
        async (turn, subject) => {
          const id = addNote(turn, subject, { by: asked.caller.name, text: asked.body.text });
          return { ok: true, value: { id } };
        },
        (value) => value,
      ),
    "POST /cases/{number}/close": async (asked) => {
      const { photo: given, preview: isTried = false } = asked.body;
      // Cleaned before the case is locked: it may take as long as a second.
      const picture = given === undefined ? null : await cleanPhoto(new Uint8Array(Buffer.from(given, "base64")));
      if (given !== undefined && picture === null) return { problem: wrongAt("body.photo", "no-photo", NO_PHOTO) };
      const photo = picture === null ? null : { picture, isTried };
      return act(
        services,
        asked,
        "close",
        async (turn, subject, isSealed) => {
          const { outcome, claim = null, text = null } = asked.body;
          if (outcome === "solved" && claim === null) return wrong("claim-needed", "Say on whose word it is solved.");
          if (text === null && !WORDLESS.includes(outcome)) return wrong("text-needed", "Say what the resident reads.");
          await closeAsOffice(turn, { subject, isSealed }, { outcome, claim, text, photo });
          return { ok: true, value: {} };
        },
        withTold,
      );
    },
    "POST /cases/{number}/category": (asked) =>
      act(
        services,
        asked,
        "category",
        async (turn, subject) => {
          const { code } = asked.body;
          const { topics } = await catalogueOf(turn.tx);
          if (code !== null && !topics.some((topic) => topic.code === code))
            return wrong("unknown-category", `There is no category ${code}.`);
          const writing = { ...turn, tx: turn.tx, vault: turn.runtime.vault };
          const from = await categorise(writing, subject, { category: code, by: asked.caller.name });
          return { ok: true, value: { from, to: code } };
        },
        (value) => value,
      ),
    "POST /cases/{number}/deadline": (asked) =>
      act(
        services,
        asked,
        "deadline",
        async (turn, subject, isSealed) => {
          const { dueOn, reason } = asked.body;
          if (dueOn < turn.today || dueOn > addDays(turn.today, FARTHEST_DAYS))
            return wrong("bad-day", `Give a day from today on, at most ${FARTHEST_DAYS} days away.`);
          await moveDueDay(turn, { subject, isSealed }, dueOn, reason);
          return { ok: true, value: { dueOn } };
        },
        withTold,
      ),
    "POST /cases/{number}/seal": (asked) =>
      act(
        services,
        asked,
        "seal",
        async (turn, subject) => {
          addNote(turn, subject, { by: asked.caller.name, text: asked.body.reason });
          await sealCase(turn, subject);
          return { ok: true, value: null };
        },
        (value) => value,
      ),
  };
}

function targetOf(body: { deputy: string } | { unit: string } | { office: true }): MoveTarget {
  if ("deputy" in body) return { kind: "deputy", code: body.deputy };
  return "unit" in body ? { kind: "unit", code: body.unit } : { kind: "office" };
}

/** Where a case goes by a decision, and who was passed over for it. */
async function decided({ tx }: Turn, { decision, holder, unit }: Responsible) {
  const { chosen, passedOver } = decision;
  const codes = [...passedOver.map(({ deputy }) => deputy), ...(chosen.kind === "deputy" ? [chosen.deputy] : [])];
  const names = await namesOf(tx, codes, unit?.code ?? null);
  return {
    goesTo:
      chosen.kind === "deputy"
        ? { kind: "deputy" as const, code: chosen.deputy, name: holder?.deputy ?? names.get(chosen.deputy) ?? "" }
        : unit === null
          ? { kind: "office" as const, code: null, name: "" }
          : { kind: "unit" as const, code: unit.code, name: names.get(`unit:${unit.code}`) ?? "" },
    rule: decision.version == null ? null : decision.rule,
    way: wayOf(decision),
    passedOver: passedOver.map(({ deputy, why }) => ({ deputy, why, name: names.get(deputy) ?? "" })),
  };
}

async function namesOf(tx: Transaction, codes: readonly string[], unit: string | null): Promise<Map<string, string>> {
  const rows = await tx.execute<{ code: string; name: string }>(sql`
    select code, name from deputies where code = any(${sql.param([...codes])}::text[])
    union all select 'unit:' || code, name from units where code = ${unit}`);
  return new Map(rows.map(({ code, name }) => [code, name]));
}
