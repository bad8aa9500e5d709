import qrcode from "qrcode";

/** How many modules stay white around a code: the standard's number. */
const QUIET_MODULES = 4;

/** Draws a QR code as vectors, black on white with its quiet zone, inside a square. @param content what scanning it gives */
export function drawQrCode(
  document: PDFKit.PDFDocument,
  content: string,
  square: { readonly x: number; readonly y: number; readonly side: number },
): void {
  const { modules } = qrcode.create(content, { errorCorrectionLevel: "Q" });
  const step = square.side / (modules.size + 2 * QUIET_MODULES);
  document.save().rect(square.x, square.y, square.side, square.side).fill("#ffffff");
  for (let row = 0; row < modules.size; row++) {
    for (const [from, to] of darkRuns(modules, row)) {
      const [x, y] = [from, row].map((at) => (at + QUIET_MODULES) * step);
      // A hair's overlap downwards, or printers show white lines between the rows.
      document.rect(square.x + (x ?? 0), square.y + (y ?? 0), (to - from) * step, step * 1.02);
    }
  }
  document.fill("#000000").restore();
}

function* darkRuns(modules: qrcode.BitMatrix, row: number): Generator<readonly [from: number, to: number]> {
  let from: number | null = null;
  for (let column = 0; column <= modules.size; column++) {
    const isDark = column < modules.size && modules.get(row, column) !== 0;
    if (isDark) from ??= column;
    else if (from !== null) {
      yield [from, column];
      from = null;
    }
  }
}
