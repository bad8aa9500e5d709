import { closePdf, openPdf, type PageSize } from "../../print/document.ts";
import { drawQrCode } from "../../print/qr-code.ts";

/** The sizes in which posters are printed; a card is as large as a visiting card. */
export const POSTER_SIZES = ["A4", "A3", "card"] as const;
/** The size of a poster. */
export type PosterSize = (typeof POSTER_SIZES)[number];

/** The beginning of the scene of a topic's code. */
export const TOPIC_SCENE = "t:";

/** The text and link of a poster. */
export type Poster = {
  /** `g:` and the code of a grid, `s:` and that of a station, or `t:` and the number of a topic. */
  readonly scene: string;
  /** What scanning the code gives. */
  readonly link: string;
  readonly name: string;
  readonly township: string;
  readonly station: string | null;
  /** The address and phone of the station, as far as they are known. */
  readonly contact: string;
};

const MILLIMETRE = 72 / 25.4;
const PAGES: Readonly<Record<PosterSize, PageSize>> = {
  A4: "A4",
  A3: "A3",
  card: [90 * MILLIMETRE, 54 * MILLIMETRE],
};
const DANGER = "有危险时先打 110、119、120。";

/** The way by which the codes of posters are read: the name of the one platform, null for a page; or one of several, which a page offers. */
export type ReadBy = { readonly platform: string | null; readonly isOneOfSeveral: boolean };

/** Writes posters as one PDF, a page each. @param told.by how their codes are read */
export function writePosters(
  posters: readonly Poster[],
  told: { readonly county: string; readonly size: PosterSize; readonly by: ReadBy; readonly made: Date },
): Promise<Uint8Array> {
  const { county, size, by, made } = told;
  const document = openPdf({ title: `${county}海报`, made, size: PAGES[size], margin: 0, isStarted: false });
  for (const poster of posters) {
    document.addPage();
    const says = poster.scene.startsWith(TOPIC_SCENE) ? topicSentences(by) : sentences(by);
    if (size === "card") drawCard(document, poster, { county, says });
    else drawPoster(document, poster, { county, says });
  }
  return closePdf(document);
}

/** How to write, in three sentences. */
function sentences(by: ReadBy): readonly string[] {
  return [
    `${scanned(by)}，${opens(by)}。`,
    "直接写：什么事、在哪里。可以发照片，不用填表。",
    "会告诉您交给了哪位代表；以后的答复也发到这里。",
  ];
}

/** How to join what others told, in three sentences; nothing of what they said stands on a poster. */
function topicSentences(by: ReadBy): readonly string[] {
  return [
    `您也遇到这件事：${scanned(by)}，照回的话说“附议”。`,
    "会给您一个自己的编号，不用从头再说一遍。",
    "答复发到您自己的聊天里；别人看不到您说了什么。",
  ];
}

function scanned({ platform }: ReadBy): string {
  return platform === null ? "用手机相机或微信扫这个码" : `用${platform}扫这个码`;
}

function opens({ platform, isOneOfSeveral }: ReadBy): string {
  if (isOneOfSeveral) return "选一种您常用的方式";
  return platform === null ? "打开联络站的网页" : "打开联络站的聊天窗口";
}

type Shared = { readonly county: string; readonly says: readonly string[] };

function drawPoster(document: PDFKit.PDFDocument, poster: Poster, { county, says }: Shared): void {
  const { width, height } = document.page;
  const part = width / 595;
  const [left, inner] = [56 * part, width - 112 * part];
  const centred = { width: inner, align: "center" } as const;
  document
    .rect(0, 0, width, 92 * part)
    .fill("#8f1d1d")
    .fillColor("#ffffff");
  document
    .font("bold")
    .fontSize(30 * part)
    .text(`${county}人大代表联络站`, left, 26 * part, centred);
  document.fillColor("#1f2933");
  const name = fitted(document, poster.name, { most: 44 * part, least: 22 * part, width: inner });
  document
    .font("bold")
    .fontSize(name)
    .text(poster.name, left, 118 * part, { ...centred, height: 2.9 * name });
  document.font("regular").fontSize(17 * part);
  const where = [poster.township, poster.station].filter((one) => one !== null && one !== "" && one !== poster.name);
  document.text(where.join(" · "), left, document.y + 2 * part, centred);
  const side = 330 * part;
  drawQrCode(document, poster.link, { x: (width - side) / 2, y: 232 * part, side });
  let y = 232 * part + side + 14 * part;
  for (const [at, sentence] of says.entries()) {
    document
      .font("bold")
      .fontSize(19 * part)
      .text(`${at + 1}`, left, y, { width: 26 * part });
    document.font("regular").text(sentence, left + 30 * part, y, { width: inner - 30 * part });
    y = document.y + 9 * part;
  }
  const foot = [poster.contact, DANGER].filter((one) => one !== "").join("\n");
  document.fontSize(13 * part).fillColor("#323f4b");
  const footHeight = document.heightOfString(foot, centred);
  document.text(foot, left, height - 38 * part - footHeight, centred);
  document.fontSize(9 * part).text(poster.scene, left, height - 26 * part, centred);
}

function drawCard(document: PDFKit.PDFDocument, poster: Poster, { county, says }: Shared): void {
  const { width, height } = document.page;
  const side = height - 16;
  drawQrCode(document, poster.link, { x: 6, y: 8, side });
  const [left, inner] = [side + 14, width - side - 24];
  document.fillColor("#8f1d1d").font("bold").fontSize(8).text(`${county}人大代表联络站`, left, 14, { width: inner });
  const name = fitted(document, poster.name, { most: 13, least: 8, width: inner });
  document
    .fillColor("#1f2933")
    .fontSize(name)
    .text(poster.name, left, document.y + 3, { width: inner, height: 2.9 * name });
  document.font("regular").fontSize(6.5);
  for (const sentence of says) document.text(sentence, left, document.y + 2.5, { width: inner });
  document.fontSize(5.5).text(`${DANGER}  ${poster.scene}`, left, height - 24, { width: inner });
}

/** The largest size in which a name takes at most two lines. */
function fitted(
  document: PDFKit.PDFDocument,
  name: string,
  { most, least, width }: Readonly<Record<"most" | "least" | "width", number>>,
): number {
  let size = most;
  document.font("bold");
  for (; size > least; size *= 0.92) {
    document.fontSize(size);
    if (document.heightOfString(name, { width }) <= document.currentLineHeight(true) * 2.1) return size;
  }
  return least;
}
