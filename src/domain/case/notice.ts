/** The ways in which a notice of a petition reaches its writer: printed and handed over, or as text in the chat. */
export const NOTICE_WAYS = ["paper", "chat"] as const;
/** The way in which a notice of a petition reaches its writer. */
export type NoticeWay = (typeof NOTICE_WAYS)[number];

/** The articles of 《信访工作条例》 (2022) by which a notice says to whom a petition belongs: 22 of the organ's own, 23 of other organs. */
export const NOTICE_ARTICLES = ["22", "23"] as const;
/** The article by which a notice says to whom a petition belongs. */
export type NoticeArticle = (typeof NOTICE_ARTICLES)[number];

/** The number of a notice as people read it: “信访告知〔2026〕3号”. @param serial from 1 in each year and county */
export function noticeNumber(year: number, serial: number): string {
  return `信访告知〔${year}〕${serial}号`;
}
