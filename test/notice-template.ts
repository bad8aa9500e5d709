import type { NoticeTemplate } from "../src/demo/platforms/wechat/account.ts";

/** A template of notices as the simulated platform has it. */
export function noticeTemplate(id: string): NoticeTemplate {
  const labels = { character_string1: "编号", thing2: "事项", name3: "代表", date4: "日期" };
  return { id, title: "诉求办理进度通知", labels };
}
