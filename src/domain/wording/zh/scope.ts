import type { ScopeReason } from "../../dialog/scope.ts";

const REASONS: Readonly<Record<ScopeReason, (county: string) => string>> = {
  court: () =>
    "法院怎么判，代表依法不能过问，也不能替您找法官。不服判决，在判决书写的期限里向上一级法院上诉；已经生效的，可以申请再审，或打12309请检察院监督。判了不给，打12368问法院执行。请不起律师，打12348法律援助。",
  enforcement: () =>
    "公安、城管等办的个案，代表依法不能替人说情。不服处罚，从收到决定起60天内可以申请行政复议，也可以到法院起诉。觉得民警违法违纪，打12389；对抓人、关人不服，打12309找检察院。请不起律师，打12348法律援助。",
  elsewhere: (county) =>
    `那里不归${county}管，我们派不了人，没有您同意也不会转出去。请打那里的12345热线（前面加当地区号），或找那里的人大代表联络站。要是事情就在${county}，请写清村名、小区名，再说一次。`,
  nature: () =>
    "青蛙、知了、虫鸟叫，是田里和树上自己有的声音，青蛙还受保护，谁也不能去赶。关好纱窗，天凉了就少了。这件事就不派人了。要是有人养殖、放喇叭吵到您，请直接说。",
};

/** The Chinese answer where no deputy takes a matter up: why, and who does. */
export function zhOutOfScope({ number, why, county }: { number: string; why: ScopeReason; county: string }): string {
  return `收到了，编号${number}。\n${REASONS[why](county)}\n还有别的事，或者我们听错了，直接说就行。`;
}
