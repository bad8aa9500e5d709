/** A grid of the practice county; the border is in WGS-84, closed, longitude first. */
export type PracticeGrid = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly community: string;
  readonly station: string;
  readonly aliases: readonly string[];
  readonly ring: readonly (readonly [number, number])[];
};

export type PracticeStation = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly address: string;
  readonly phone: string;
  /** WGS-84. */
  readonly longitude: number;
  readonly latitude: number;
};

export type PracticePost = { readonly grid: string; readonly role: "primary" | "backup" };

export type PracticeDeputy = {
  readonly code: string;
  readonly name: string;
  readonly level: "township" | "county" | "city" | "provincial" | "national";
  readonly district: string;
  /** Invented and invalid on purpose. */
  readonly phone: string;
  readonly stations: readonly string[];
  readonly grids: readonly PracticePost[];
  readonly groups: readonly string[];
  /** YYYY-MM-DD */
  readonly until: string;
};

type PracticeUnit = {
  readonly code: string;
  readonly name: string;
  readonly phone: string;
  readonly categories: readonly string[];
};

export type PracticePlace = { readonly name: string; readonly grid: string };

/** A county that exists nowhere, with everything that an import takes. */
export type PracticeCounty = {
  readonly code: string;
  readonly name: string;
  readonly grids: readonly PracticeGrid[];
  readonly stations: readonly PracticeStation[];
  readonly deputies: readonly PracticeDeputy[];
  readonly units: readonly PracticeUnit[];
  readonly places: readonly PracticePlace[];
};
