import type { ServiceFacts } from "./sentences.ts";

/** Answers in Chinese what somebody asks of the service itself: only what is known, and what to do next. */
export function zhServiceAnswer({ about, deputy, station }: ServiceFacts): string {
  const place = station === null ? null : [station.name, station.address].filter((part) => part !== null).join("，");
  const phone = station?.phone == null ? null : `电话${station.phone}`;
  const unknown = "请先告诉我您在哪个村、哪个小区，我就能找到。";
  switch (about) {
    case "anonymity":
      return "能。代表只看得到事情和地方，看不到您的微信；您的姓名、电话、门牌号会遮住，也不会告诉您反映的人。有事直接说就行。";
    case "who-reads":
      return "您说的事由负责那一片的代表看，您的姓名、电话会遮住；原话只有县人大代表工作机构能看。";
    case "cost":
      return "不收钱，哪一步都不收。有人借这里的名义要钱，别给，告诉我们。";
    case "robot":
      return "这里是人大代表联络站的公众号：收话、登记、转话是机器做的，办事、答复的是代表本人。不会问您要钱、要验证码。";
    case "who-is-deputy":
      return deputy === null
        ? `您那一片是哪位代表，要看地方。${unknown}`
        : [`您那一片是${deputy}代表${place === null ? "" : `，在${place}`}。`, "有事直接说，会转给代表。"].join("");
    case "meet":
    case "contact":
      return place === null
        ? `每一片有自己的联络站。${unknown}`
        : [
            `您那一片的联络站是${place}${phone === null ? "" : `，${phone}`}。`,
            "接待日我这里没有登记，去之前问一声。想约代表，把事情说在这里就行。",
          ].join("");
    case "by-voice":
      return "能。按住说话发语音就行，也可以发照片、发位置。";
    case "how-long":
      return "说清事情和地方，就有编号、谁负责、哪天给您回话。到那天没有回话，回“催办”。";
    case "scope":
      return "村里、小区、街上的事，政策和办事上的难处，给政府提的意见，都能说；租户、外地来的人、替家里人说，都行。官司和案子代表不能插手。几件事可以一起说。";
    case "general":
      return "有事直接说：什么事、在哪里。文字、语音、照片、位置都行。说完有编号、谁负责、哪天回话。问进展回“进度”，看用法回“帮助”。";
  }
}
