/** The photo formats that are taken in, by the bytes with which each begins; null stands for any byte. */
const BEGINNINGS: readonly (readonly (number | null)[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [...ascii("RIFF"), null, null, null, null, ...ascii("WEBP")],
  ascii("GIF87a"),
  ascii("GIF89a"),
];

/** The readers of the image library for these formats; all others are blocked, whatever it might take the bytes for. */
const READERS = ["Jpeg", "Png", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`);

const LARGEST_PIXELS = 50_000_000;

const LONGEST_SIDE = 2_000;

/** A photo from a telephone takes a fifth of a second. */
const LONGEST_SECONDS = 10;

/**
 * The picture of a photo alone: upright, at most 2,000 pixels a side, JPEG, without metadata.
 *
 * @returns null when it is no photo of a format that is taken in, has more than 50 million pixels, or takes too long
 */
export async function cleanPhoto(bytes: Uint8Array): Promise<Uint8Array | null> {
  if (!isPhoto(bytes)) return null;
  const sharp = await imageLibrary();
  try {
    return await sharp(bytes, { limitInputPixels: LARGEST_PIXELS })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .timeout({ seconds: LONGEST_SECONDS })
      .toBuffer();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Whether bytes begin like a photo; drawings and documents, which cost much to read, do not. */
export function isPhoto(bytes: Uint8Array): boolean {
  return BEGINNINGS.some((beginning) => beginning.every((byte, at) => byte === null || bytes[at] === byte));
}

/** The library is loaded for the first photo: most processes see none for hours. */
async function imageLibrary() {
  const { default: sharp } = await import("sharp");
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: READERS });
  return sharp;
}

function ascii(text: string): number[] {
  return [...Buffer.from(text, "latin1")];
}
