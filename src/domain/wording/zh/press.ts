import type { PressWording } from "../press.ts";

/** The Chinese sentences to whoever pressed a button, or changed or took back what they had said. */
export const zhPress: PressWording = {
  pressPassed: () => "这个按钮现在用不上了，什么都没有变。有话请直接写。",
  editNotSent: () => "您改之前的那句话已经收到了，改过的没有往外发。要更正，回“更正 编号 正确的话”。",
  recallNoted: ({ isResident }) =>
    isResident
      ? "您撤回的话我们已经收到了，还在。这件事不办了，回“撤回”；要删掉您的资料，回“删除我的数据”。"
      : "您撤回的话已经收到了，还在。要更正发给居民的话，回“更正 编号 正确的话”。",
};
