import postgres from "postgres";
import type { GridShape } from "../../db/schema/places.ts";
import { openBrowser } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { startChild } from "./child.ts";
import { writeConsoleCases } from "./console-cases/write.ts";
import { pageBrowser } from "./console-page.ts";
import type { BenchInstallation } from "./county.ts";
import type { Environment } from "./environment.ts";
import { type Effort, type Figure, type Line, median, type Target } from "./measure.ts";
import { installPractice } from "./practice.ts";
import { signedIn } from "./signed-in.ts";

const GRIDS = 10_000;
/** The corners that are put into each side of a grid: surveyed borders are no straight lines. */
const WINDINGS = 12;
/** How far such a corner may lie beside the straight line, in degrees. */
const BESIDE = 0.0002;
/** The county is less wide, in degrees. */
const WIDTH = 1;
const MB = 2 ** 20;

/**
 * The map of a county of ten thousand grids with borders of some sixty corners each: what the server needs for the shapes and for the
 * figures, how much travels, and how long a browser needs until the map is painted, and until a grid that was pressed is shown beside it.
 */
export async function consoleMapBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const { installation } = await installPractice(environment, null, short ? 60 : undefined);
  await layGrids(installation, short ? 120 : GRIDS);
  await writeConsoleCases(installation, short ? 500 : 100_000);
  const service = await startChild("service", { installation, apiBase: "http://127.0.0.1:9" });
  const opened = await openBrowser(pageBrowser ?? "chromium", { width: 1366, height: 768 });
  const base = String(service.ready.url);
  try {
    const somebody = await signedIn(installation, base);
    const [shapes, figures] = [await asked(somebody, "/grids/shapes", 1), await asked(somebody, "/grids/figures", 3)];
    await opened.browser.addCookies([{ name: "liaison", value: somebody.cookie() ?? "", url: base }]);
    const drawn: { readonly shown: number; readonly pressed: number }[] = [];
    for (let round = 0; round < (short ? 1 : 5); round += 1) {
      const page = await opened.browser.newPage();
      const begun = performance.now();
      await page.goto(`${base}/console/places`, { waitUntil: "commit" });
      await page.locator(".county-map[data-ready=true]").waitFor({ timeout: 120_000 });
      // The next frame but one comes when what was drawn for the first is on the screen.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const shown = performance.now() - begun;
      const pressedAt = performance.now();
      await page.locator("main table tbody button").first().click();
      await page.locator("aside h2, [role=complementary] h2").first().waitFor({ timeout: 60_000 });
      drawn.push({ shown, pressed: performance.now() - pressedAt });
      await page.close();
    }
    return [
      line("console-map, shapes, the first time", { value: shapes.ms, unit: "ms" }, 2_000, shapes),
      line("console-map, shapes, gzip", { value: shapes.bytes / MB, unit: "MB", digits: 2 }, 4, shapes),
      line("console-map, figures", { value: figures.ms, unit: "ms" }, 1_000, figures),
      line(
        "console-map, until it is painted",
        { value: median(drawn.map((one) => one.shown)), unit: "ms" },
        3_000,
        drawn,
      ),
      line(
        "console-map, from a press to the grid",
        { value: median(drawn.map((one) => one.pressed)), unit: "ms" },
        500,
        drawn,
      ),
    ];
  } finally {
    await opened.close();
    await service.stop();
  }
}

function line(name: string, ours: Figure, atMost: number, samples: unknown): Line {
  const target: Target = { atMost, unit: ours.unit };
  return { name, ours, reference: null, ratio: null, target, samples };
}

async function asked(
  somebody: Browser,
  path: string,
  times: number,
): Promise<{ readonly ms: number; readonly bytes: number }> {
  const took: number[] = [];
  let bytes = 0;
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    const answer = await somebody.ask("GET", path, undefined, { headers: { "accept-encoding": "gzip" } });
    took.push(performance.now() - begun);
    bytes = Number(answer.headers.get("content-length") ?? 0);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  }
  return { ms: median(took), bytes };
}

/** Lays the county's grids out again and again, each time farther east, until there are so many, and puts corners into each side. */
async function layGrids({ databaseUrl, jurisdictionId }: BenchInstallation, count: number): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const rows = await owner<{ id: string; shape: GridShape }[]>`
      select id, shape from grids where jurisdiction_id = ${jurisdictionId} and shape is not null`;
    const laid = Array.from({ length: count }, (_, at) => {
      const [copy, row] = [Math.floor(at / rows.length), rows[at % rows.length]];
      if (row === undefined) throw new Error("no grid has a shape");
      return { id: row.id, copy, shape: row.shape.map((part) => part.map((ring) => wind(ring, copy * WIDTH))) };
    });
    for (let from = 0; from < laid.length; from += 1000) {
      const some = JSON.stringify(laid.slice(from, from + 1000));
      await owner`create temporary table laid as select (value ->> 'id')::uuid as id, (value ->> 'copy')::int as copy, value -> 'shape' as shape
        from jsonb_array_elements(${some}::text::jsonb)`;
      await owner`update grids g set shape = l.shape from laid l where l.copy = 0 and g.id = l.id`;
      await owner`insert into grids (id, jurisdiction_id, code, name, township, community, station_id, shape)
        select gen_random_uuid(), g.jurisdiction_id, g.code || '/' || l.copy, g.name, g.township, g.community, g.station_id, l.shape
        from laid l join grids g on g.id = l.id where l.copy > 0`;
      await owner`drop table laid`;
    }
    await owner`analyze grids`;
  } finally {
    await owner.end();
  }
}

function wind(ring: readonly (readonly number[])[], east: number): number[][] {
  return ring.flatMap(([west = 0, y = 0], at) => {
    const x = west + east;
    const [nextWest = west, nextY = y] = ring[at + 1] ?? [west, y];
    const nextX = nextWest + east;
    if (nextX === x && nextY === y) return [[x, y]];
    const corners = Array.from({ length: WINDINGS }, (_, step) => {
      const part = (step + 1) / (WINDINGS + 1);
      const [cx, cy] = [x + (nextX - x) * part, y + (nextY - y) * part];
      // From the place alone, so that it is the same from either side.
      const beside = BESIDE * Math.sin(cx * 1e5 + cy * 7e4);
      return [cx + beside, cy - beside];
    });
    return [[x, y], ...corners];
  });
}
