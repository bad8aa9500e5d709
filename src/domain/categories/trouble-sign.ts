/**
 * The extent of a trouble: the same trouble of one estate or group, of one building, of one road, or of one school is one matter;
 * elsewhere it is another.
 */
export type Reach = "area" | "building" | "road" | "school";

/** A sign of a trouble: what people of one place say of the same thing, however they say it. */
export type TroubleSign = {
  /** Letters and `-`; what topics name. */
  readonly code: string;
  /** The topic of the default catalogue to which it belongs. */
  readonly category: string;
  readonly reach: Reach;
  /** What it is called, by the language of whoever reads it. */
  readonly zh: string;
  readonly en: string;
  readonly pattern: RegExp;
};
