const WIDTH = 720;
const HEIGHT = 540;

function fillShape(
  pen: CanvasRenderingContext2D,
  colour: string,
  points: readonly (readonly [number, number])[],
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fill();
}

function fillEllipse(
  pen: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  rx: number,
  ry: number,
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
  pen.fill();
}

/** A drawn picture of a pothole in a road, for whoever has no photo at hand. @throws Error when the browser draws none */
export async function drawSamplePhoto(): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("This browser draws no pictures.");
  const sky = pen.createLinearGradient(0, 0, 0, 220);
  sky.addColorStop(0, "#9cc4e4");
  sky.addColorStop(1, "#e3eef5");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, WIDTH, 220);
  for (const [x, height] of [
    [20, 130],
    [120, 90],
    [520, 110],
    [620, 150],
  ] as const) {
    pen.fillStyle = "#b9aa97";
    pen.fillRect(x, 220 - height, 80, height);
    pen.fillStyle = "#7f8c96";
    for (let y = 232 - height; y < 205; y += 28) for (const dx of [12, 46]) pen.fillRect(x + dx, y, 20, 14);
  }
  fillShape(pen, "#7fa263", [
    [0, 210],
    [WIDTH, 210],
    [WIDTH, HEIGHT],
    [0, HEIGHT],
  ]);
  fillShape(pen, "#5d6166", [
    [300, 210],
    [420, 210],
    [700, HEIGHT],
    [20, HEIGHT],
  ]);
  fillShape(pen, "#e8e3d3", [
    [356, 225],
    [364, 225],
    [366, 262],
    [354, 262],
  ]);
  fillShape(pen, "#e8e3d3", [
    [353, 285],
    [367, 285],
    [370, 335],
    [350, 335],
  ]);
  fillEllipse(pen, "#77797c", 380, 430, 142, 62);
  fillEllipse(pen, "#2f3033", 384, 434, 122, 48);
  fillEllipse(pen, "#6f8796", 392, 444, 84, 26);
  fillEllipse(pen, "#9db4c0", 376, 440, 34, 8);
  return new Promise((resolve, reject) => {
    const take = (photo: Blob | null): void =>
      photo === null ? reject(new Error("This browser makes no JPEG.")) : resolve(photo);
    canvas.toBlob(take, "image/jpeg", 0.85);
  });
}
