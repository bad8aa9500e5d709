import { isInOffice } from "../routing/nearness.ts";
import { type Finding, foundOf } from "../rules/finding.ts";
import type { FindingSaid } from "../rules/finding-values.ts";
import type { Ruleset, RuleTarget } from "../rules/ruleset.ts";
import type { County, SnapshotDeputy } from "./county-snapshot.ts";

/**
 * The findings about targets that nobody in the county answers to: unknown codes, ended terms, groups and stations
 * without anybody.
 */
export function targetFindings(county: County, { rules, otherwise }: Ruleset): Finding[] {
  const told = [...rules.map(({ id, target }) => ({ rule: id, target })), { rule: null, target: otherwise }];
  return told.flatMap(({ rule, target }): Finding[] => {
    const trouble = troubleWith(county, target);
    return trouble === null ? [] : [foundOf(rule, trouble.code, trouble.values)];
  });
}

/** The findings about rules whose last day is over. */
export function expiredFindings({ rules }: Ruleset, on: string): Finding[] {
  return rules.flatMap(({ id, expires, owner }): Finding[] =>
    expires !== null && expires < on ? [foundOf(id, "expired", { day: expires, owner })] : [],
  );
}

function troubleWith(county: County, target: RuleTarget): FindingSaid | null {
  const values = { code: "code" in target ? (target.code ?? "") : "" };
  switch (target.kind) {
    case "grid":
    case "office":
      return null;
    case "deputy": {
      const deputy = county.deputyByCode.get(target.code);
      if (deputy === undefined) return { code: "no-deputy", values };
      return isInOffice(deputy, county.on)
        ? null
        : { code: "term-ended", values: { ...values, day: deputy.untilOn ?? "" } };
    }
    case "group": {
      const members = county.membersOf.get(target.code) ?? [];
      if (!county.groups.includes(target.code) && members.length === 0) return { code: "no-group", values };
      return anybody(county, members) ? null : { code: "empty-group", values };
    }
    case "station": {
      if (target.code === null) return null;
      if (!county.stationByCode.has(target.code)) return { code: "no-station", values };
      const posts = county.postsOfStation.get(target.code) ?? [];
      const people = posts.flatMap(({ deputy }) => county.deputyByCode.get(deputy) ?? []);
      return anybody(county, people) ? null : { code: "empty-station", values };
    }
    case "unit":
      return county.units.includes(target.code) ? null : { code: "no-unit", values };
  }
}

function anybody(county: County, people: readonly SnapshotDeputy[]): boolean {
  return people.some((deputy) => isInOffice(deputy, county.on));
}
