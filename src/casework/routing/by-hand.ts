import { and, eq, sql } from "drizzle-orm";
import { notEnded } from "../../../db/in-force.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { units } from "../../../db/schema/people.ts";
import { facing } from "../../domain/routing/border-side.ts";
import type { DeputyFacts } from "../../domain/routing/nearness.ts";
import { type RoutingFacts, route } from "../../domain/routing/route.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import { lastDecision, returnedBy } from "../cases/decisions.ts";
import { deputiesBy, ownStation } from "../county/deputies.ts";
import type { Turn } from "../turn/turn.ts";
import { conclude, findResponsible, type Responsible } from "./responsible.ts";
import { NOWHERE, whereaboutsBefore } from "./whereabouts.ts";

/** The target to which the office moves a case by hand. */
export type MoveTarget = Extract<RuleTarget, { kind: "deputy" | "unit" | "office" }>;

/**
 * The responsible one whom a person of the office chose, with the facts of the place as they are now; a sentence that
 * says why not.
 */
export async function responsibleByHand(
  turn: Turn,
  subject: CaseRecord,
  target: MoveTarget,
  by: string,
): Promise<Responsible | string> {
  const before = await lastDecision(turn, subject);
  const where = before === null ? NOWHERE : whereaboutsBefore(before.facts);
  const found = await findResponsible(turn, where, { filed: subject });
  const barred = await returnedBy(turn.tx, subject.id);
  const facts = (deputy: DeputyFacts | null): RoutingFacts => ({
    ...(deputy === null ? found.decision.facts : facing(found.decision.facts, deputy.code)),
    byHand: { by, deputy },
  });
  const toOffice = (unit: Responsible["unit"]) =>
    conclude(found, route(facts(null)), barred, { deputyId: null, unit, holder: null });
  switch (target.kind) {
    case "office":
      return toOffice(null);
    case "unit": {
      const isOpen = notEnded(units.untilOn, turn.today);
      const [unit] = await turn.tx
        .select({ id: units.id, code: units.code })
        .from(units)
        .where(and(eq(units.code, target.code), isOpen));
      if (unit === undefined) return `There is no unit ${target.code}.`;
      return toOffice(unit);
    }
    case "deputy": {
      const [deputy] = await deputiesBy(turn, sql`d.code = ${target.code}`);
      if (deputy === undefined) return `There is no deputy ${target.code}.`;
      const { name, untilOn, awayUntil } = deputy.facts;
      if (untilOn !== null && untilOn < turn.today) return `The term of ${target.code} ended on ${untilOn}.`;
      if (awayUntil !== null) return `${target.code} is away until ${awayUntil.slice(0, 10)}.`;
      if (deputy.id === subject.deputyId) return `${target.code} has case ${subject.number} already.`;
      const decision = route(facts(deputy.facts));
      const { gridDeputies, stationDeputies, station: here } = decision.facts;
      const isHere = [...gridDeputies, ...stationDeputies].some((one) => one.code === deputy.facts.code);
      const station = isHere ? (here?.name ?? null) : await ownStation(turn, deputy.id);
      return conclude(found, decision, barred, {
        deputyId: deputy.id,
        unit: null,
        holder: { deputy: name, station },
      });
    }
  }
}
