/**
 * What WeChat writes in place of a sticker and of other things that accounts are not given, by the language of the person's
 * client: Chinese (mainland, Taiwan, Hong Kong) and English as reported by others, the rest as clients word it elsewhere.
 */
const PLACEHOLDERS: readonly RegExp[] = [
  /^收到不支(?:持|援)的(?:消息|訊息|讯息|信息)(?:类型|類型|种类|種類)?[,。 ]*(?:(?:暂时?|暫時?)?(?:无法|無法|不能)(?:显示|顯示))?$/,
  /^(?:此|该|該|这种|這種)?(?:消息|訊息)(?:类型|類型)?(?:暂|暫)?不支(?:持|援)(?:显示|顯示|查看|檢視)?$/,
  /^(?:received )?(?:an )?(?:unsupported|unknown) (?:message|msg)(?: type)?[,. ]*(?:(?:unable to|cannot|can't)(?: be)? display(?:ed)?)?$/,
  /^(?:this )?message(?: type)? (?:is )?not supported$/,
  /^(?:动画表情|動畫表情|动态表情|動態貼圖|貼圖|表情|animated ?stickers?|stickers?|custom emoji|gif)$/,
  /^(?:サポートされていない|対応していない|未対応の?)メッセージ(?:です)?$/,
  /^지원(?:되지|하지) 않는 메시지(?:입니다)?$/,
  /^(?:mesej|pesan) (?:yang )?tidak (?:disokong|didukung)$/,
  /^tin nhắn không (?:được )?hỗ trợ$/,
  /^ข้อความที่ไม่รองรับ$/,
  /^(?:mensaje no (?:compatible|admitido)|mensagem (?:não|sem) (?:suportada|suporte)|message non (?:pris en charge|supporté)|messaggio non supportato|nicht unterstützte nachricht|неподдерживаемое сообщение|desteklenmeyen mesaj)$/,
];

/** What nobody would write, even where a client leaves the brackets out. */
const NOBODY_WRITES = /^收到不支(?:持|援)的(?:消息|訊息)(?:类型|類型)[, ]*(?:暂时?|暫時?)?(?:无法|無法)(?:显示|顯示)$/;
/** Brackets differ between clients and versions. */
const IN_BRACKETS = /^[[【［〔「(（]\s*(.*?)\s*[\]】］〕」)）]$/su;

/** Whether a text was written by the platform in place of something else: it is nobody's words. */
export function isPlaceholder(text: string): boolean {
  const [, inside] = IN_BRACKETS.exec(text.trim()) ?? [];
  const said = (inside ?? text)
    .normalize("NFKC")
    .replace(/[\s\p{Cf}]+/gu, " ")
    .trim()
    .toLowerCase();
  if (inside === undefined) return NOBODY_WRITES.test(said);
  return PLACEHOLDERS.some((placeholder) => placeholder.test(said));
}
