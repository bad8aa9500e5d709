/** A day on which deputies receive people at a station (接待日). */
export type Reception = {
  /** The code of the station. */
  readonly station: string;
  readonly stationName: string;
  readonly township: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  /** HH:MM, in the county's time zone. */
  readonly from: string;
  readonly until: string;
  readonly place: string;
  /** The deputies who receive; empty where the list names none. */
  readonly deputies: readonly ReceivingDeputy[];
};

/** A deputy of a reception day, and whether they are there. */
type ReceivingDeputy = { readonly name: string; readonly isAway: boolean };

/** The next reception day of a station: those of its deputies who are there, and the days before it that fall out because nobody is. */
export type NextReception = {
  readonly reception: Reception;
  readonly names: readonly string[];
  readonly cancelled: readonly Reception[];
};

/**
 * The next reception day of one station; null where none is known, or nobody is there on any.
 *
 * @param receptions of that station, in any order
 * @param now the day and the time of day, HH:MM, in the county's time zone: what has ended is over
 */
export function nextReception(
  receptions: readonly Reception[],
  now: { readonly day: string; readonly time: string },
): NextReception | null {
  const ahead = receptions
    .filter(({ day, until }) => day > now.day || (day === now.day && until > now.time))
    .toSorted((a, b) => `${a.day} ${a.from}`.localeCompare(`${b.day} ${b.from}`));
  const at = ahead.findIndex((one) => !isCancelled(one));
  const reception = ahead[at];
  if (reception === undefined) return null;
  const names = reception.deputies.filter(({ isAway }) => !isAway).map(({ name }) => name);
  return { reception, names, cancelled: ahead.slice(0, at) };
}

/** Whether nobody is there of those who were to receive. */
export function isCancelled({ deputies }: Pick<Reception, "deputies">): boolean {
  return deputies.length > 0 && deputies.every(({ isAway }) => isAway);
}

/** Whether a text is a time of day, HH:MM. */
export function isTimeOfDay(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}
