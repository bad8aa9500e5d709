import type { ServiceQuestion } from "../dialog/service-questions.ts";

/** The holder of a case, as a resident may know them; null while it is with the office. */
export type Holder = { readonly deputy: string; readonly station: string | null } | null;

/** The facts with which the service answers questions about itself: who answers for the places that are meant, as far as they are known. */
export type ServiceFacts = {
  readonly about: ServiceQuestion;
  /** Empty where no place is known, or too many fit. */
  readonly places: readonly ServedPlace[];
  /** The words fit more places than a phone shows. */
  readonly fitsMany: boolean;
  /** Working days within which an ordinary case is answered. */
  readonly days: number;
  /** What people call the platform on which it is asked. */
  readonly platform: string;
};

/** A place with whoever answers there today. */
export type ServedPlace = {
  readonly label: string;
  /** `before` is where the person's matters lay. */
  readonly by: "told" | "scene" | "before";
  /** Who would get an ordinary case there now; null for the office. */
  readonly holder: Holder;
  /** Names of the grid's other deputies in office. */
  readonly others: readonly string[];
  readonly station: StationContact | null;
};

/** A station as anybody may find it; null for what was not entered. */
export type StationContact = { readonly name: string; readonly address: string | null; readonly phone: string | null };
