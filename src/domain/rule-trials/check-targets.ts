import { isInOffice } from "../routing/nearness.ts";
import type { Finding, Ruleset, RuleTarget } from "../rules/ruleset.ts";
import type { County, SnapshotDeputy } from "./county-snapshot.ts";

/**
 * The findings about targets that nobody in the county answers to: unknown codes, ended terms, groups and stations
 * without anybody.
 */
export function targetFindings(county: County, { rules, otherwise }: Ruleset): Finding[] {
  const told = [...rules.map(({ id, target }) => ({ rule: id, target })), { rule: null, target: otherwise }];
  return told.flatMap(({ rule, target }): Finding[] => {
    const trouble = troubleWith(county, target);
    if (trouble === null) return [];
    return [{ rule, kind: "unknown-target", text: rule === null ? `otherwise: ${trouble}` : trouble }];
  });
}

/** The findings about rules whose last day is over. */
export function expiredFindings({ rules }: Ruleset, on: string): Finding[] {
  return rules.flatMap(({ id, expires, owner }): Finding[] =>
    expires !== null && expires < on
      ? [{ rule: id, kind: "expired", text: `its last day was ${expires}: ${owner} renews it or takes it out` }]
      : [],
  );
}

function troubleWith(county: County, target: RuleTarget): string | null {
  switch (target.kind) {
    case "grid":
    case "office":
      return null;
    case "deputy": {
      const deputy = county.deputyByCode.get(target.code);
      if (deputy === undefined) return `there is no deputy ${target.code}`;
      return isInOffice(deputy, county.on) ? null : `the term of deputy ${target.code} ended on ${deputy.untilOn}`;
    }
    case "group": {
      const members = county.membersOf.get(target.code) ?? [];
      if (!county.groups.includes(target.code) && members.length === 0) return `there is no group ${target.code}`;
      return anybody(county, members) ? null : `nobody of group ${target.code} is in office`;
    }
    case "station": {
      if (target.code === null) return null;
      if (!county.stationByCode.has(target.code)) return `there is no station ${target.code}`;
      const posts = county.postsOfStation.get(target.code) ?? [];
      const people = posts.flatMap(({ deputy }) => county.deputyByCode.get(deputy) ?? []);
      return anybody(county, people) ? null : `no deputy in office serves at station ${target.code}`;
    }
    case "unit":
      return county.units.includes(target.code) ? null : `there is no unit ${target.code}`;
  }
}

function anybody(county: County, people: readonly SnapshotDeputy[]): boolean {
  return people.some((deputy) => isInOffice(deputy, county.on));
}
