import type { Context } from "hono";
import { LONGEST_ANSWER, MOST_ANSWER_PHOTOS, PAGE_ACTS, type PageAct } from "../../domain/answer-page/limits.ts";
import type { How } from "../../domain/case/claims.ts";
import { LARGEST_PHOTO_BYTES, pageKeyIn } from "../../domain/web-chat/said.ts";
import { photosIn, readForm, wordIn } from "../public-pages/page-form.ts";

/** The ways of knowing that a page offers, in the order in which it shows them. */
export const PAGE_HOWS = ["visit", "phone", "unit_word", "resident_word"] as const satisfies readonly How[];

/** The form that a deputy's page sends, as it was read. */
export type AnswerForm = {
  readonly page: string | null;
  readonly link: string;
  readonly text: string;
  readonly act: PageAct | null;
  readonly how: How | null;
  readonly photos: readonly File[];
  /** What is wrong about it, by the name of the sentence that says so; null where nothing is. */
  readonly fault: "empty" | "noAct" | "tooLong" | "tooLarge" | "tooManyPhotos" | null;
};

/** The largest form: all photos, and the words around them. */
const LARGEST_FORM_BYTES = MOST_ANSWER_PHOTOS * LARGEST_PHOTO_BYTES + 256 * 1024;

/** Reads a form; null where it is none, and `too-large` where it is larger than what anybody may send. */
export async function readAnswerForm(c: Context): Promise<AnswerForm | "too-large" | null> {
  const form = await readForm(c, LARGEST_FORM_BYTES);
  if (form === null || form === "too-large") return form;
  const text = wordIn(form, "text").replaceAll("\r\n", "\n").trim();
  const act = PAGE_ACTS.find((one) => one === wordIn(form, "act")) ?? null;
  const photos = photosIn(form);
  return {
    ...{ page: pageKeyIn(wordIn(form, "key")), link: wordIn(form, "l"), text, act, photos },
    how: PAGE_HOWS.find((one) => one === wordIn(form, "how")) ?? null,
    fault: faultOf({ text, act, photos }),
  };
}

function faultOf({ text, act, photos }: Pick<AnswerForm, "text" | "act" | "photos">): AnswerForm["fault"] {
  if (act === null) return "noAct";
  if (text === "" && (photos.length === 0 || act === "close")) return "empty";
  if ([...text].length > LONGEST_ANSWER) return "tooLong";
  if (photos.length > MOST_ANSWER_PHOTOS) return "tooManyPhotos";
  return photos.some(({ size }) => size > LARGEST_PHOTO_BYTES) ? "tooLarge" : null;
}
