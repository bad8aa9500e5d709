import type { ServedPlace, ServiceFacts } from "../who-answers.ts";

const OFFICE = "县人大代表工作机构";

/** Answers in Chinese what somebody asks of the service itself: only what is known, and what to do next. */
export function zhServiceAnswer(facts: ServiceFacts): string {
  switch (facts.about) {
    case "anonymity":
      return `可以，不用写名字。代表看得到事情和地方，看不到您的${facts.platform}；您写了姓名、电话、门牌号，也会替您遮住。我们不会告诉您反映的人。`;
    case "who-reads":
      return `不公开。您说的事，由负责那一片的代表看，那一片的上级代表有时也看得到；姓名、电话、门牌号会遮住。原话只有${OFFICE}能看。`;
    case "cost":
      return "不收钱，哪一步都不收。谁借这里的名义要钱，都别给。";
    case "official":
      return "这里是人大代表联络站的账号。我们不问您要钱，也不要验证码。不放心，点开账号的名字，看看是哪个单位认证的。";
    case "robot":
      return `先跟您说话的是机器，它管登记、转话。办事、答复您的是代表本人，有的事由${OFFICE}的人来办。`;
    case "deputy-phone":
      return lines("代表自己的电话这里不给。有事写在这里，负责的代表看得到。", ...stations(facts));
    case "who-is-deputy":
      return facts.places.length === 0
        ? ask(facts, "代表是谁")
        : lines(...facts.places.map(deputyLine), "有事直接说：什么事、在哪里。");
    case "meet":
      return facts.places.length === 0
        ? lines(ask(facts, "联络站在哪"), IN_PERSON)
        : lines(...stations(facts), "接待日是哪天，我这里没有登记，去之前先问一声。", IN_PERSON);
    case "contact":
      return facts.places.length === 0
        ? ask(facts, "联络站在哪")
        : lines(...stations(facts), "几点有人，我这里没有登记，去之前先问一声。有事也可以就在这里说。");
    case "by-voice":
      return "可以。不用打字：按住说话，发语音就行。照片、视频、位置都能发。这里不能接电话。";
    case "hours":
      return "白天晚上都能说，说了就记下，给您编号。代表看和回话不一定在夜里。有危险，马上打110、119、120。";
    case "how-long":
      return `说清什么事、在哪里，就告诉您编号、谁负责、哪天给您回话，一般是${facts.days}个工作日内。到那天还没有回话，您回“催办”。`;
    case "several":
      return "可以。一件一件说，每件写清在哪里，最清楚。";
    case "who-may":
      return `谁都能说：租户、外地来的、户口不在这里的，都行。替父母、家人、邻居说也行，用您自己的${facts.platform}就好，写清事情在哪里。`;
    case "not-content":
      return "办完了会问您满不满意。您回“不满意”，这件事就重新打开接着办。以后又坏了，也照样说。";
    case "history":
      return "回“进度”，看您说过的事办到哪了。回“我的数据”，看我们存了什么。";
    case "scope":
      return "村里、小区、街上的事，办事碰到的难处，给政府提的意见，都能说。法院的官司、公安办的案子，代表不能插手。";
    case "general":
      return "直接说就行：什么事、在哪里。打字、语音、照片、位置都可以。说清了就有编号，告诉您谁负责、哪天回话。问办到哪了，回“进度”；看用法，回“帮助”。";
  }
}

const IN_PERSON = "想当面谈，就写“想当面谈”，再写是什么事、在哪里，负责的代表看得到。";

/** How to ask so that the place is known. */
function ask({ fitsMany }: ServiceFacts, question: string): string {
  const why = fitsMany ? "您说的地方太大，有好几片。" : "这要看您在哪里。";
  return `${why}请把地方和问题写在一句里，比如“我在××村，${question}”。`;
}

const BY: Readonly<Record<ServedPlace["by"], string>> = {
  told: "",
  scene: "按您扫的码，",
  before: "按您以前说的地方，",
};

function deputyLine({ label, by, holder, others }: ServedPlace): string {
  const where = label === "" ? "" : `${label}的事，`;
  const also = others.length === 0 ? "" : `那里的代表还有${others.join("、")}。`;
  if (holder === null) return `${BY[by]}${where}现在没有代表负责，由${OFFICE}分派。${also}`;
  const station = holder.station === null ? "" : `（${holder.station}）`;
  return `${BY[by]}${where}现在由${holder.deputy}代表负责${station}。${also}`;
}

/** Each station once, in the order of the places. */
function stations({ places }: ServiceFacts): string[] {
  const said = places.map(({ label, by, station }) => {
    if (station === null) return `${BY[by]}${label}没有登记联络站。`;
    const address = station.address === null ? "地址没有登记" : `地址：${station.address}`;
    const phone = station.phone === null ? "电话没有登记" : `电话：${station.phone}`;
    return `${BY[by]}${station.name}，${address}，${phone}。`;
  });
  return [...new Set(said)];
}

function lines(...all: readonly string[]): string {
  return all.join("\n");
}
