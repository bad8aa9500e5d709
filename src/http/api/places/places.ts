import type { Hono } from "hono";
import { z } from "zod";
import {
  addPlace,
  changeGrid,
  changeGroup,
  changePlace,
  changeStation,
  changeUnit,
} from "../../../casework/places/change.ts";
import { gridFigures, WINDOW_DAYS } from "../../../casework/places/figures.ts";
import { showGrid } from "../../../casework/places/grid-page.ts";
import type { Listed, ListWanted } from "../../../casework/places/listed.ts";
import { listGrids, listGroups, listPlaces, listStations, listUnits } from "../../../casework/places/lists.ts";
import { createShapeStore } from "../../../casework/places/shapes.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { PLACES } from "../../contract/places/places.ts";
import type { CaseServices } from "../cases/act.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import { badCursor } from "../errands.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";
import { changedOr, changingOf, refusedChange } from "./changed.ts";

const sortValue = z.string().max(200);

/**
 * The routes of the county's places: lists, one grid, shapes and figures for the map, and changes by the office.
 * @param mapTiles the template of the map's tiles; null for none
 */
export function placeRoutes(
  services: OperationServices,
  { runtime }: CaseServices,
  mapTiles: string | null,
): Hono<CallerEnv> {
  const { timeZone, vault } = runtime;
  const shapes = createShapeStore();
  const day = () => ({ now: runtime.now(), today: dayIn(runtime.now(), timeZone), timeZone });
  return operationRoutes(services, PLACES, {
    "GET /grids/shapes": async ({ tx, caller }) => ({ kept: await shapes.of(tx, caller, day().today) }),
    "GET /grids/figures": async ({ tx, caller }) => {
      const now = day();
      const grids = await gridFigures(tx, caller, now);
      const seesCases = caller.role !== "operator";
      return {
        body: { days: WINDOW_DAYS, asOf: now.now.toISOString(), seesCases, tiles: mapTiles, grids: [...grids] },
      };
    },
    "GET /grids": ({ tx, caller, query }) =>
      listed(query, byCode, (wanted) => listGrids(tx, caller, wanted, day().today)),
    "GET /grids/{code}": async ({ tx, caller, params }) => {
      const page = await showGrid(tx, caller, params.code, day());
      return page === null
        ? { problem: notHere("There is no grid of this code here.") }
        : { body: page, etag: page.etag };
    },
    "GET /stations": ({ tx, caller, query }) =>
      listed(query, byCode, (wanted) => listStations(tx, { reader: caller, vault }, wanted, day().today)),
    "GET /units": ({ tx, caller, query }) =>
      listed(query, byCode, (wanted) => listUnits(tx, { reader: caller, vault }, wanted)),
    "GET /groups": ({ tx, query }) => listed(query, byCode, (wanted) => listGroups(tx, wanted, day().today)),
    "GET /places": ({ tx, caller, query }) =>
      listed(
        query,
        ({ name, id }) => [name, id],
        (wanted) => listPlaces(tx, caller, wanted),
      ),
    "PATCH /grids/{code}": async (asked) =>
      changedOr(await changeGrid(changingOf(asked, runtime), asked.params.code, asked.body), asked.params.code),
    "PATCH /stations/{code}": async (asked) =>
      changedOr(await changeStation(changingOf(asked, runtime), asked.params.code, asked.body), asked.params.code),
    "PATCH /units/{code}": async (asked) =>
      changedOr(await changeUnit(changingOf(asked, runtime), asked.params.code, asked.body), asked.params.code),
    "PATCH /groups/{code}": async (asked) =>
      changedOr(await changeGroup(changingOf(asked, runtime), asked.params.code, asked.body), asked.params.code),
    "POST /places": async (asked) => {
      const added = await addPlace(changingOf(asked, runtime), asked.body);
      return "why" in added ? refusedChange(added) : { body: added, etag: added.etag };
    },
    "PATCH /places/{id}": async (asked) => {
      const { id } = asked.params;
      const changed = await changePlace(changingOf(asked, runtime), id, asked.body.name);
      if ("why" in changed) return refusedChange(changed);
      return { body: { id, etag: changed.etag }, ...(changed.etag === null ? {} : { etag: changed.etag }) };
    },
  });
}

type Asked = Omit<ListWanted, "after"> & { readonly after?: string | undefined };

const byCode = ({ code }: { readonly code: string }): readonly [string, string] => [code, code];

async function listed<T>(
  { after, ...wanted }: Asked,
  placeOf: (item: T) => readonly [string, string],
  read: (wanted: ListWanted) => Promise<Listed<T>>,
) {
  const from = after === undefined ? null : readCursor(after, sortValue, sortValue);
  if (after !== undefined && from === null) return { problem: badCursor() };
  const { items, hasMore, total } = await read({ ...wanted, after: from });
  const last = items.at(-1);
  const next = hasMore && last !== undefined ? cursorOf(...placeOf(last)) : null;
  return { body: { items: [...items], next, total: { value: total, isMore: false } } };
}
