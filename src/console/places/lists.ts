import type { Answered, Call } from "../client/call.ts";
import { type Edited, type EditField, linesOf, orNull } from "../parts/edit-dialog.tsx";
import type { Words } from "../words/zh-CN.ts";
import type { View } from "./params.ts";

/** A row of a list, as the table shows it. */
export type Row = {
  readonly key: string;
  readonly name: string;
  readonly cells: readonly string[];
  readonly edited: Edited;
};

/** A page of rows. */
type RowPage = { readonly rows: readonly Row[]; readonly next: string | null; readonly total: number };

/** A list: its columns after the name, how a page is read, and how a row is saved. */
export type ListKind = {
  readonly columns: readonly string[];
  readonly patch:
    | "PATCH /grids/{code}"
    | "PATCH /stations/{code}"
    | "PATCH /units/{code}"
    | "PATCH /groups/{code}"
    | "PATCH /places/{id}";
  read(query: Query, signal?: AbortSignal): Promise<RowPage>;
  save(key: string, changed: Readonly<Record<string, string>>, etag: string, once: string): Promise<void>;
};

type Query = { readonly q?: string; readonly after?: string; readonly limit?: number };
type Table = Exclude<View, "map">;
type Changed = Readonly<Record<string, string>>;
type Asking = { readonly call: Call; readonly words: Words; readonly today: (day: string) => string };

/** The lists of the page, by view. */
export function listOf(view: Table, asking: Asking): ListKind {
  return LISTS[view](asking);
}

const text = (name: string, label: string, value: string, hint?: string): EditField => ({
  ...{ name, label, kind: "text", value },
  ...(hint === undefined ? {} : { hint }),
});

/** The parts of a change that were touched, each made into what the API takes. */
function touched<T extends Readonly<Record<string, (text: string) => unknown>>>(changed: Changed, as: T) {
  const entries = Object.entries(changed).map(([name, value]) => [name, as[name]?.(value) ?? null]);
  return Object.fromEntries(entries) as { [K in keyof T]?: ReturnType<T[K]> };
}

const pageOf = <T>(
  {
    items,
    next,
    total,
  }: { readonly items: readonly T[]; readonly next: string | null; readonly total: { value: number } },
  rowOf: (item: T) => Row,
): RowPage => ({ rows: items.map(rowOf), next, total: total.value });

const same = (value: string) => value;

type Grid = Answered<"GET /grids">["items"][number];
type Station = Answered<"GET /stations">["items"][number];
type Unit = Answered<"GET /units">["items"][number];
type Group = Answered<"GET /groups">["items"][number];
type Place = Answered<"GET /places">["items"][number];

const LISTS: Readonly<Record<Table, (asking: Asking) => ListKind>> = {
  grids: ({ call, words: { places }, today }) => ({
    columns: [
      ...[places.code, places.township, places.community, places.station],
      ...[places.aliases, places.deputies, places.untilOn],
    ],
    patch: "PATCH /grids/{code}",
    read: async (query, signal) =>
      pageOf((await call("GET /grids", { query, ...(signal === undefined ? {} : { signal }) })).body, (grid: Grid) => ({
        ...{ key: grid.code, name: grid.name },
        cells: [
          grid.code,
          grid.township,
          grid.community,
          grid.station?.name ?? "",
          grid.aliases.join(" · "),
          String(grid.deputies),
          grid.untilOn === null ? "" : today(grid.untilOn),
        ],
        edited: {
          ...{ title: places.editOf(grid.name), etag: grid.etag },
          fields: [
            text("name", places.name, grid.name),
            text("community", places.community, grid.community),
            text("station", places.station, grid.station?.code ?? "", places.stationHint),
            { ...text("aliases", places.aliases, grid.aliases.join("\n"), places.aliasesHint), kind: "lines" },
            { ...text("untilOn", places.untilOn, grid.untilOn ?? "", places.gridUntilHint), kind: "day" },
          ],
        },
      })),
    async save(code, changed, etag, key) {
      const body = touched(changed, {
        name: same,
        community: same,
        station: orNull,
        aliases: linesOf,
        untilOn: orNull,
      });
      await call("PATCH /grids/{code}", { params: { code }, body, etag, key });
    },
  }),
  stations: ({ call, words: { places } }) => ({
    columns: [
      places.code,
      places.township,
      places.address,
      places.phone,
      places.head,
      places.gridCount,
      places.deputies,
    ],
    patch: "PATCH /stations/{code}",
    read: async (query, signal) =>
      pageOf(
        (await call("GET /stations", { query, ...(signal === undefined ? {} : { signal }) })).body,
        (one: Station) => ({
          ...{ key: one.code, name: one.name },
          cells: [
            one.code,
            one.township,
            one.address,
            one.phone ?? "",
            one.head?.name ?? "",
            String(one.grids),
            String(one.deputies),
          ],
          edited: {
            ...{ title: places.editOf(one.name), etag: one.etag },
            fields: [
              text("name", places.name, one.name),
              text("address", places.address, one.address),
              text("phone", places.phone, one.phone ?? ""),
              text("head", places.head, one.head?.code ?? "", places.headHint),
            ],
          },
        }),
      ),
    async save(code, changed, etag, key) {
      const body = touched(changed, { name: same, address: same, phone: orNull, head: orNull });
      await call("PATCH /stations/{code}", { params: { code }, body, etag, key });
    },
  }),
  units: ({ call, words: { places }, today }) => ({
    columns: [places.code, places.phone, places.categories, places.untilOn],
    patch: "PATCH /units/{code}",
    read: async (query, signal) =>
      pageOf((await call("GET /units", { query, ...(signal === undefined ? {} : { signal }) })).body, (one: Unit) => ({
        ...{ key: one.code, name: one.name },
        cells: [one.code, one.phone ?? "", one.categories.join(" · "), one.untilOn === null ? "" : today(one.untilOn)],
        edited: {
          ...{ title: places.editOf(one.name), etag: one.etag },
          fields: [
            text("name", places.name, one.name),
            text("phone", places.phone, one.phone ?? ""),
            { ...text("untilOn", places.untilOn, one.untilOn ?? "", places.untilHint), kind: "day" },
          ],
        },
      })),
    async save(code, changed, etag, key) {
      const body = touched(changed, { name: same, phone: orNull, untilOn: orNull });
      await call("PATCH /units/{code}", { params: { code }, body, etag, key });
    },
  }),
  groups: ({ call, words: { places } }) => ({
    columns: [places.code, places.lead, places.members],
    patch: "PATCH /groups/{code}",
    read: async (query, signal) =>
      pageOf(
        (await call("GET /groups", { query, ...(signal === undefined ? {} : { signal }) })).body,
        (one: Group) => ({
          ...{ key: one.code, name: one.name, cells: [one.code, one.lead?.name ?? "", String(one.members)] },
          edited: {
            ...{ title: places.editOf(one.name), etag: one.etag },
            fields: [
              text("name", places.name, one.name),
              text("lead", places.lead, one.lead?.code ?? "", places.leadHint),
            ],
          },
        }),
      ),
    async save(code, changed, etag, key) {
      await call("PATCH /groups/{code}", {
        params: { code },
        body: touched(changed, { name: same, lead: orNull }),
        etag,
        key,
      });
    },
  }),
  places: ({ call, words: { places } }) => ({
    columns: [places.grid, places.code, places.township],
    patch: "PATCH /places/{id}",
    read: async (query, signal) =>
      pageOf(
        (await call("GET /places", { query, ...(signal === undefined ? {} : { signal }) })).body,
        (one: Place) => ({
          ...{ key: one.id, name: one.name, cells: [one.grid.name, one.grid.code, one.grid.township] },
          edited: {
            title: places.editOf(one.name),
            etag: one.etag,
            fields: [text("name", places.placeName, one.name)],
          },
        }),
      ),
    async save(id, changed, etag, key) {
      await call("PATCH /places/{id}", { params: { id }, body: { name: orNull(changed.name ?? "") }, etag, key });
    },
  }),
};
