import gcoordModule from "gcoord";

/** The datums in which maps of China are drawn: the satellites', the official shifted one, and Baidu's. */
const DATUMS = ["wgs84", "gcj02", "bd09"] as const;
/** A geodetic datum, by the name that the office gives with its coordinates. */
export type Datum = (typeof DATUMS)[number];

// gcoord's types say that its content is a property `default`; what Node loads is that content itself.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

const CRS = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/**
 * A point from one datum in another, good to about a metre.
 *
 * @param point longitude, latitude in degrees; outside China it stays as it is
 */
export function convertDatum(point: readonly [number, number], from: Datum, to: Datum): [number, number] {
  if (from === to) return [...point];
  return gcoord.transform<[number, number]>([...point], CRS[from], CRS[to]);
}
