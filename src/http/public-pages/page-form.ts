import type { Context } from "hono";
import { cleanPhoto } from "../../casework/inbox/clean-photo.ts";
import { addressGroup } from "../../domain/web-chat/said.ts";
import type { ClientAddress } from "../client-address.ts";

/** So much of a form that is too large is read and thrown away, so that the browser hears the answer. */
const DRAINED_BYTES = 64 * 1024 * 1024;

/** Reads a page's form; null where it is none, and `too-large` where it is larger than what anybody may send. */
export async function readForm(c: Context, largestBytes: number): Promise<FormData | "too-large" | null> {
  const length = c.req.header("content-length");
  // Browsers say how long a form is; whoever does not may send without end.
  if (length === undefined) return null;
  if (Number(length) > largestBytes) {
    await drain(c.req.raw.body);
    return "too-large";
  }
  try {
    return await c.req.formData();
  } catch {
    return null;
  }
}

/** The words of a form under a name; empty where there are none. */
export function wordIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The photos of a form; a field that was left empty holds none. */
export function photosIn(form: FormData): File[] {
  return form.getAll("photo").filter((one): one is File => one instanceof File && one.size > 0);
}

/** The pictures of photos, without anything else that stood in the files; null where one of them is no photo. */
export async function cleanPhotos(photos: readonly File[]): Promise<Uint8Array[] | null> {
  const clean: Uint8Array[] = [];
  for (const photo of photos) {
    const picture = await cleanPhoto(new Uint8Array(await photo.arrayBuffer()));
    if (picture === null) return null;
    clean.push(picture);
  }
  return clean;
}

/** So many large requests are in memory at once, and so many of one address: whoever sends slowly holds up nobody else. */
const LARGE_AT_ONCE = { all: 32, address: 4 } as const;
const LARGE_BYTES = 64 * 1024;

/** Reads forms, of large ones a few at once; the others are `busy`. */
export function limitLarge<T>(
  addressOf: ClientAddress,
  read: (c: Context) => Promise<T>,
): (c: Context) => Promise<T | "busy"> {
  const open = new Map<string, number>();
  let all = 0;
  return async (c) => {
    const length = Number(c.req.header("content-length") ?? Number.POSITIVE_INFINITY);
    if (length <= LARGE_BYTES) return read(c);
    const address = addressGroup(addressOf(c));
    const here = open.get(address) ?? 0;
    if (all >= LARGE_AT_ONCE.all || here >= LARGE_AT_ONCE.address) return "busy";
    all += 1;
    open.set(address, here + 1);
    try {
      return await read(c);
    } finally {
      all -= 1;
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    }
  };
}

async function drain(body: ReadableStream<Uint8Array> | null): Promise<void> {
  let bytes = 0;
  try {
    for await (const part of body ?? []) {
      bytes += part.byteLength;
      if (bytes > DRAINED_BYTES) return;
    }
  } catch {
    // Whoever has gone needs no answer.
  }
}
