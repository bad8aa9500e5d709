import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { DeputyFacts, DeputyLevel } from "../../domain/routing/nearness.ts";
import type { NamedThen } from "../../domain/rule-trials/dry-run.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";

type Deputy = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  readonly untilOn: string | null;
  readonly groups: readonly string[];
  readonly absences: readonly { readonly from: number; readonly until: number; readonly substitute: string | null }[];
};
type Post = {
  readonly deputy: string;
  readonly role: "primary" | "backup";
  readonly from: string;
  readonly until: string | null;
};

/** The people whom a target may name, with their dates; read once, so that a past message costs no query. */
export type PeopleThen = {
  /**
   * @param on the day, YYYY-MM-DD, and `at` the moment in milliseconds
   * @param openCases of a deputy then
   */
  named(
    target: RuleTarget,
    when: { readonly on: string; readonly at: number },
    openCases: (code: string) => number,
  ): NamedThen;
};

/** Reads the people of the county whose transaction this is, with their dates. */
export async function peopleThen(tx: Transaction): Promise<PeopleThen> {
  const [rows, posts, names] = await Promise.all([
    tx.execute<Deputy>(sql`
      select d.code, d.name, d.level, d.until_on as "untilOn", d.groups, coalesce((
        select jsonb_agg(jsonb_build_object(
          'from', extract(epoch from b.from_at) * 1000, 'until', extract(epoch from b.until_at) * 1000, 'substitute', s.code))
        from absences b left join deputies s on s.id = b.substitute_id where b.deputy_id = d.id), '[]') as absences
      from deputies d`),
    tx.execute<Post & { station: string }>(sql`
      select s.code as station, d.code as deputy, a.role, a.from_on as from, a.until_on as until
      from assignments a join stations s on s.id = a.station_id join deputies d on d.id = a.deputy_id`),
    tx.execute<{ key: string; name: string }>(sql`
      select 'group:' || code as key, name from sector_groups union all
      select 'station:' || code, name from stations union all select 'unit:' || code, name from units`),
  ]);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const groups = groupedBy(rows.flatMap((row) => row.groups.map((group) => [group, row] as const)));
  const stations = groupedBy(posts.map((post) => [post.station, post] as const));
  const nameOf = new Map(names.map(({ key, name }) => [key, name]));

  return {
    named(target, { on, at }, openCases) {
      const factsOf = (deputy: Deputy, role: Post["role"]): DeputyFacts => {
        const { code, name, level, untilOn, absences } = deputy;
        const away = absences
          .filter(({ from, until }) => from <= at && until > at)
          .sort((a, b) => b.until - a.until)[0];
        return {
          ...{ code, name, level, role, untilOn },
          openCases: openCases(code),
          awayUntil: away === undefined ? null : new Date(away.until).toISOString(),
          substitute: away?.substitute ?? null,
        };
      };
      const known = (code: string, role: Post["role"]) => {
        const deputy = byCode.get(code);
        return deputy === undefined ? [] : [factsOf(deputy, role)];
      };
      const deputies = peopleOf(target).flatMap(({ deputy, role }) => known(deputy, role));
      const all = [...deputies];
      for (const { substitute } of all) {
        if (substitute != null && !all.some((one) => one.code === substitute))
          all.push(...known(substitute, "primary"));
      }
      const name = "code" in target ? (nameOf.get(`${target.kind}:${target.code}`) ?? null) : null;
      return { deputies, substitutes: all.slice(deputies.length), name };

      function peopleOf(wanted: RuleTarget): readonly { readonly deputy: string; readonly role: Post["role"] }[] {
        switch (wanted.kind) {
          case "deputy":
            return [{ deputy: wanted.code, role: "primary" }];
          case "group":
            return (groups.get(wanted.code) ?? []).map(({ code }) => ({ deputy: code, role: "primary" }));
          case "station":
            return (stations.get(wanted.code ?? "") ?? []).filter(
              ({ from, until }) => from <= on && (until === null || until >= on),
            );
          default:
            return [];
        }
      }
    },
  };
}

function groupedBy<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = Map.groupBy(pairs, ([key]) => key);
  return new Map([...groups].map(([key, all]) => [key, all.map(([, value]) => value)]));
}
