/** The cases that somebody selected, by number, each in the version that was seen. */
export type Selection = ReadonlyMap<string, string>;
