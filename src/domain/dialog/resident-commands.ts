import { bareWords } from "../text/words.ts";

type Command = { readonly command: ResidentCommand; readonly number: string | null };

/** What each command is called, in Chinese and in English; normalised, small letters, without blanks in Chinese. */
const WORDS: Readonly<Record<ResidentCommand, RegExp>> = {
  status:
    /进[度渡](?:怎么样|如何|咋样|查询)?|(?:那个?|这个?|上次(?:说|反映)?的(?:那个?)?|之前(?:说|反映)的(?:那个?)?|我(?:上次|昨天|之前)?(?:说|反映|反应|投诉)的(?:那个?)?)(?:事儿?|事情|问题|件|情况)?(?:处理|办理|办|弄|解决)?(?:的|得)?(?:怎么样|咋样|怎样|如何|到哪(?:一步)?|解决|处理|办好|弄好)了(?:吗|没|没有)?|进展(?:怎么样|如何|咋样)?|处理进度|办理进度|办理情况|处理情况|处理结果|(办|处理|办理|弄|修)(到|的|得)?(哪|哪里|哪儿|哪一?步|什么程度)了?|(办|处理|弄)(的|得)?(怎么样|咋样|怎样)了?|(怎么样|咋样)了|我(的|那个?|反映的)(事儿?|问题|诉求|件|案件|案子|单子)(呢|(办|处理|办理|弄|修)?(到|的|得)?(怎么样|咋样|哪|哪里|哪儿|哪一?步|什么程度)了?)?|(有|出)(结果|消息|进展|回复|答复|回音)(了)?|查询|status|progress|my cases?|how is (?:my case|it going)|any (news|progress)/,
  remind: /催办|催单|催|催促|催催|催一催|快点(办|处理)|抓紧(办|处理)|remind|chase|hurry( up)?/,
  withdraw:
    /撤回|撤销|撤单|撤诉|撤掉|撤了|不办了|不用再?(?:办|管|处理|修)了|不(投诉|反映)了|取消(投诉|诉求|反映|案件|这件事|单子)|withdraw|cancel (my )?(case|request)/,
  why: /为什么|为啥|为何|(为什么|为啥)(是|找|给|派给|分给)?(他|她|这个人|这位|这个代表|这位代表)|(怎么|咋)(是|找)(他|她|这个人)|why|why (him|her|this deputy|this person)/,
  relocate:
    /更?换一?个?地方|更?换一?个?地点|更?换一?个?地址|更?换一?个?位置|改个?地方|改个?地点|改个?地址|改个?位置|(地方|地点|地址|位置|定位)(不对|错|弄错|写错|搞错|选错)|不(是|在)(这个?|那个?|我们?)(地方|位置|地点|村子?|小区|社区|镇)|change (the )?(place|location|address)|another (place|location)|wrong (place|location|address)/,
  "my-data":
    /(查看?)?我的(个人)?(数据|资料|信息|隐私)|(你们)?(存|记|留)了我(的)?(什么|啥|哪些)(数据|资料|信息|东西)?|my (personal )?data/,
  "delete-my-data":
    /(删除|删掉|删了|删|清除|清空|抹掉|销毁)我(的|所有|全部)*(个人)?(数据|资料|信息|隐私|记录)|把我(的|所有|全部|以前|发的|发过|说的|之前|过|个人)*(数据|资料|信息|记录|东西|话|消息)?都?(删除|删掉|删了|删|清除)|删除(数据|资料|信息|个人信息)|注销(账号|账户)?|delete (all )?(of )?my (personal )?data|erase my data|forget me/,
  link: /关联(?:码|一下|(?:别的|其他的?|另一?个|我的)?(?:账号|帐号|平台|软件|微信|手机|对话))?|(?:换|用)(?:一?个|到)?(?:别的|其他的?|另一?个|不同的?)?(?:平台|软件|聊天软件|app)(?:来?(?:说|聊|联系|反映))?|换到?(?:别的|其他|另一?个)(?:地方|软件|平台)(?:说|聊)|link(?: my| the)?(?: chats?| accounts?)?|(?:use )?another (?:platform|app)|(?:change|switch) (?:the )?(?:platform|app)s?/,
  unlink:
    /(?:解除|取消|断开|不要|去掉)(?:对话|账号|平台)?(?:的)?关联|不关联了?|unlink(?: my| the)?(?: chats?| accounts?)?/,
  receptions: /(?:代表|联络站|站里)?的?接待(?:日|时间)(?:安排|表)?|reception days?/,
  help: /帮助|帮助信息|使用帮助|(?:这个?)?怎么(?:使)?用|咋用|如何使用|使用说明|怎么操作|操作说明|说明|菜单|功能|(转)?人工(服务|客服)?|客服|help me|你(会|能)(干|做)(什么|啥)|你是谁|你们?(?:这)?是(?:干|做)(?:什么|啥|嘛|吗)的|这(?:里|儿)?是(?:哪里|哪儿|什么地方|干什么的|干嘛的)|help|menu|how does (this|it) work|what can you do/,
};

/** Small words before a command, taken off one by one. */
const BEFORE =
  /^(?:我的|我|你们?|您|请问|请|麻烦|劳驾|帮忙|帮|给|要|想要|想|需要|可以|能不能|能|再|查一?查|查询|查|看一?看|看|问一?问|问|一?下|个|申请|现在|目前|快|您?好|代表|领导|please|i want to|i would like to|can you|could you|show|the|check)[\s\p{P}\p{S}]*/u;

/** Small words after a command, taken off one by one. */
const AFTER =
  /[\s\p{P}\p{S}]*(?:吧|一?下子?|呢|啊|呀|哦|噢|哈|嘛|吗|么|没有?|了|谢谢(?:你们?|您)?|多谢|拜托|不用(?:管|办)?了|可以|行|好不好|please|thanks|thank you|my case|case|it|this)$/u;

const NUMBER = String.raw`(?:第|编号|单号|件号|号码|no\.?|number|case)?\s*#?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号件?|件)?的?`;

const GAP = String.raw`[\s\p{P}\p{S}]*`;

/** Longer texts are somebody's words. */
const LONGEST = 40;

/** Chinese words have no blanks inside; some people type them. */
const BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;

const PATTERNS = (Object.keys(WORDS) as ResidentCommand[]).map((command) => ({
  command,
  pattern: new RegExp(`^(?:${NUMBER}${GAP})?(?:${WORDS[command].source})(?:(?:一下)?${GAP}${NUMBER})?$`, "u"),
}));

/**
 * The command that a resident's text is, with the number of the case if one was typed.
 *
 * A command word inside a longer sentence is no command: only the word, a number and small words of courtesy may stand
 * there.
 * @returns null for anything else
 */
export function residentCommand(text: string): Command | null {
  if (/^\s*[?？]\s*$/.test(text)) return { command: "help", number: null };
  const said = bareWords(text).replace(BETWEEN_HAN, "");
  if (said.length > LONGEST) return null;
  if (/^20\d{2}-\d{6}$/.test(said)) return { command: "status", number: said };
  for (const start of stages(said, BEFORE)) {
    for (const words of stages(start, AFTER)) {
      const command = exactCommand(words);
      if (command !== null) return command;
    }
  }
  return null;
}

function exactCommand(words: string): Command | null {
  for (const { command, pattern } of PATTERNS) {
    const match = pattern.exec(words);
    if (match !== null)
      return { command, number: match.slice(1).find((group) => /^[\d-]+$/.test(group ?? "")) ?? null };
  }
  return null;
}

/** The text itself, and what is left each time another small word is taken off. */
function stages(text: string, small: RegExp): string[] {
  const found = [text];
  for (let rest = text.replace(small, ""); rest !== found.at(-1); rest = rest.replace(small, "")) found.push(rest);
  return found;
}

/** A command word that a resident may type, by what it does. */
export type ResidentCommand =
  | "status"
  | "remind"
  | "withdraw"
  | "why"
  | "relocate"
  | "my-data"
  | "delete-my-data"
  | "link"
  | "unlink"
  | "receptions"
  | "help";
