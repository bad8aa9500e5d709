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
const MB = 2 ** 20;

/**
 * The map of a county of ten thousand grids with borders of some sixty corners each: what the server needs for the shapes and for the
 * figures, how much travels, and how long a browser needs until the map is painted, and until a grid that was pressed is shown beside it.
 */
export async function consoleMapBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const { installation } = await installPractice(environment, null, short ? 60 : GRIDS);
  await windBorders(installation);
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
      const box = await page.locator(".county-map").boundingBox();
      if (box === null) throw new Error("there is no map");
      const pressedAt = performance.now();
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
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

/** Puts corners into each side; two grids that have a side in common get the same ones. */
async function windBorders({ databaseUrl, jurisdictionId }: BenchInstallation): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const rows = await owner<{ id: string; shape: GridShape }[]>`
      select id, shape from grids where jurisdiction_id = ${jurisdictionId} and shape is not null`;
    const wound = rows.map(({ id, shape }) => ({ id, shape: shape.map((part) => part.map((ring) => wind(ring))) }));
    for (let from = 0; from < wound.length; from += 1000) {
      const some = JSON.stringify(wound.slice(from, from + 1000));
      await owner`update grids g set shape = w.value -> 'shape' from jsonb_array_elements(${some}::text::jsonb) w where g.id = (w.value ->> 'id')::uuid`;
    }
  } finally {
    await owner.end();
  }
}

function wind(ring: readonly (readonly number[])[]): number[][] {
  return ring.flatMap(([x = 0, y = 0], at) => {
    const [nextX = x, nextY = y] = ring[at + 1] ?? [x, y];
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
