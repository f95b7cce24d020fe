import { readFileSync, writeFileSync } from "node:fs";

/**
 * Puts figures into a page, between the two markers of their name.
 * @param {string} page path of the page
 * @param {string} name
 * @param {string} command the script of package.json that writes it: `bench:search`
 * @param {string} text
 */
export function writeSection(page, name, command, text) {
  const [start, end] = [`<!-- ${name}: written by \`npm run ${command}\` -->`, `<!-- /${name} -->`];
  const old = readFileSync(page, "utf8");
  const from = old.indexOf(start);
  const to = old.indexOf(end);
  if (from === -1 || to === -1)
    throw new Error(`${page} has lost the markers of '${name}' that figures stand between.`);
  writeFileSync(page, `${old.slice(0, from + start.length)}\n\n${text}\n\n${old.slice(to)}`);
}
