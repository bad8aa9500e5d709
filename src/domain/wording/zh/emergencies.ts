import type { EmergencyTopic } from "../../danger/emergency.ts";

/** The Chinese cards of dangers to life: what to do at once and whom to call. */
export const zhEmergencies: Readonly<Record<EmergencyTopic, string>> = {
  gas: "煤气、燃气：马上离开屋子！别开关灯，别打火，别在屋里打电话，别坐电梯。到外面再打119和燃气公司电话。有人头晕昏倒，打120。",
  fire: "着火：快跑，别拿东西，别坐电梯，弯腰捂住口鼻。到外面打119。",
  medical: "有人昏倒、受伤：打120，说清地方，别乱搬动伤者。车祸打122，有人落水、被困打119。",
  violence: "有人打人、动刀：先躲到安全的地方，打110。有人受伤打120。家里人打人，也可打妇联12338。",
  "missing-person":
    "孩子、老人不见了：马上打110报失踪，不用等24小时。说清姓名、穿什么、最后在哪里。先别散开乱找，留人守在家里和最后见到的地方。",
  trapped:
    "有人被困、落水、被埋：打119，说清地方、几个人。别下水、别自己挖；电梯里按呼叫铃，别扒门。被人关着不让走，打110。",
  flood: "涨水、滑坡、房子要塌：马上往高处、往外撤，别回去拿东西，别走桥和低路。人出不来打119。",
  "self-harm":
    "您心里一定很难受，谢谢您愿意说出来，您不是一个人。现在就可以打全国心理援助热线12356，有人听您说。有危险马上打120或110，也请叫身边的人来陪您。",
};
