/** The Chinese words for choosing from the county's lists. */
export const codePicker = {
  search: "输入名称或编号",
  change: "换一个",
  none: "没有找到。换个叫法，或核对名单",
  allChosen: "都选上了",
  more: (count: number) => `还有 ${count} 个，请再输几个字`,
  drop: (name: string) => `去掉 ${name}`,
  noName: (code: string) => `${code}（名单里没有）`,
  grids: (count: string) => `${count} 个网格`,
};
