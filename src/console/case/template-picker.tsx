import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { fillTemplate, type TemplateValues } from "../../domain/wording/answer-template.ts";
import { mayAskAgain } from "../client/asking.ts";
import { type Locale, loadLanguage, useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { holderOf } from "../parts/marks.tsx";
import type { OneCase } from "./deeds/one-case.ts";

/** Offers the office's answer templates, filled in for this case, each in the languages that it has; not there where there is none. */
export function TemplatePicker({
  one,
  onChosen,
}: {
  readonly one: OneCase;
  readonly onChosen: (text: string) => void;
}) {
  const { onePage } = useWords();
  const { me, call } = useSession();
  const { data = [] } = useQuery({
    queryKey: ["templates"],
    queryFn: async ({ signal }) => (await call("GET /templates", { signal })).body.items,
    enabled: mayAsk(me, "GET /templates"),
    retry: mayAskAgain,
  });
  const choices = data.flatMap(({ id, name, textZh, textEn }) => [
    { value: `${id} zh`, label: name, text: textZh, locale: "zh-CN" as const },
    ...(textEn === ""
      ? []
      : [{ value: `${id} en`, label: onePage.templateEnglish(name), text: textEn, locale: "en" as const }]),
  ]);
  if (choices.length === 0) return null;
  return (
    <NativeSelect
      label={onePage.template}
      value=""
      data={[{ value: "", label: onePage.templateNone }, ...choices.map(({ value, label }) => ({ value, label }))]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        const chosen = choices.find((choice) => choice.value === value);
        if (chosen === undefined) return;
        void valuesOf(one, me.county.name, chosen.locale).then((values) => onChosen(fillTemplate(chosen.text, values)));
      }}
    />
  );
}

/** What is known of a case, in the language of the text; what is not known is left out. */
async function valuesOf(one: OneCase, county: string, locale: Locale): Promise<TemplateValues> {
  const { words, times } = await loadLanguage(locale);
  const place = one.place.name ?? one.place.grid;
  return {
    number: one.number,
    county,
    holder: holderOf(one.holder, words),
    due: times.day(one.dueOn),
    ...(place === null || one.place.doubt !== "none" ? {} : { place }),
  };
}
