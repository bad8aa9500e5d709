import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import qrcode from "qrcode";
import { isKnownScene } from "../casework/places/known-scene.ts";
import { sceneLinks } from "../casework/places/scene-links.ts";
import type { Config } from "../config.ts";
import { canonicalCode } from "../domain/dialog/invite-code.ts";
import { createLog } from "../log.ts";
import { closePdf, openPdf } from "../print/document.ts";
import { drawQrCode } from "../print/qr-code.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import { openRuntime } from "../process/runtime.ts";
import type { CommandContext } from "./context.ts";

const FORMATS = { ".png": "png", ".svg": "svg", ".pdf": "pdf" } as const;
type QrFormat = (typeof FORMATS)[keyof typeof FORMATS];

const PIXELS = 720;
const PAGE_POINTS = 420;
const CODE_POINTS = 320;

/**
 * Draws a QR code.
 * @param options.caption stands under the code of a PDF
 * @param options.made the moment that a PDF says of itself
 */
export async function drawQr(
  content: string,
  options: { readonly format: QrFormat; readonly caption: string; readonly made: Date },
): Promise<Uint8Array> {
  const { format, caption, made } = options;
  if (format === "svg") return Buffer.from(await qrcode.toString(content, { type: "svg", margin: 4 }), "utf8");
  if (format === "png") {
    return qrcode.toBuffer(content, { type: "png", width: PIXELS, margin: 4, errorCorrectionLevel: "Q" });
  }
  const page = openPdf({ title: caption, made, size: [PAGE_POINTS, PAGE_POINTS], margin: 0 });
  drawQrCode(page, content, { x: (PAGE_POINTS - CODE_POINTS) / 2, y: 30, side: CODE_POINTS });
  page.fontSize(16).text(caption, 0, CODE_POINTS + 45, { align: "center", width: PAGE_POINTS });
  return closePdf(page);
}

/** The scene that is wanted: the code of the invite `i:-` comes on standard input, and one that stands on the command line is warned of. */
export async function sceneGiven(
  { output, readInput, areArgumentsSeen }: Pick<CommandContext, "output" | "readInput" | "areArgumentsSeen">,
  scene: string,
): Promise<string> {
  if (scene === "i:-") return `i:${canonicalCode(await readInput())}`;
  if (areArgumentsSeen && scene.startsWith("i:")) {
    output.err(
      "Others on this machine can read an invite code on the command line: give i:- and the code on standard input.",
    );
  }
  return scene;
}

/**
 * Runs `liaison qr SCENE --out FILE`: registers the scene at the county's account and writes its code; prints the file.
 */
export async function runQr(
  { out, err }: Output,
  installation: Installation,
  config: Config,
  jurisdictionId: string,
  wanted: { readonly scene: string; readonly file: string; readonly channel?: string },
): Promise<ExitStatus> {
  const { scene, file, channel } = wanted;
  const format = FORMATS[extname(file).toLowerCase() as keyof typeof FORMATS];
  if (format === undefined) {
    err("--out must end in .png, .svg or .pdf.");
    return 2;
  }
  if (!(await isKnown(installation, jurisdictionId, scene))) {
    err(
      `There is no ${scene} in this county: a scene is g:GRID, s:STATION, d:DEPUTY, i:INVITE or t:TOPIC, which is open.`,
    );
    return 1;
  }
  const opened = await openRuntime(installation, config, createLog("silent"));
  try {
    const links = await sceneLinks(opened.runtime, jurisdictionId, channel);
    if (links === null) {
      err(`This county has no ${channel ?? "channel"} account yet: add one with liaison channel add.`);
      return 1;
    }
    const code = await links.of(scene);
    if (!code.ok) {
      err(`The platform gives no code for ${scene}: ${code.reason}.`);
      return 1;
    }
    const refusal = await write(file, await drawQr(code.url, { format, caption: scene, made: new Date() }));
    if (refusal !== null) {
      err(`${file} cannot be written (${refusal}): give another file with --out.`);
      return 1;
    }
    out(file);
    return 0;
  } finally {
    await opened.close();
  }
}

/** Writes a file. @returns the system's code for why not, or null when it is there */
async function write(file: string, content: Uint8Array): Promise<string | null> {
  try {
    await writeFile(file, content);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unknown";
  }
}

async function isKnown({ database }: Installation, jurisdictionId: string, scene: string): Promise<boolean> {
  if (/^i:.{1,62}$/.test(scene)) return true;
  return database.inCounty(jurisdictionId, (tx) => isKnownScene(tx, jurisdictionId, scene));
}
