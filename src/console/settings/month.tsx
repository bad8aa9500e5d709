import { useLanguage } from "../client/language.tsx";

/** The kind of a day of the calendar: an ordinary working day, a day off, a weekend, or a weekend that is worked. */
export type DayMark = "work" | "rest" | "weekend" | "make-up";

/** A month of the calendar, each day a button that says what it is. @param props.onPress null where somebody only looks */
export function Month(props: {
  readonly year: number;
  readonly month: number;
  readonly markOf: (day: string, isWeekend: boolean) => DayMark;
  readonly isChanged: (day: string) => boolean;
  readonly onPress: ((day: string, isWeekend: boolean) => void) | null;
}) {
  const { words, times } = useLanguage();
  const { settings } = words;
  const { year, month, markOf, isChanged, onPress } = props;
  const name = settings.months[month] ?? "";
  const said: Readonly<Record<DayMark, string>> = {
    work: settings.marks.work,
    rest: settings.marks.rest,
    weekend: settings.marks.weekend,
    "make-up": settings.marks.work,
  };
  const short: Readonly<Record<DayMark, string>> = {
    work: "",
    rest: settings.short.rest,
    weekend: "",
    "make-up": settings.short.work,
  };
  return (
    <table className="month" aria-label={`${year} ${name}`}>
      <caption>{name}</caption>
      <thead>
        <tr>
          {settings.weekdays.map((one) => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, at) => {
              const isWeekend = at > 4;
              if (day === null) return <td key={`none-${settings.weekdays[at]}`} />;
              const mark = markOf(day, isWeekend);
              const number = Number(day.slice(8));
              const label = `${times.day(day)} ${said[mark]}`;
              const className = `day day-${mark}${isChanged(day) ? " day-changed" : ""}`;
              const text = (
                <>
                  <span aria-hidden="true">{number}</span>
                  <span aria-hidden="true" className="day-mark">
                    {short[mark]}
                  </span>
                  <span className="unseen">{label}</span>
                </>
              );
              return (
                <td key={day}>
                  {onPress === null ? (
                    <span className={className}>{text}</span>
                  ) : (
                    <button type="button" className={className} onClick={() => onPress(day, isWeekend)}>
                      {text}
                    </button>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The days of a month by weeks that begin on Monday; null before its first and behind its last. */
function weeksOf(year: number, month: number): (string | null)[][] {
  const first = new Date(Date.UTC(year, month, 1));
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (first.getUTCDay() + 6) % 7;
  const days = Array.from({ length }, (_, at) => new Date(Date.UTC(year, month, at + 1)).toISOString().slice(0, 10));
  const cells = [...Array.from({ length: before }, () => null), ...days];
  while (cells.length % 7 > 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
