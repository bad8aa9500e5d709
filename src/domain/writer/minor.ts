import { clauses, normalise, numeral } from "../text/words.ts";

/** The writer, as they call themselves. */
const SELF = "(?:我|俺|咱|吾|本人|自己)";
const KIN =
  "爸|爹|妈|娘(?!子)|父|母|爷|奶|姥|外公|外婆|祖|舅|姑|姨|叔|伯|婶|嫂|儿子|女儿|闺女|孩子|小孩|娃|孙|侄|外甥|崽|小子|丫头|老大|老二|老公|老婆|媳妇|丈夫|妻子|爱人|对象";
/** Who is grown up by what they are. */
const GROWN =
  "家长|老师|教师|班主任|校长|园长|主任|保安|司机|厨师|校工|宿管|村民|业主|居民|住户|租户|退休|党员|教书|教课|任教|支教|志愿者|监护人|邻居|亲戚|代表|干部|店主|老板|商户|摊主";
/** What may stand between somebody and what they are. */
const NOW = "(?:们|今年|现在|才|刚刚?|就|已经|还|也|都|只|快|马上|正|真的|一?名|一?个|一?位)*";
const GRADE =
  "(?:(?:小学|初中)?[一二三四五六七八1-8](?:年级|年纪|年级组)|小[一二三四五六](?![\\p{Script=Han}])|初[一二12]|[一二三四五六]年[一-九0-9]+班)";
const STUDENT = "(?:小学生|小朋友|(?:小学|初中)?(?:的)?(?:学生|女生|男生|同学|学员)|少先队员)";
/** Words behind a class or a school that make another of it: somebody's, of long ago, or what stands beside it. */
const ELSE = new RegExp(
  `^[^,。]{0,6}?(?:${KIN}|${GROWN}|毕业|文化|那会|那时|的时候|时就|门口|旁边|对面|附近|隔壁|上班|工作|干活|做饭|当|教)`,
  "u",
);
const LONG_AGO = /以前|当年|小时候|曾经|年轻时|那会儿|那年/u;

/** Somebody is in a class, or a pupil: “我是柳河小学四年级的”, “我在镇上读五年级”, “我六年级”. */
const IN_CLASS = new RegExp(
  `${SELF}${NOW}(?:(?:是|在|读|上|念|升)[\\p{Script=Han}\\p{N}]{0,12}?)?(?:${GRADE}|${STUDENT}|(?:小学|幼儿园|学前班|[大中小]班)(?=的?(?:学生)?(?:$|[,。!?~ ])|上学|读书|念书))`,
  "gu",
);
/** In English. */
const PUPIL_EN =
  /\bi(?:'?m| am) (?:a |an |in )?(?:(?:primary|elementary|middle) school (?:student|pupil|kid)|pupil|(?:the )?(?:first|second|third|fourth|fifth|sixth|[1-8](?:st|nd|rd|th)?) grade|grade (?:[1-8]|one|two|three|four|five|six|seven|eight)|kid|little (?:boy|girl))/;
const AGE = new RegExp(
  `(${SELF}${NOW}|^(?:今年|现在|才|刚刚?|快|马上)+)(?:是)?((?:\\d{1,3}|[一二三四五六七八九十两]{1,3}))(?:周?岁)(半|多)?(?!的)`,
  "u",
);
const AGE_EN =
  /\bi(?:'?m| am) (?:only |just )?(\d{1,2})(?: years? old)?\b(?! (?:minutes?|hours?|days?|km|metres?|meters?))/;
/** Somebody younger is a child here (个人信息保护法 art. 31). */
const GROWN_FROM = 14;

/** A parent, a teacher, a neighbour: the child is another. */
const GROWN_SELF = new RegExp(
  `${SELF}(?:们)?(?:家|家的|家里|的|那)?(?:[大小老二三两]|[一二两三]个|几岁|[一-九十0-9]{1,2}岁的?|上[\\p{Script=Han}]{0,6}的|读[\\p{Script=Han}]{0,6}的)?(?:儿子|女儿|闺女|孩子|小孩|娃|孙|外孙|侄|外甥|崽|小子|丫头|老大|老二|老公|老婆|媳妇|丈夫|妻子|爱人|对象|家长)` +
    `|${SELF}(?:们)?${NOW}(?:是|叫|作为|身为)[^,。!?]{0,14}(?:${KIN}|${GROWN})(?:$|[,。!? ])` +
    `|作为(?:一[名个位])?(?:${GROWN}|${KIN})` +
    `|^(?:孩子|儿子|女儿|闺女|娃|孙子|孙女|外孙)` +
    `|${SELF}(?:们)?${NOW}(?:是|在)?(?:读|上|念)?(?:高[一二三中]|大学|大[一二三四](?!班)|研究生|中专|职高|初三)`,
  "u",
);
const WORKS = new RegExp(
  `${SELF}(?:们)?[^,。!?]{0,10}(?:上班|打工|开店|摆摊|干活|退休|教书|任教|值班|接送?(?:孩子|娃|孙))`,
  "u",
);
const GROWN_EN =
  /\bmy (?:son|daughter|kids?|child(?:ren)?|grandson|granddaughter|grandchild|husband|wife|students|pupils)\b|\bi (?:teach|work)\b|\bi(?:'?m| am) (?:a |an |the )?(?:teacher|parent|mother|father|mom|dad|grandm|grandf|resident|worker)/;

/** What children speak of, and others too: it counts where the reading says so as well. */
const SCHOOL_TALK =
  /(?:我|俺|咱)们?(?:班|同桌|老师|校车|操场|班主任)|(?:妈妈?|爸爸?|爷爷|奶奶|老师)(?:不让|说|没空|不给)|写作业|做作业|小朋友|(?:叔叔|阿姨)(?:你?们?好|好)|代表叔叔|代表阿姨|homework|my teacher/;

/** So probable the reading must be by itself, and beside talk of school. */
const BY_ITSELF = 0.7;
const WITH_TALK = 0.4;

/**
 * Whether a text is a child's: somebody under fourteen, or of a class in which most are, speaks of themselves. A parent, a grandparent or
 * a teacher who speaks of a child is none, whatever the child's class.
 *
 * @param share how probable the model finds it that a minor writes, 0 to 1
 */
export function isByMinor(text: string, share: number): boolean {
  const said = normalise(text).toLowerCase();
  if (isByGrownUp(text)) return false;
  if (saysItIsChild(said)) return true;
  return share >= (SCHOOL_TALK.test(said) ? WITH_TALK : BY_ITSELF);
}

function saysItIsChild(said: string): boolean {
  if (PUPIL_EN.test(said)) return true;
  const age = AGE_EN.exec(said)?.[1];
  if (age !== undefined && Number(age) < GROWN_FROM) return true;
  return clauses(said).some((clause) => isInClass(clause) || isYoung(clause));
}

function isInClass(clause: string): boolean {
  if (LONG_AGO.test(clause)) return false;
  for (const match of clause.matchAll(IN_CLASS)) {
    const behind = clause.slice(match.index + match[0].length);
    if (!ELSE.test(behind) && !new RegExp(`${KIN}|${GROWN}`, "u").test(match[0])) return true;
  }
  return false;
}

function isYoung(clause: string): boolean {
  const age = ageIn(clause);
  return age !== null && age < GROWN_FROM && !LONG_AGO.test(clause);
}

function ageIn(clause: string): number | null {
  const written = AGE.exec(clause)?.[2];
  return written === undefined ? null : numeral(written);
}

/** Whether a text says that somebody grown up writes: a parent, a teacher, whoever works. */
export function isByGrownUp(text: string): boolean {
  const said = normalise(text).toLowerCase();
  if (GROWN_EN.test(said)) return true;
  const age = AGE_EN.exec(said)?.[1];
  if (age !== undefined && Number(age) >= GROWN_FROM) return true;
  return clauses(said).some((clause) => {
    const years = ageIn(clause);
    return GROWN_SELF.test(clause) || WORKS.test(clause) || (years !== null && years >= GROWN_FROM);
  });
}
