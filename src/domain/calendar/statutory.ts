import chineseDays from "chinese-days";
import { addDays } from "./days.ts";

/** A feast with its days that are free by law, whatever is announced beside them. */
type Feast = { readonly name: string; readonly days: readonly string[] };

const known = new Map<number, readonly Feast[]>();

/**
 * The statutory holidays of a year by feast, without days off that are made up for (全国年节及纪念日放假办法, in force 2025).
 *
 * @param year 1900 to 2099
 */
export function feastsOf(year: number): readonly Feast[] {
  const feasts = known.get(year) ?? workOut(year);
  known.set(year, feasts);
  return feasts;
}

/** The feast of a day that is free by law; null where it is none. */
export function feastOn(day: string): string | null {
  return feastsOf(Number(day.slice(0, 4))).find(({ days }) => days.includes(day))?.name ?? null;
}

function workOut(year: number): Feast[] {
  const spring = lunar(year, "01-01");
  return [
    { name: "元旦", days: [`${year}-01-01`] },
    { name: "春节", days: [-1, 0, 1, 2].map((days) => addDays(spring, days)) },
    { name: "清明节", days: [`${year}-04-0${tombSweepingDay(year)}`] },
    { name: "劳动节", days: [`${year}-05-01`, `${year}-05-02`] },
    { name: "端午节", days: [lunar(year, "05-05")] },
    { name: "中秋节", days: [lunar(year, "08-15")] },
    { name: "国庆节", days: [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`] },
  ];
}

/** Noon keeps the library, which counts in the process's own time zone, on the right day everywhere. */
function lunar(year: number, monthAndDay: string): string {
  return chineseDays.getSolarDateFromLunar(`${year}-${monthAndDay}T12:00:00`).date;
}

/** 清明 falls on 4 or 5 April: the usual approximation for 2000 to 2099. */
function tombSweepingDay(year: number): number {
  const ofCentury = year % 100;
  return Math.floor(ofCentury * 0.2422 + 4.81) - Math.floor(ofCentury / 4);
}
