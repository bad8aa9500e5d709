import type { CaseEventType } from "../../../../domain/case/case.ts";

type Details = Readonly<Record<string, unknown>>;
/** Who only hears that something happened is told no details: then a plain word stands there. */
const text = (details: Details, key: string, plain: string): string => String(details[key] ?? plain);

const HOW: Readonly<Record<string, string>> = {
  "walk-in": "来站里说的，当面登记",
  phone: "来电话说的，登记下来",
  paper: "来信（纸），登记下来",
  other: "以其他方式反映，已登记",
};
const CALLED: Readonly<Record<string, string>> = {
  reached: "打了电话，说到了",
  "not-reached": "打了电话，没打通",
  "wrong-number": "打了电话，号码不对",
};

const CONTACT: Readonly<Record<string, string>> = {
  chat: "反映人扫码接到自己的微信，以后在微信里告诉",
  phone: "留了电话，有答复打电话告诉",
  again: "再来站里问",
};

const REPORTED: Readonly<Record<string, string>> = {
  done: "办完了",
  partly: "办了一部分",
  planned: "列入计划",
  refused: "办不了",
};

const STEP: Readonly<Record<string, string>> = {
  told: "打电话告诉了",
  progress: "说了进展",
  extension_asked: "要延期",
  extended: "同意延期",
  extension_refused: "不同意延期",
  taken_back: "收回来了",
};

const RETURNED: Readonly<Record<string, string>> = { not_ours: "：不归其管", unclear: "：没写清", other: "：其他原因" };
const CHECKED: Readonly<Record<string, string>> = { fixed: "说好了", partly: "说办了一部分", not_fixed: "说没好" };
const JUDGED: Readonly<Record<string, string>> = { confirmed: "说好了，", denied: "说没好，" };
const KNOWN: Readonly<Record<string, string>> & { readonly unsaid: string } = {
  visit: "去看过",
  photo: "看过照片",
  phone: "打电话问过或看过照片",
  unit_word: "按单位说的，没去看",
  resident_word: "按居民说的，没去看",
  unsaid: "没说怎么知道的",
};

/** What was added that no resident wrote. */
function added({ kinds }: Details): string | null {
  const first = Array.isArray(kinds) ? String(kinds[0]) : "";
  const said: Readonly<Record<string, string>> = {
    "unit-word": "把单位的话告诉了居民，说明代表还没去看",
    "unit-photo": "单位发来照片",
    correction: "代表更正了给居民的话",
  };
  return said[first] ?? null;
}

const ESCALATED: Readonly<Record<string, string>> = {
  station: "过期没答复，请联络站催办",
  office: "过期没答复，由办公室接手催办",
  leader: "过期没答复，报主任会议",
};

/** The Chinese sentence for each thing that can happen to a case. */
export const events: Readonly<Record<CaseEventType | "other", (details: Details) => string>> = {
  opened: () => "来信，立案",
  placed: (d) => (d.grid == null ? "地点还不清楚" : `定在网格 ${text(d, "grid", "")}`),
  assigned: (d) => `交给${text(d, "deputy", "一位")}代表`,
  left_to_office: () => "交给县办公室",
  taken: (d) => `${text(d, "deputy", "一位")}代表接了`,
  message_added: (d) => added(d) ?? (d.from == null ? "居民又来信" : `合并的 ${text(d, "from", "")} 的居民来信`),
  replied: () => "答复了居民",
  referred: (d) => `转给单位 ${text(d, "unit", "")}`,
  unit_accepted: (d) => `单位 ${text(d, "unit", "")} 接收了`,
  unit_returned: (d) => `单位 ${text(d, "unit", "")} 退单`,
  unit_reported: (d) => `单位 ${text(d, "unit", "")} 报告：${REPORTED[String(d.result)] ?? "有结果"}`,
  reminded: () => "催了一次",
  returned: (d) => `代表退回${RETURNED[String(d.ground)] ?? ""}`,
  assisted: (d) => `请${text(d, "deputy", "一位")}代表协办`,
  assist_ended: (d) => `${text(d, "deputy", "一位")}代表不再协办`,
  accepted: () => "代表看到了，告诉了居民",
  unit_step: (d) => `单位 ${text(d, "unit", "")}：${STEP[String(d.step)] ?? "有进展"}`,
  visited: () => "代表去看过",
  site_asked: (d) => `请网格 ${text(d, "grid", "")} 的网格员去看看`,
  site_noted: (d) =>
    `网格 ${text(d, "grid", "")} 的网格员${d.shown === "photo" ? "发来一张现场照片" : "说了看到的情况"}`,
  checked: (d) => `代表${CHECKED[String(d.result)] ?? "看了"}（${KNOWN[String(d.how)] ?? KNOWN.unsaid}）`,
  closed: (d) => {
    if (d.because === "rehearsal-over") return "演练结束（本县正式开通），自动了结，没有通知任何人";
    const [by, code] = String(d.how ?? "").split(":");
    if (code !== undefined) return by === "calendar" ? `按接待日表当即答复（${code}）` : `按答复库当即答复（${code}）`;
    return d.how == null ? "办结" : `办结（${KNOWN[String(d.how)] ?? KNOWN.unsaid}）`;
  },
  reopened: (d) => (d.why === "corrected" ? "居民更正了原来说的，重新办理" : "重新办理"),
  rated: (d) => `居民${JUDGED[String(d.claim)] ?? ""}打了 ${text(d, "rating", "")} 分`,
  settled: () => "问过居民好了没有，一直没说",
  categorised: (d) => (d.category == null ? "去掉了分类" : `分类改为 ${text(d, "category", "")}`),
  placed_by_hand: (d) => `办公室重新定了网格 ${text(d, "grid", "")}`,
  noted: () => "写了内部备注",
  due_changed: (d) => `改了期限 ${text(d, "dueOn", "")}`,
  sealed: () => "封存",
  taken_down: (d) =>
    `${HOW[String(d.how)] ?? "有人代为登记"}${d.saidAt == null ? "" : `；登记表上写的是 ${text(d, "saidAt", "")} 说的`}`,
  contact_set: (d) => CONTACT[String(d.way)] ?? "定了怎么告诉他",
  phoned: (d) =>
    d.isHere === true
      ? "来站里，当面告知了"
      : `${CALLED[String(d.result)] ?? "打了电话"}${d.to === "joined" ? "（一起反映的人）" : ""}`,
  merged: (d) =>
    d.from == null ? `并到 ${text(d, "into", "另一件")}，一起办` : `${text(d, "from", "另一件")} 并进来，一起办`,
  unmerged: (d) => (d.from == null ? "拆开，单独办" : `${text(d, "from", "另一件")} 拆出去了`),
  split: (d) =>
    d.from == null
      ? `同一条消息里还有一件事：${text(d, "into", "另一件")}`
      : `和 ${text(d, "from", "另一件")} 是同一条消息说的，分开办`,
  left: (d) => `不再属于主题 ${text(d, "topic", "")}`,
  joined: (d) =>
    d.topic != null
      ? `和别人说的是同一件事，归到主题 ${text(d, "topic", "")}`
      : d.from == null
        ? `居民说和 ${text(d, "into", "另一件")} 是一件事，并过去了`
        : `${text(d, "from", "另一件")} 是同一件事，话并过来了`,
  unseal_proposed: () => "提议解封",
  unseal_refused: () => "没有同意解封",
  unsealed: () => "解封，按一般案件办",
  clock_set: () => "定了期限",
  clock_missed: () => "过了期限",
  paused: () => "等居民说清，期限先停",
  resumed: () => "居民说清了，期限接着算",
  escalated: (d) => ESCALATED[String(d.to)] ?? "没人答复，往上催办",
  acknowledged: () => "有人接了急件，正在处理",
  marked_minor: (d) =>
    d.minor === false ? "办公室说不是孩子写的" : d.why == null ? "办公室说是孩子写的" : "像是孩子写的",
  petition: (d) => (d.petition === false ? "办公室说不是信访" : "属于信访，要书面告知归谁管"),
  notice_given: (d) => `给了${text(d, "number", "信访告知")}（${d.way === "chat" ? "发到聊天里" : "纸质"}）`,
  marked_unnamed: () => "居民要求不让人知道是谁",
  corrected: (d) => (d.about === "place" ? "居民更正了地点" : "居民更正了说法"),
  transcription_due: () => "录音没能变成文字，请办公室听",
  transcribed: (d) => (d.understood === false ? "听了录音，没听清，请居民再说一遍" : "听了录音，写下了居民的话"),
  other: () => "有变动",
};
