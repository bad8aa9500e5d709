import type { PersonWording } from "./sentences.ts";

/** The sentences to a person who writes from several chats, in Chinese. */
export const personsZh: PersonWording = {
  linkCode: ({ code }) => `请在另一个平台对我们说：关联 ${code}。15分钟内有效，只能用一次。别人索要请不要给。`,
  linked: ({ platform }) =>
    `这里和您的${platform}对话关联上了。在哪边说都行，回“进度”两边的事都看得到；有些事只在原来的对话里说。不是您本人弄的，或者不想要了，请回“解除关联”。`,
  linkRefused: () =>
    "这个关联码不能用：写错了、用过了，或者过期了。请在另一个平台对我们说“关联”，要一个新的，再发到这里。",
  linkNotForDeputies: () =>
    "这个对话是代表用的，不能和居民的对话关联。代表要在别的平台上用，请向县人大代表工作机构要一个邀请码，在那边说“绑定”和邀请码。",
  unlinked: () => "关联解除了。从现在起，这里只看得到在这里说的事。",
  unlinkedThere: ({ platform }) => `您的${platform}对话和这里解除了关联。从现在起，那边说的事这里看不到了。`,
  unreadOnPage: ({ text }) => `（网页上的这条一天没打开了，在这里再说一遍）\n${text}`,
  notLinked: () => "这里没有和别的对话关联。想关联，请说“关联”。",
};
