import type { Context } from "hono";
import type { Position } from "../../domain/messages/message.ts";
import { convertDatum } from "../../domain/place/datum.ts";
import { LARGEST_PHOTO_BYTES, LONGEST_WORDS, MOST_PHOTOS, pageKeyIn, sceneIn } from "../../domain/web-chat/said.ts";
import { photosIn, readForm, wordIn } from "../public-pages/page-form.ts";

/** The form that a page sends, as it was read. */
export type SayForm = {
  readonly page: string | null;
  readonly text: string;
  readonly scene: string | null;
  readonly position: Position | null;
  readonly photos: readonly File[];
  readonly challenge: string;
  readonly nonce: string;
  /** What is wrong about it, by the name of the sentence that says so; null where nothing is. */
  readonly fault: "empty" | "tooLong" | "tooLarge" | "tooManyPhotos" | null;
};

/** The largest form: all photos, and the words around them. */
const LARGEST_FORM_BYTES = MOST_PHOTOS * LARGEST_PHOTO_BYTES + 256 * 1024;

/** Reads a form; null where it is none, and `too-large` where it is larger than what anybody may send. */
export async function readSayForm(c: Context): Promise<SayForm | "too-large" | null> {
  const form = await readForm(c, LARGEST_FORM_BYTES);
  if (form === null || form === "too-large") return form;
  const word = (name: string): string => wordIn(form, name);
  const text = word("text").replaceAll("\r\n", "\n").trim();
  const photos = photosIn(form);
  const position = positionIn(word("lat"), word("lng"), word("datum"));
  return {
    ...{ page: pageKeyIn(word("key")), text, scene: sceneIn(word("scene")), position, photos },
    ...{ challenge: word("challenge"), nonce: word("nonce") },
    fault: faultOf({ text, photos, position }),
  };
}

function faultOf({ text, photos, position }: Pick<SayForm, "text" | "photos" | "position">): SayForm["fault"] {
  if (text === "" && photos.length === 0 && position === null) return "empty";
  if ([...text].length > LONGEST_WORDS) return "tooLong";
  if (photos.length > MOST_PHOTOS) return "tooManyPhotos";
  return photos.some(({ size }) => size > LARGEST_PHOTO_BYTES) ? "tooLarge" : null;
}

/** The place in a form, in the datum of maps; null where there is none. Browsers give places in the satellites' datum. */
function positionIn(lat: string, lng: string, datum: string): Position | null {
  const [latitude, longitude] = [lat, lng].map((one) =>
    /^-?\d{1,3}(\.\d{1,20})?$/.test(one) ? Number(one) : Number.NaN,
  );
  if (latitude === undefined || longitude === undefined) return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  if (datum !== "wgs84") return { latitude, longitude };
  const [x, y] = convertDatum([longitude, latitude], "wgs84", "gcj02");
  return { latitude: y, longitude: x };
}
