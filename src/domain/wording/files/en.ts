import { shortNumber } from "../days.ts";
import type { FileWording } from "./sentences.ts";

const counted = (count: number, one: string) => (count === 0 ? "" : `${count} ${one}${count === 1 ? "" : "s"}`);

/** The English sentences about files. */
export const fileEn: FileWording = {
  notTaken: ({ number, why }) =>
    why === "too-large"
      ? `No. ${number}: your file is too large and was not taken. Photos may have 10 MB, films and files 20 MB; or tell it in words.`
      : `No. ${number}: your file cannot be read and was not taken. Photos, voice messages, MP4 films, PDF, Word, Excel, PowerPoint and plain text can be; or tell it in words.`,
  notShown: ({ number, photos, recordings, files, page }) => {
    const parts = [counted(photos, "photo"), counted(recordings, "recording"), counted(files, "file")];
    const what = parts.filter((part) => part !== "").join(", ");
    const begin = `No. ${shortNumber(number)} comes with ${what}, which cannot be shown here.`;
    if (page.kind === "none") return `${begin} Please ask the county office.`;
    if (page.kind === "open") return `${begin} Reload the page that you have open to see it.`;
    return `${begin} Open the page to see it:\n${page.address}\nIt opens on one phone only. Please do not forward it.`;
  },
};
