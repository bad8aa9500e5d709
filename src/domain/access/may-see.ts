import type { Role } from "./roles.ts";

/** A reader of cases, as far as it decides what exists for them. */
export type Reader = {
  readonly id: string;
  readonly role: Role;
  /** The ids of their stations; of role station alone they count. */
  readonly stations: readonly string[];
  /** The id of the deputy who they are themselves; null for most. */
  readonly deputyId: string | null;
  /** Whether no sealed case exists for them: for a program whose token was not made for those. */
  readonly isWithoutSealed?: true;
};

/** The part of a case that decides who may see it. */
export type Visible = {
  /** Sealed itself, or part of an accusation that was told in several messages. */
  readonly isSealed: boolean;
  readonly stationId: string | null;
  /** Who is accused in it, heads a station of the accused or is related to one of them: ids of deputies. */
  readonly accused: readonly string[];
  /** Who is kept from this case: ids of persons. */
  readonly barred: readonly string[];
};

/**
 * Whether a case exists for a reader: in lists, counts, search, live hints, exports and figures. A sealed case exists for the office
 * alone, and there for nobody who is accused in it, related to them or barred; its words need more than that (see `readings`).
 */
export function maySee(reader: Reader, subject: Visible): boolean {
  if (subject.barred.includes(reader.id)) return false;
  if (subject.isSealed)
    return (
      reader.role === "office" &&
      reader.isWithoutSealed !== true &&
      (reader.deputyId === null || !subject.accused.includes(reader.deputyId))
    );
  switch (reader.role) {
    case "office":
    case "reviewer":
    case "auditor":
      return true;
    case "station":
      return subject.stationId !== null && reader.stations.includes(subject.stationId);
    case "operator":
      return false;
  }
}
