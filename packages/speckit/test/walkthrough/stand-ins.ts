const runsTests = (words: string, modules: string) => `
const path = require("node:path");
const file = process.argv[${words}];
if (!file || !fs.existsSync(file)) { console.log("no tests found"); process.exit(5); }
const missing = [];
const seen = new Set();
const visit = (one) => {
  if (seen.has(one)) return;
  seen.add(one);
  if (!fs.existsSync(one)) return void missing.push(one);
  for (const [, other] of fs.readFileSync(one, "utf8").matchAll(${modules})) visit(path.join(path.dirname(one), other));
};
visit(file);
`;

/**
 * Programs that the task lists name, in place of a package manager, two test runners and a server: a test passes once everything that it imports is
 * there, one of the contract once its route is, and one of a scenario never, since the routes that are written offline answer 501. That the real ones
 * run what is written is for the tests of the scaffold to show.
 */
export const standIns: Readonly<Record<string, string>> = {
  npm: `
if (process.argv[2] === "install") {
  const { dependencies, devDependencies } = JSON.parse(fs.readFileSync("package.json", "utf8"));
  for (const name of Object.keys({ ...dependencies, ...devDependencies }))
    fs.mkdirSync("node_modules/" + name, { recursive: true });
}
console.log("up to date");`,
  npx: `${runsTests("4", '/from "(\\.[^"]+)"/g')}
const route = "src/routes/" + path.basename(file).replace(".test.ts", ".ts");
const passes = missing.length === 0 && !file.includes("scenarios/") && (!file.includes("contract/") || fs.existsSync(route));
console.log(passes ? "Test Files  1 passed (1)" : "Test Files  1 failed (1)");
process.exit(passes ? 0 : 1);`,
  pytest: `${runsTests("2", "/^# needs (\\S+)$/gm")}
console.log(missing.length === 0 ? "1 passed" : "1 failed");
process.exit(missing.length === 0 ? 0 : 1);`,
  uvicorn: "setInterval(() => {}, 1000);",
};
