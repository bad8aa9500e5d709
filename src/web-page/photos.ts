import { LARGEST_PHOTO_BYTES } from "../domain/web-chat/said.ts";
import { words } from "./words.ts";

/** The size to which photos are drawn: the longest side, and how well. Many at once are drawn smaller, for all of them travel in one request. */
const SIZES = { few: { side: 1_600, quality: 0.8 }, many: { side: 1_280, quality: 0.7 } } as const;
const FEW = 3;
/** Old phones cannot open larger files, and go black trying. */
const LARGEST_FILE_BYTES = 25 * 1024 * 1024;

/**
 * The photos of a form made small, without the place and the device that stood in their files; or why one cannot be sent.
 * @param most so many are taken at once
 */
export async function smallPhotos(
  files: readonly File[],
  most: number,
): Promise<readonly Blob[] | { readonly refused: string }> {
  if (files.length > most) return { refused: words.tooManyPhotos ?? "" };
  const size = files.length > FEW ? SIZES.many : SIZES.few;
  const small: Blob[] = [];
  for (const file of files) {
    if (file.size > LARGEST_FILE_BYTES) return { refused: words.tooLarge ?? "" };
    const one = await smaller(file, size).catch(() => null);
    if (one === null) return { refused: words.noPhoto ?? "" };
    if (one.size > LARGEST_PHOTO_BYTES) return { refused: words.tooLarge ?? "" };
    small.push(one);
  }
  return small;
}

/** Draws a photo anew, upright and small; null where the browser cannot read it. */
async function smaller(file: File, { side, quality }: (typeof SIZES)["few" | "many"]): Promise<Blob | null> {
  const picture = await pictureOf(file);
  const [width, height] = [picture.naturalWidth, picture.naturalHeight];
  if (width === 0 || height === 0) return null;
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(picture.src);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

function pictureOf(file: File): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = () => reject(new Error("no picture"));
    picture.src = URL.createObjectURL(file);
  });
}
