import { changeRules } from "../changes/rules/index.ts";
import { checks } from "../checks/index.ts";
import { readRulePage } from "../node/rule-pages.ts";
import { renderRulePage } from "../render/rule-page-text.ts";
import { eventRules } from "../verify/event-rules/index.ts";
import { answerRules } from "../verify/rules/index.ts";
import { closestName } from "./closest-name.ts";
import { type Command, UsageError } from "./command.ts";

export const explain: Command = {
  name: "explain",
  summary: "The page of a rule: what, why, fix, examples",
  arguments: "[rule]",
  options: [],
  examples: ["speckit explain", "speckit explain event-without-consumer"],

  async run([id], options, io) {
    const rules = [...checks, ...changeRules, ...answerRules, ...eventRules]
      .map((rule) => ({ id: rule.id, title: rule.title }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (id === undefined) {
      const width = Math.max(...rules.map((rule) => rule.id.length));
      const list = rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.title}\n`).join("");
      io.write(
        options.json === true
          ? `${JSON.stringify({ schemaVersion: 1, command: "explain", rules }, null, 2)}\n`
          : `${list}\nNext: speckit explain ${rules[0]?.id}\n`,
      );
      return 0;
    }
    if (!rules.some((rule) => rule.id === id)) {
      const nearest = closestName(
        id,
        rules.map((rule) => rule.id),
      );
      throw new UsageError(
        `There is no rule '${id}'.${nearest ? ` Did you mean '${nearest}'?` : ""} \`speckit explain\` lists all.`,
      );
    }
    const page = readRulePage(id);
    if (options.json === true)
      io.write(`${JSON.stringify({ schemaVersion: 1, command: "explain", rule: id, page }, null, 2)}\n`);
    else io.write(renderRulePage(page, io));
    return 0;
  },
};
