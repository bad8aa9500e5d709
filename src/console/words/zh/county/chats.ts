/** The Chinese words about who speaks in chat for a station, or as the worker of a grid. */
export const chats = {
  open: "谁在聊天里…",
  title: {
    stations: (name: string) => `谁在聊天里代表 ${name}`,
    grids: (name: string) => `${name} 的网格员`,
  },
  what: {
    stations: "联络站的人在聊天里替来站的人记事、打电话、转派。只看得到本站的案件，看不到封存的。",
    grids:
      "网格员在聊天里看得到本网格在办的事（封存的、孩子说的、信访、不愿留名的都看不到），可以把现场看到的情况和照片告诉代表。居民看不到网格员说的话。",
  },
  list: "在聊天里的人",
  nobody: "还没有人。做一个码交给他们，在聊天里发“绑定 码”。",
  since: (at: string) => `${at} 绑定`,
  codes: (count: number) => `还有 ${count} 个码没用。`,
  end: "不再代表",
  endYes: "确定，不再代表",
  endAsk: {
    stations: "这个人不再代表这个站，以后说的话当作居民的话。确定吗？",
    grids: "这个人不再是这个网格的网格员，以后说的话当作居民的话。确定吗？",
  },
  ended: "✓ 已办。",
  invite: "做一个绑定码",
  inviteOnce: "只显示这一次，14 天内有效，用一次：",
  inviteSay: (code: string) => `绑定 ${code}`,
  inviteUntil: (day: string) => `最后一天：${day}`,
  inviteGone: "这个码已经显示过，不再显示。请关掉后另做一个。",
};
