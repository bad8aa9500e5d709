import { closePdf, openPdf } from "../../print/document.ts";
import { drawQrCode } from "../../print/qr-code.ts";

/** The invitation of a deputy, as it is printed. */
export type InviteSheet = {
  readonly name: string;
  readonly code: string;
  /** What scanning the code gives; null where the platform has none. */
  readonly link: string | null;
};

const LEFT = 72;
const STEPS = [
  "扫下面的码，打开联络站的聊天窗口。",
  "码没有反应时，把下面的文字原样发过来。",
  "收到“绑定好了”就可以用了。",
];

/** Writes invitations as one PDF, a page each. @param told.until the last day of the codes */
export function writeInvites(
  sheets: readonly InviteSheet[],
  told: { readonly county: string; readonly station: string; readonly until: string; readonly made: Date },
): Promise<Uint8Array> {
  const { county, station, until, made } = told;
  const document = openPdf({ title: `${county}代表绑定单`, made, margin: 0, isStarted: false });
  for (const { name, code, link } of sheets) {
    document.addPage();
    const width = document.page.width - 2 * LEFT;
    document.font("bold").fontSize(24).text(`${county}人大代表联络站`, LEFT, 64, { width });
    document
      .font("regular")
      .fontSize(14)
      .text(station, LEFT, document.y + 4, { width });
    document.fontSize(20).text(`${name}代表：`, LEFT, document.y + 30, { width });
    document.fontSize(15);
    for (const [at, step] of STEPS.entries()) document.text(`${at + 1}. ${step}`, LEFT, document.y + 10, { width });
    const y = document.y + 24;
    const side = 260;
    if (link !== null) drawQrCode(document, link, { x: (document.page.width - side) / 2, y, side });
    document.font("bold").fontSize(26);
    document.text(code, LEFT, link === null ? y : y + side + 16, { width, align: "center", characterSpacing: 2 });
    document.font("regular").fontSize(13);
    document.text(`${until} 前有效，只能用一次，请不要转给别人。`, LEFT, document.y + 16, { width, align: "center" });
  }
  return closePdf(document);
}
