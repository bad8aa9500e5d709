import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import type { Topic } from "../../domain/categories/model.ts";
import { catalogueOf } from "../rules/category-model.ts";

/** The kinds of things that rules name by a code. Townships and communities are named by what people call them. */
const CODE_KINDS = ["grid", "township", "community", "station", "deputy", "group", "unit", "category"] as const;
/** A kind of things that rules name by a code. */
export type CodeKind = (typeof CODE_KINDS)[number];

/** A thing with its code, its name, and a word that tells it from others of the same name. */
export type NamedCode = { readonly code: string; readonly name: string; readonly about: string };

const WORDS_SHOWN = 6;

/** Lists what a county has of a kind, by code, where the name or the code has a part; what has ended is not offered. */
export async function findCodes(
  tx: Transaction,
  kind: CodeKind,
  { q, limit, today }: { readonly q: string; readonly limit: number; readonly today: string },
): Promise<{ readonly items: readonly NamedCode[]; readonly total: number }> {
  if (kind === "category") {
    const wanted = q.toLowerCase();
    const { topics } = await catalogueOf(tx);
    const found = topics
      .filter(({ code, name, words }) => [code, name, ...words].some((text) => text.toLowerCase().includes(wanted)))
      .map(namedTopic);
    return { items: found.slice(0, limit), total: found.length };
  }
  const said = kind === "station" ? headAs(q) : q;
  const part = `%${said.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await tx.execute<NamedCode & { readonly total: number }>(sql`
    select code, name, about, (count(*) over ())::int as total from (${sourceOf(kind, today)}) as named
    where code ilike ${part} or name ilike ${part} or about ilike ${part}
    order by (code = ${q} or name = ${q}) desc, code limit ${limit}`);
  return { items: rows.map(({ code, name, about }) => ({ code, name, about })), total: rows[0]?.total ?? 0 };
}

/** What is searched for where people say a head by name and office: of 张站长 the name. */
function headAs(q: string): string {
  const [, name] = /^(\p{Script=Han}{1,4})站长/u.exec(q) ?? [];
  return name ?? q;
}

/** The names behind codes, also of what has ended; a code that nothing has is left out. */
export async function namesOf(
  tx: Transaction,
  wanted: Readonly<Partial<Record<CodeKind, readonly string[]>>>,
): Promise<Partial<Record<CodeKind, Record<string, string>>>> {
  const named: Partial<Record<CodeKind, Record<string, string>>> = {};
  for (const kind of CODE_KINDS) {
    const codes = new Set(wanted[kind] ?? []);
    if (codes.size === 0) continue;
    const rows =
      kind === "category"
        ? (await catalogueOf(tx)).topics.filter(({ code }) => codes.has(code))
        : await tx.execute<NamedCode>(sql`
            select code, name from (${sourceOf(kind, null)}) as named
            where code in (select jsonb_array_elements_text(${JSON.stringify([...codes])}::jsonb))`);
    named[kind] = Object.fromEntries(rows.map(({ code, name }) => [code, name]));
  }
  return named;
}

/** The reviewers of a county by name; who wrote a version is not asked about here. */
export async function reviewersOf(tx: Transaction): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select name from users
    where role = 'reviewer' and ended_at is null and name is not null and password_hash <> '' order by name`);
  return rows.map(({ name }) => name);
}

/** A topic is told from others by some of its words. */
function namedTopic({ code, name, words }: Topic): NamedCode {
  return { code, name, about: words.slice(0, WORDS_SHOWN).join(" ") };
}

/** @param today null with what has ended */
function sourceOf(kind: Exclude<CodeKind, "category">, today: string | null): SQL {
  switch (kind) {
    case "grid":
      return sql`select code, name, concat_ws(' ', township, nullif(community, '')) as about from grids`;
    case "township":
      return sql`select township as code, township as name, count(*)::text as about from grids group by township`;
    case "community":
      return sql`
        select community as code, community as name, min(township) as about from grids where community <> '' group by community`;
    case "station":
      // People say whose station it is: 张站长那个站.
      return sql`
        select s.code, s.name, concat_ws(' ', nullif(s.township, ''), h.name) as about
        from stations s left join deputies h on h.id = s.head_deputy_id`;
    case "deputy":
      return sql`
        select code, name, district as about from deputies
        where ${today === null ? sql`true` : notEnded(sql`until_on`, today)}`;
    case "unit":
      return sql`
        select code, name, '' as about from units where ${today === null ? sql`true` : notEnded(sql`until_on`, today)}`;
    case "group":
      return sql`
        select g.code, g.name, coalesce((select string_agg(d.name, ' ' order by d.code) from deputies d where g.code = any(d.groups)), '') as about
        from sector_groups g`;
  }
}
