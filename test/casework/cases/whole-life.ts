import type { InboundContent } from "../../../src/domain/messages/message.ts";
import type { StaffVerb } from "./staff-verbs.ts";

/** Something that happens to the cases of a county. */
export type Step =
  | { readonly who: "resident"; readonly person: number; readonly said: string | InboundContent }
  | { readonly who: "deputy"; readonly said: string }
  | { readonly who: "unit"; readonly said: string }
  | { readonly who: "station"; readonly said: string }
  | { readonly who: "grid"; readonly said: string }
  | { readonly who: "follower"; readonly said: string }
  | { readonly who: "office"; readonly category: string | null }
  | { readonly who: "staff"; readonly verb: StaffVerb }
  | { readonly who: "desk"; readonly said: string }
  | { readonly who: "time"; readonly hours: number }
  /** Until ten o'clock of the next working day: reminders are sent then. */
  | { readonly who: "morning" };

const resident = (said: string): Step => ({ who: "resident", person: 0, said });
const deputy = (said: string): Step => ({ who: "deputy", said });
const unit = (said: string): Step => ({ who: "unit", said });
const grid = (said: string): Step => ({ who: "grid", said });
const follower = (said: string): Step => ({ who: "follower", said });
const staff = (verb: StaffVerb): Step => ({ who: "staff", verb });
const time = (hours: number): Step => ({ who: "time", hours });

/** Sees every event that there is. */
export const WHOLE_LIFE: readonly Step[] = [
  resident("路灯坏了三天了"),
  resident("柳东小学"),
  resident("催办"),
  { who: "office", category: "roads" },
  staff("place"),
  staff("deadline"),
  staff("notes"),
  deputy("接收 #"),
  deputy("协办 # D002"),
  deputy("协办 # 取消"),
  deputy("回复 # 已经联系物业"),
  deputy("转办 # U01，归他们管"),
  unit("接收 #"),
  unit("进展 # 在办"),
  unit("退单 # 不归我们"),
  deputy("转办 # U01，请他们再看看"),
  deputy("走访 # 看过了"),
  deputy("转办 # 网格员，请去看看"),
  grid("现场 # 灯杆歪了"),
  unit("办结 # 换了灯"),
  deputy("4"),
  deputy("退回 # 不归我管"),
  deputy("办结 # 修好了"),
  resident("不满意，还是没修"),
  deputy("办结 # 这次真的修好了"),
  resident("满意"),
  time(72),
  resident("有人掉进井里了快来人"),
  staff("acknowledge"),
  resident("撤回"),
  time(1),
  resident("我要举报柳河镇的代表收钱办事"),
  time(1),
  resident("城关镇和柳河镇交界那座桥,护栏断了"),
  follower("回复 # 我先到了"),
  time(1),
  resident("下水道堵了"),
  time(25),
  time(25),
  resident("柳东村一组的井盖不见了"),
  time(1),
  staff("seal"),
  { who: "desk", said: "路灯坏了六盏" },
  staff("phone-result"),
  staff("unseal"),
  staff("unseal/refuse"),
  staff("unseal"),
  staff("unseal/confirm"),
  { who: "resident", person: 3, said: "柳东村三组停水了" },
  { who: "resident", person: 4, said: "柳东村三组没水用" },
  { who: "resident", person: 5, said: "柳东村三组水停了一天" },
  time(1),
  deputy("主题 1 合"),
  time(0.01),
  deputy("回复 主题1 今晚来水"),
  time(0.01),
  deputy("退回 # 不归我管"),
  time(0.01),
  deputy("办结 主题1 来水了，修好了"),
  { who: "resident", person: 3, said: "2" },
  time(0.01),
  { who: "resident", person: 1, said: "锦绣家园小区电梯停了" },
  { who: "resident", person: 2, said: "锦绣家园小区电梯停了三天" },
  staff("merge"),
  { who: "resident", person: 2, said: "电梯还没修" },
  staff("answer"),
  staff("unmerge"),
  staff("merge"),
  time(1),
  { who: "resident", person: 3, said: "1.柳东村一组路灯坏了半个月了。2.我妈的高龄补贴今年一分没到，麻烦查查。" },
  deputy("拆分 # 存折也换不了"),
  { who: "resident", person: 3, said: "合并" },
  time(24 * 12),
  { who: "morning" },
  resident("柳东村一组路灯坏了没人修"),
  time(1),
  deputy("办结 # 我去看过了，修好了"),
  // Ten working days, also where a long holiday lies between.
  time(24 * 24),
  { who: "resident", person: 4, said: "我是柳东小学四年级的，柳东村一组的滑梯断了" },
  { who: "resident", person: 5, said: "我要上访，柳东村一组的征地补偿反映三次了没人管" },
  staff("petition-notice"),
  { who: "resident", person: 6, said: "柳东村一组的养猪场半夜排污，别说是我说的" },
  { who: "resident", person: 7, said: "柳东村一组路灯坏了三天" },
  time(1),
  { who: "resident", person: 7, said: "说错了，不是路灯，是井盖" },
  time(1),
  {
    ...{ who: "resident", person: 8 },
    said: { kind: "media", media: { mediaId: "w", form: "voice" }, transcript: "恩那嘎哈咧呜啦嘟嗝" },
  },
  { who: "resident", person: 8, said: "3" },
  staff("transcript"),
  { who: "station", said: "代记 柳东村一组的桥栏杆断了" },
  { who: "station", said: "3" },
];
