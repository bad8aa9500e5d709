const MESSAGES: Readonly<Record<number, string>> = {
  [-1]: "system error",
  0: "ok",
  40001: "invalid credential, access_token is invalid or not latest",
  40002: "invalid grant_type",
  40003: "invalid openid",
  40004: "invalid media type",
  40007: "invalid media_id",
  40008: "invalid message type",
  40009: "invalid image size",
  40013: "invalid appid",
  40037: "invalid template_id",
  40053: "invalid action info",
  40125: "invalid appsecret",
  40200: "invalid account type",
  41001: "access_token missing",
  41002: "appid missing",
  41004: "appsecret missing",
  41005: "media data missing",
  42001: "access_token expired",
  43004: "require subscribe",
  43101: "user refuse to accept the msg",
  44004: "empty content",
  45002: "content size out of limit",
  45008: "article size out of limit",
  45009: "reach max api daily quota limit",
  45011: "api minute-quota reach limit",
  45015: "response out of time limit or subscription is canceled",
  45047: "out of response count limit",
  45072: "invalid command",
  45081: "typing already",
  45098: "msgmenu list size out of limit",
  45099: "msgmenu item content size out of limit",
  47001: "data format error",
  47003: "argument invalid!",
  48001: "api unauthorized",
};

/** An answer of the API as it goes over the wire; `errcode` 0 or absent is success. */
type ApiAnswer = { readonly errcode?: number; readonly errmsg?: string; readonly [name: string]: unknown };

/** The result of a call of one interface; `messageId` names the line that it put on a phone. */
export type ApiResult = { readonly answer: ApiAnswer; readonly messageId?: number };

/** The answer that carries an error. `detail` follows the platform's own words, as in 47003. */
export function failure(errcode: number, detail = ""): ApiResult {
  return { answer: { errcode, errmsg: `${MESSAGES[errcode] ?? "error"}${detail === "" ? "" : ` ${detail}`}` } };
}

/** The answer `{"errcode":0,"errmsg":"ok"}` with whatever belongs to it. */
export function success(rest: Readonly<Record<string, unknown>> = {}, messageId?: number): ApiResult {
  return { answer: { errcode: 0, errmsg: "ok", ...rest }, ...(messageId === undefined ? {} : { messageId }) };
}
