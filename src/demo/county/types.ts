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

/** A station of the practice county. */
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

/** A grid that a deputy of the practice county answers for. */
export type PracticePost = { readonly grid: string; readonly role: "primary" | "backup" };

/** A deputy of the practice county. */
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

/** A named place of the practice county, with the code of its grid. */
export type PracticePlace = { readonly name: string; readonly grid: string };

/** A practice county: an invented one, with everything that an import takes. */
export type PracticeCounty = {
  readonly code: string;
  readonly name: string;
  readonly grids: readonly PracticeGrid[];
  readonly stations: readonly PracticeStation[];
  readonly deputies: readonly PracticeDeputy[];
  readonly units: readonly PracticeUnit[];
  readonly places: readonly PracticePlace[];
};
