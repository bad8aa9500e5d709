import { inArray } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import { grids, stations } from "../../../../db/schema/places.ts";
import type { Caller } from "../../../casework/access/caller.ts";
import { readCounty } from "../../../casework/county/settings.ts";
import { writeCertificate } from "../../../casework/rules/certificate-pages.ts";
import { type CountyCoverage, coverageIn } from "../../../casework/rules/coverage.ts";
import { versionRow } from "../../../casework/rules/steps.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { Coverage, GridChain } from "../../../domain/rule-trials/coverage.ts";
import { readContent } from "../../../domain/rules/content.ts";
import type { COVERAGE } from "../../contract/coverage.ts";
import type { Problem } from "../../problem.ts";
import { type Handlers, notHere } from "../operations.ts";

const PAGE = 50;
const NO_GRID = notHere("There is no such grid.");

/** The handlers of who answers for each grid; a station sees its own grids, as if there were no others. */
export function coverageHandlers({ timeZone }: { readonly timeZone: string }): Handlers<typeof COVERAGE> {
  return {
    async "GET /coverage"({ tx, caller, now, query: { on, version, only, after, limit } }) {
      const found = await covered(tx, caller, { on, version, now, timeZone });
      if ("problem" in found) return found;
      const coverage = await ownPart(tx, caller, found.coverage);
      const wanted = only === undefined ? null : new Set(coverage[LISTS[only]]);
      const grids = coverage.grids.filter(({ grid }) => wanted === null || wanted.has(grid));
      if (after === undefined && limit === undefined) return { body: { ...coverage, ...listed(coverage, grids) } };
      const behind = grids.filter(({ grid }) => after === undefined || grid > after);
      const page = behind.slice(0, limit ?? PAGE);
      const next = behind.length > page.length ? (page.at(-1)?.grid ?? null) : null;
      return { body: { ...coverage, ...listed(coverage, page), next } };
    },
    async "GET /coverage.pdf"({ tx, caller, now, query: { on, version } }) {
      const found = await covered(tx, caller, { on, version, now, timeZone });
      if ("problem" in found) return found;
      const coverage = await ownPart(tx, caller, found.coverage);
      return { file: await certificate(tx, coverage, { now, timeZone }) };
    },
    async "GET /coverage/{grid}"({ tx, caller, now, params: { grid }, query: { on, version } }) {
      const found = await covered(tx, caller, { on, version, now, timeZone, grid });
      if ("problem" in found) return found;
      const coverage = await ownPart(tx, caller, found.coverage);
      const [chain] = coverage.grids;
      if (chain === undefined) return { problem: NO_GRID };
      const gaps = coverage.gaps.flatMap(({ rules }) =>
        rules === "plain" ? ["plain"] : rules.map((id) => id ?? "otherwise"),
      );
      return { body: { ...shown(chain), on: coverage.on, gaps } };
    },
  };
}

async function certificate(
  tx: Transaction,
  coverage: CountyCoverage,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
) {
  const { name: county } = await readCounty(tx);
  const rows = await tx.select({ code: grids.code, name: grids.name }).from(grids);
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  const madeAt = new Intl.DateTimeFormat("zh-CN", { timeZone, dateStyle: "long", timeStyle: "short" }).format(now);
  const content = await writeCertificate(coverage, { county, names, made: now, madeAt });
  return { name: `${county}-网格负责人一览表-${coverage.on}.pdf`, contentType: "application/pdf", content };
}

const LISTS = { nobody: "withoutPerson", phone: "withoutChat", away: "officeNow" } as const;

async function covered(
  tx: Transaction,
  { jurisdictionId }: Caller,
  asked: {
    readonly on?: string;
    readonly version?: number;
    readonly now: Date;
    readonly timeZone: string;
    readonly grid?: string;
  },
): Promise<{ readonly coverage: CountyCoverage } | { readonly problem: Problem }> {
  const { on, version, now, timeZone, grid } = asked;
  if (on !== undefined && on < dayIn(now, timeZone)) return { problem: PAST };
  const row = version === undefined ? null : await versionRow(tx, version);
  if (version !== undefined && row === null)
    return { problem: notHere(`There is no rule set ${version} in this county.`) };
  const read = row === null ? null : readContent(row.content);
  if (read?.ok === false) throw new Error(`rule set ${version} cannot be read`);
  const coverage = await coverageIn(tx, jurisdictionId, {
    ...{ now, timeZone, on, grid },
    ...(read === null || version === undefined ? {} : { version: { number: version, ruleset: read.ruleset } }),
  });
  return { coverage };
}

const PAST: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "content",
  detail: "The day is past: who was there then is not kept as a whole.",
  findings: [{ at: "query.on", code: "past", text: "The day is past." }],
};

/** The part of a certificate that is for the caller: all of it, but for a station. */
async function ownPart(
  tx: Transaction,
  { role, stations: own }: Caller,
  coverage: CountyCoverage,
): Promise<CountyCoverage> {
  if (role !== "station") return coverage;
  const rows =
    own.length === 0
      ? []
      : await tx
          .select({ code: stations.code })
          .from(stations)
          .where(inArray(stations.id, [...own]));
  const codes = new Set(rows.map(({ code }) => code));
  const grids = coverage.grids.filter(({ station }) => station !== null && codes.has(station));
  const mine = new Set(grids.map(({ grid }) => grid));
  const keep = (list: readonly string[]) => list.filter((grid) => mine.has(grid));
  const [withoutPerson, unreachable] = [keep(coverage.withoutPerson), keep(coverage.unreachable)];
  return {
    ...coverage,
    ...{ grids, withoutPerson, unreachable },
    ...{ officeNow: keep(coverage.officeNow), withoutChat: keep(coverage.withoutChat) },
    ok: withoutPerson.length === 0 && unreachable.length === 0,
    gaps: coverage.gaps.flatMap((gap) => {
      const here = keep(gap.grids);
      return here.length === 0 ? [] : [{ ...gap, grids: here, example: { ...gap.example, grid: null } }];
    }),
  };
}

function listed(coverage: Coverage, grids: readonly GridChain[]) {
  const { withoutPerson, officeNow, withoutChat, unreachable } = coverage;
  return {
    ...{ withoutPerson: [...withoutPerson], officeNow: [...officeNow] },
    ...{ withoutChat: [...withoutChat], unreachable: [...unreachable] },
    grids: grids.map(shown),
  };
}

function shown(grid: GridChain) {
  return { ...grid, chain: [...grid.chain] };
}
