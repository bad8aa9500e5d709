/** A rule set of so many rules as offices write them: words in the text, alone or with a grid, a township or an hour. */
export function ruleFile(count: number) {
  return {
    name: `${count} rules`,
    rules: Array.from({ length: count }, (_, index) => ({
      id: `r${index}`,
      when: conditionAt(index),
      then: { assign: index % 7 === 0 ? { station: true } : index % 11 === 0 ? { office: true } : { grid: true } },
      reason: "对口办理",
      owner: "办公室",
    })),
    otherwise: { assign: { grid: true } },
  };
}

function conditionAt(index: number): unknown {
  const says = { in: [`${index}号楼的电梯`, { var: "text" }] };
  switch (index % 4) {
    case 0:
      return says;
    case 1:
      return { and: [says, { "==": [{ var: "grid.township" }, `乡镇${index % 16}`] }] };
    case 2:
      return { and: [{ "==": [{ var: "grid.code" }, `H${index}`] }, { ">=": [{ var: "hour" }, 18] }] };
    default:
      return { and: [{ "==": [{ var: "category" }, `topic-${index}`] }, { "!": [{ var: "hasPhoto" }] }] };
  }
}
