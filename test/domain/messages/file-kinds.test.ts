import { describe, expect, it } from "vitest";
import { fileKind } from "../../../src/domain/messages/file-kinds.ts";

const of = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

describe("the kind of a file", () => {
  it.each<[string, Uint8Array, string]>([
    ["JPEG", of("\xff\xd8\xff\xe0"), "image image/jpeg jpg"],
    ["PNG", of("\x89PNG\r\n\x1a\n...."), "image image/png png"],
    ["GIF", of("GIF89a"), "image image/gif gif"],
    ["WebP", of("RIFF1234WEBPVP8 "), "image image/webp webp"],
    ["AMR", of("#!AMR\n..."), "voice audio/amr amr"],
    ["AMR wide band", of("#!AMR-WB\n"), "voice audio/amr amr"],
    ["SILK", of("\x02#!SILK_V3"), "voice audio/silk silk"],
    ["Opus", of("OggS\x00\x02"), "voice audio/ogg ogg"],
    ["MP3", of("ID3\x04"), "voice audio/mp3 mp3"],
    ["MP3 without a tag", of("\xff\xfb\x90"), "voice audio/mp3 mp3"],
    ["MP4", of("\x00\x00\x00\x20ftypisom"), "video video/mp4 mp4"],
    ["PDF", of("%PDF-1.7"), "file application/pdf pdf"],
    ["text", Uint8Array.from(Buffer.from("路灯坏了，三天没人管\n")), "file text/plain; charset=utf-8 txt"],
  ])("%s", (_name, bytes, kind) => {
    const found = fileKind(bytes);
    expect(`${found?.form} ${found?.contentType} ${found?.ending}`).toBe(kind);
  });

  it.each([
    ["word/document.xml", "docx"],
    ["xl/workbook.xml", "xlsx"],
    ["ppt/presentation.xml", "pptx"],
  ])("an Office document with %s", (part, ending) => {
    expect(fileKind(of(`PK\x03\x04[Content_Types].xml....${part}`))).toMatchObject({ form: "file", ending });
  });

  it.each<[string, Uint8Array]>([
    ["nothing", of("")],
    ["a program", of("MZ\x90\x00\x03")],
    ["a plain archive", of("PK\x03\x04evil.exe")],
    ["a document with macros", of("PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin")],
    ["a page", of("  <html><script>alert(1)</script>")],
    ["a drawing", of("<svg onload=alert(1)>")],
    ["bytes that are no text", of("\x01\x02\x03")],
  ])("is none that is taken: %s", (_name, bytes) => {
    expect(fileKind(bytes)).toBeNull();
  });
});
