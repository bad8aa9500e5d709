import type { EdgeWording } from "./sentences.ts";

/** The Chinese sentences of what is said while the service itself is away. */
export const edgeZh: EdgeWording = {
  late: () => "您的话收到了，已经存好。系统这会儿有点慢，恢复后接着办，不用重发。如果有人有危险，先打110、120、119。",
};
