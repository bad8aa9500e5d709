import { shortNumber } from "../days.ts";
import type { FileWording } from "./sentences.ts";

/** The Chinese sentences about files. */
export const fileZh: FileWording = {
  notTaken: ({ number, why }) =>
    why === "too-large"
      ? `编号${number}：您发来的文件太大，没有收下。请发小一点的，照片不超过10兆，视频和文件不超过20兆；也可以用文字说。`
      : `编号${number}：您发来的文件打不开，没有收下。能收的有：照片、语音、MP4视频、PDF、Word、Excel、PPT和纯文字。也可以用文字说。`,
  notShown: ({ number, photos, recordings, files, page }) => {
    const what = [
      photos > 0 ? `${photos}张照片` : "",
      recordings > 0 ? `${recordings}段录音` : "",
      files > 0 ? `${files}个文件` : "",
    ].filter((part) => part !== "");
    const begin = `${shortNumber(number)}号附${what.join("、")}，这里显示不了。`;
    if (page.kind === "none") return `${begin}要看，请联系县办公室。`;
    if (page.kind === "open") return `${begin}请在您打开的那个网页上刷新后看。`;
    return `${begin}请打开网页看：\n${page.address}\n只能在一部手机上打开，请不要转发。`;
  },
};
