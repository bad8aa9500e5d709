import type { Matter } from "./world.ts";

const LABELS: Readonly<Record<string, string>> = {
  accepted: "接收",
  working: "在办",
  done: "办完",
  refused: "办不了",
  returned: "不归我们，退回",
};

/** The page on which a newcomer plays the platform: what it has, and what it says of each. */
export function pageOf(matters: readonly Matter[], offered: readonly string[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>网格化服务管理平台（模拟）</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem; }
li { border-top: 1px solid #bbb; list-style: none; padding: 1rem 0; }
ul { padding: 0; }
p { white-space: pre-wrap; margin: .3rem 0; }
button, input { font: inherit; padding: .3rem .7rem; }
</style>
<main>
<h1>网格化服务管理平台（模拟）</h1>
<p>${matters.length === 0 ? "还没有转来的事。在手机页面上以代表的身份回“转办 编号 网格平台”。" : `转来了${matters.length}件，新的在上面。点一下，就把这句话发回联络站。`}</p>
<ul>
${matters
  .toReversed()
  .map((one) => itemOf(one, offered))
  .join("\n")}
</ul>
</main>
</html>
`;
}

function itemOf(matter: Matter, offered: readonly string[]): string {
  const { externalId, number, by, place, text, dueOn, status, notes, isTakenBack } = matter;
  const buttons = offered
    .map((one) => `<button name="status" value="${one}">${LABELS[one] ?? one}</button>`)
    .join("\n");
  const due = dueOn === null ? "" : `，${dueOn}前`;
  return `<li>
<h2>${safe(externalId)}（联络站编号${safe(number)}，${by}）</h2>
<p>${safe(place)}${safe(due)}</p>
<p>${safe(text)}</p>
<p>现在：${safe(isTakenBack ? "已收回" : status)} ${safe(notes)}</p>
<form method="post" action="/say">
<input type="hidden" name="number" value="${safe(externalId)}">
<label>说一句：<input name="text" size="30"></label>
${buttons}
</form>
</li>`;
}

function safe(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
