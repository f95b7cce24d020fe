/**
 * What the page gains where scripts run: the list follows the mailbox, and the arrow keys walk through it. Reading
 * needs none of it.
 */
export const script = `
const pauseMs = 2000;
const list = () => document.querySelector("nav");
let revision = document.body.dataset.revision;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { "if-none-match": '"' + revision + '"' }, cache: "no-store" });
  if (answer.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  revision = fresh.body.dataset.revision;
  const held = document.activeElement?.id;
  const scrolled = list().querySelector("ol")?.scrollTop ?? 0;
  list().replaceWith(fresh.querySelector("nav"));
  const ol = list().querySelector("ol");
  if (ol) ol.scrollTop = scrolled;
  if (held) document.getElementById(held)?.focus();
  document.getElementById("count").textContent = fresh.getElementById("count").textContent;
  document.title = fresh.title;
}

async function follow() {
  await look().catch(() => {}); // the inbox is away; it is looked for again
  setTimeout(follow, pauseMs);
}
setTimeout(follow, pauseMs);
document.addEventListener("visibilitychange", () => look().catch(() => {}));

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...document.querySelectorAll("nav li a")];
  const at = links.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  links[at + step]?.focus();
});
`;
