import type { MediaReference } from "./message.ts";

/** The form in which a file is handled. */
type Form = MediaReference["form"];

/** The kind of a file, by what it holds: never by its name, nor by what a platform says of it. */
export type FileKind = { readonly form: Form; readonly contentType: string; readonly ending: string };

/** A signature: the bytes at a place by which a kind of file is known, as Latin-1. */
type Signature = FileKind & { readonly at: number; readonly begins: string; readonly has?: readonly string[] };

const office = (type: string, ending: string, folder: string): Signature => ({
  ...{ form: "file", at: 0, begins: "PK\x03\x04", ending, has: ["[Content_Types].xml", folder] },
  contentType: `application/vnd.openxmlformats-officedocument.${type}`,
});

/** The kinds of files that are taken, by their signatures; text has none, and comes last. */
const SIGNATURES: readonly Signature[] = [
  { form: "image", contentType: "image/jpeg", ending: "jpg", at: 0, begins: "\xff\xd8\xff" },
  { form: "image", contentType: "image/png", ending: "png", at: 0, begins: "\x89PNG\r\n\x1a\n" },
  { form: "image", contentType: "image/gif", ending: "gif", at: 0, begins: "GIF8" },
  { form: "image", contentType: "image/webp", ending: "webp", at: 8, begins: "WEBP" },
  { form: "voice", contentType: "audio/amr", ending: "amr", at: 0, begins: "#!AMR" },
  { form: "voice", contentType: "audio/silk", ending: "silk", at: 0, begins: "#!SILK" },
  // Tencent's own begins with one more byte.
  { form: "voice", contentType: "audio/silk", ending: "silk", at: 0, begins: "\x02#!SILK" },
  { form: "voice", contentType: "audio/ogg", ending: "ogg", at: 0, begins: "OggS" },
  { form: "voice", contentType: "audio/mp3", ending: "mp3", at: 0, begins: "ID3" },
  { form: "voice", contentType: "audio/mp3", ending: "mp3", at: 0, begins: "\xff\xfb" },
  { form: "voice", contentType: "audio/mp3", ending: "mp3", at: 0, begins: "\xff\xf3" },
  { form: "video", contentType: "video/mp4", ending: "mp4", at: 4, begins: "ftyp" },
  { form: "file", contentType: "application/pdf", ending: "pdf", at: 0, begins: "%PDF-" },
  office("wordprocessingml.document", "docx", "word/"),
  office("spreadsheetml.sheet", "xlsx", "xl/"),
  office("presentationml.presentation", "pptx", "ppt/"),
];

const TEXT: FileKind = { form: "file", contentType: "text/plain; charset=utf-8", ending: "txt" };

/** What of a packed document may run by itself when it is opened. */
const MACROS = "vbaProject.bin";

/** So much of a file is looked at to know what kind of document or text it is. */
const LOOKED_AT = 64 * 1024;

/** The kind of a file by its bytes; null where it is none that is taken: drawings, programs, archives, documents with macros. */
export function fileKind(bytes: Uint8Array): FileKind | null {
  const latin1 = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const found = SIGNATURES.filter(({ at, begins }) => latin1(at, at + begins.length) === begins);
  if (found.some(({ has }) => has !== undefined)) return packed(found, bytes);
  const [kind] = found;
  if (kind !== undefined) return kindOf(kind);
  return isText(bytes) ? TEXT : null;
}

/** The ending of names of files of a content type that is taken; null for any other. */
export function endingOf(contentType: string): string | null {
  return [...SIGNATURES, TEXT].find((one) => one.contentType === contentType)?.ending ?? null;
}

/** The largest file of each form that is taken in, in bytes. */
export const LARGEST_TAKEN: Readonly<Record<Form, number>> = {
  image: 10 * 1024 * 1024,
  voice: 10 * 1024 * 1024,
  video: 20 * 1024 * 1024,
  file: 20 * 1024 * 1024,
};

/** Documents name their parts in the clear, at their beginning and in a list at their end. */
function packed(found: readonly Signature[], bytes: Uint8Array): FileKind | null {
  const ends = textIn(bytes.subarray(0, LOOKED_AT)) + textIn(bytes.subarray(-LOOKED_AT));
  if (ends.includes(MACROS)) return null;
  const kind = found.find(({ has = [] }) => has.every((part) => ends.includes(part)));
  return kind === undefined ? null : kindOf(kind);
}

function kindOf({ form, contentType, ending }: Signature): FileKind {
  return { form, contentType, ending };
}

function textIn(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** Whether bytes are words in UTF-8, without signs that no text has, and no markup that a browser would draw. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  const beginning = bytes.subarray(0, LOOKED_AT);
  const words = new TextDecoder("utf-8").decode(beginning);
  const broken = words.slice(0, -2).includes("\ufffd");
  return !broken && !beginning.some(isControl) && !/^\s*</.test(words);
}

/** Whether a byte is a sign that no text has: a control but tabs, line feeds, form feeds and returns. No byte of a longer sign in UTF-8 is one. */
function isControl(byte: number): boolean {
  return (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f;
}
