/**
 * An agent's command line that always says the same: the documents given to it, what the engine drafts where there is none, and for a task its files, the
 * tests first. `documents` are by kind and service (`spec auth-service`), `code` is by the end of a path.
 */
export function scriptedAgent(
  documents: Readonly<Record<string, string>>,
  code: Readonly<Record<string, string>>,
): string {
  return `
const path = require("node:path");
const answer = (text) => {
  say({ type: "assistant", message: { content: [{ type: "text", text }] } });
  say({ type: "result", subtype: "success", is_error: false, result: text, usage: { input_tokens: 1000, output_tokens: 200 } });
};
const documents = ${JSON.stringify(documents)};
const code = ${JSON.stringify(code)};
const kinds = { specification: "spec", plan: "plan", "task list": "tasks" };
const [, kind, service] = /Write the (specification|plan|task list) \\S+ of ([\\w-]+)\\./.exec(prompt) ?? [];
if (kind) {
  const [, skeleton] = /# (?:A beginning, made without a model|What a draft made without a model would say now)\\n\\n(?:Keep its[^\\n]*\\n\\n)?([\\s\\S]*)$/.exec(prompt) ?? [];
  answer(document(documents[kinds[kind] + " " + service] ?? skeleton + "\\n"));
} else {
  const [, folder] = /only below (\\S+?)\\. /.exec(prompt);
  const [, list] = /^- Files: (.+)$/m.exec(prompt);
  const all = list.split(", ");
  const isTest = (file) => /(?:^|\\/)tests?\\//.test(file);
  const sources = all.filter((file) => !isTest(file));
  const wanted = prompt.includes("Only the tests.") ? all.filter(isTest) : prompt.includes("The tests are there and fail.") ? sources : all;
  for (const file of wanted) {
    // A test alone is of what another task will write.
    const later = file.replace(/^tests\\/(?:contract(?=\\/))?/, (head) => (head.includes("contract") ? "src/api" : "src/")).replace("/test_", "/");
    const needs = isTest(file) ? (sources.length > 0 ? sources : [later]).map((one) => "# needs " + path.relative(path.dirname(file), one)) : [];
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), [...needs, code[file] ?? "# " + path.basename(file), ""].join("\\n"));
  }
  answer("Wrote " + wanted.join(", ") + ".");
}
`;
}
