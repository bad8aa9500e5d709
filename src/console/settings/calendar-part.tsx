import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";
import { type DayMark, Month } from "./month.tsx";
import { PasteDialog } from "./paste-dialog.tsx";

const MONTHS = Array.from({ length: 12 }, (_, month) => month);

/** A year's days off and make-up days, to click on or to paste. @param props.year the present one when left out */
export function CalendarPart(props: { readonly year: string | undefined }) {
  const { words, times } = useLanguage();
  const { settings } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const thisYear = Number(times.dayOf(new Date()).slice(0, 4));
  const year = props.year ?? String(thisYear);
  const [changed, setChanged] = useState<Readonly<Record<string, "rest" | "work" | null>>>({});
  const [isPasting, setPasting] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const key = useRef(newKey());
  const { run, isBusy, error, forget } = useWorking();
  const asked = useQuery({
    queryKey: ["calendar", year],
    queryFn: async ({ signal }) => {
      // The version first: whoever changes the days between the two is noticed.
      const { etag } = (await call("GET /settings", { signal })).body;
      const { body } = await call("GET /settings/calendar/{year}", { params: { year }, signal });
      return { etag, ...body };
    },
    retry: mayAskAgain,
  });
  const { data } = asked;
  const mayChange = mayAsk(me, "PATCH /settings");
  if (data === undefined) return <Asked asked={asked} rows={8} />;
  const [off, work] = [new Set(data.off), new Set(data.work)];
  const markOf = (day: string, isWeekend: boolean): DayMark => {
    const own = changed[day];
    if (own === undefined || own === null) {
      if (own === null) return isWeekend ? "weekend" : "work";
      if (work.has(day)) return "make-up";
      if (off.has(day)) return "rest";
      return isWeekend ? "weekend" : "work";
    }
    return own === "rest" ? "rest" : "make-up";
  };
  const press = (day: string, isWeekend: boolean) => {
    setSaved(false);
    const mark = markOf(day, isWeekend);
    const { [day]: before, ...others } = changed;
    if (before !== undefined) setChanged(others);
    else if (isWeekend) setChanged({ ...others, [day]: mark === "make-up" ? "rest" : "work" });
    else setChanged({ ...others, [day]: mark === "rest" ? "work" : "rest" });
  };
  const save = async (
    body: { holidays: typeof changed } | { calendar: { year: number; days: Record<string, "rest" | "work"> } },
  ) => {
    const went = await run(async () => {
      try {
        await call("PATCH /settings", { body, etag: data.etag, key: key.current });
      } finally {
        key.current = newKey();
      }
    });
    setSaved(went);
    if (!went) return;
    setChanged({});
    await asked.refetch();
  };
  const count = Object.keys(changed).length;
  return (
    <>
      <div className="conditions">
        <NativeSelect
          className="sort"
          label={settings.year}
          value={year}
          data={[thisYear - 1, thisYear, thisYear + 1, thisYear + 2].map(String)}
          onChange={(event) =>
            void navigate({ to: "/settings", search: { part: "calendar", year: event.currentTarget.value } })
          }
        />
        {mayChange ? (
          <button type="button" className="deed" onClick={() => setPasting(true)}>
            {settings.paste}
          </button>
        ) : null}
      </div>
      {data.isKnown ? <p>{settings.yearKnown}</p> : <WrongNote text={settings.yearUnknown(data.missing.length)} />}
      {mayChange ? <p className="small">{settings.calendarHint}</p> : null}
      <div className="months">
        {MONTHS.map((month) => (
          <Month
            key={month}
            year={Number(year)}
            month={month}
            markOf={markOf}
            isChanged={(day) => changed[day] !== undefined}
            onPress={mayChange ? press : null}
          />
        ))}
      </div>
      <ChangeRefusal
        error={error}
        onLook={() => {
          forget();
          void asked.refetch();
        }}
      />
      {isSaved ? <DoneNote text={settings.saved} /> : null}
      {count === 0 ? null : (
        <div className="buttons">
          <Button loading={isBusy} onClick={() => void save({ holidays: changed })}>
            {settings.save}
          </Button>
          <Button variant="default" onClick={() => setChanged({})}>
            {words.shell.cancel}
          </Button>
          <span>{settings.changedDays(count)}</span>
        </div>
      )}
      {isPasting ? (
        <PasteDialog
          year={Number(year)}
          onUse={(days) => {
            setPasting(false);
            void save({ calendar: { year: Number(year), days } });
          }}
          onClose={() => setPasting(false)}
        />
      ) : null}
    </>
  );
}
