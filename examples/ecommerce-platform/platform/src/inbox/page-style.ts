/** The looks of the page; one sheet, nothing from elsewhere. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f3f0, #15171a);
  --paper: light-dark(#ffffff, #1c1f23);
  --raised: light-dark(#fbfaf8, #22262b);
  --ink: light-dark(#1d2125, #e7e9ec);
  --quiet: light-dark(#5c636b, #9aa2ab);
  --line: light-dark(#dedbd5, #30353b);
  --accent: light-dark(#0f6e63, #4fc3b2);
  --chosen: light-dark(#e3f1ee, #1c3532);
  --warn: light-dark(#a3341f, #f08d75);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template-rows: auto minmax(0, 1fr); background: var(--ground); color: var(--ink); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .75rem; z-index: 1; }

header { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding: .7rem 1.25rem;
  background: var(--paper); border-bottom: 1px solid var(--line); }
header h1 { font-size: 1.05rem; margin: 0; display: flex; align-items: center; gap: .55rem; }
header h1 a { color: inherit; text-decoration: none; }
header h1 svg { width: 1.35rem; height: 1.35rem; color: var(--accent); flex: none; }
header p { margin: 0; color: var(--quiet); font-size: .85rem; }
header .tools { margin-left: auto; display: flex; gap: .5rem; align-items: center; flex-wrap: wrap; }
form { display: flex; gap: .5rem; margin: 0; }
input, button { font: inherit; font-size: .85rem; border: 1px solid var(--line); border-radius: 7px; padding: .3rem .7rem;
  background: var(--raised); color: inherit; min-height: 2rem; }
input { width: 15rem; max-width: 60vw; }
input::placeholder { color: var(--quiet); opacity: 1; }
button { cursor: pointer; }
button:hover { border-color: var(--quiet); }
button.danger { color: var(--warn); }

main { display: grid; grid-template-columns: minmax(18rem, 25rem) minmax(0, 1fr); min-height: 0; }
nav { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); background: var(--paper); }
nav ol { list-style: none; margin: 0; padding: 0; overflow-y: auto; flex: 1; }
nav li + li { border-top: 1px solid var(--line); }
nav li a { display: block; padding: .65rem 1.25rem .7rem; color: inherit; text-decoration: none; border-left: 3px solid transparent;
  padding-left: calc(1.25rem - 3px); }
nav li a:hover { background: var(--raised); }
nav li a:focus-visible { outline-offset: -3px; }
nav li a[aria-current] { background: var(--chosen); border-left-color: var(--accent); }
nav .who { display: flex; justify-content: space-between; gap: .75rem; font-size: .82rem; color: var(--quiet); }
nav .who bdi, nav .snippet { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav .who time { flex: none; font-variant-numeric: tabular-nums; }
nav .subject { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-weight: 600;
  line-height: 1.35; margin: .1rem 0; overflow-wrap: anywhere; }
nav .snippet { display: block; font-size: .82rem; color: var(--quiet); }
nav .pages { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 1.25rem; border-top: 1px solid var(--line);
  font-size: .82rem; color: var(--quiet); }

article { display: flex; flex-direction: column; min-width: 0; min-height: 0; padding: 1.4rem 1.75rem 1.75rem; overflow-y: auto; }
article h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .8rem; overflow-wrap: anywhere; }
article .back { display: none; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: 0 0 1.1rem; font-size: .88rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.views { display: flex; gap: .25rem; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
.views a { padding: .35rem .9rem; color: var(--quiet); text-decoration: none; border-bottom: 2px solid transparent; margin-bottom: -1px; }
.views a:hover { color: var(--ink); }
.views a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
iframe { flex: 1; min-height: 18rem; width: 100%; border: 1px solid var(--line); border-radius: 9px; background: var(--paper); }
pre { margin: 0; padding: 1.1rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: 9px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
pre.letter { font: inherit; max-width: 46rem; }
pre.source { font: .8rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }

.empty { margin: auto; text-align: center; color: var(--quiet); max-width: 26rem; padding: 2rem; }
.empty svg { width: 3rem; height: 3rem; opacity: .45; }
.empty p { margin: .4rem 0; }
nav .empty { padding: 2rem 1.25rem; }

@media (max-width: 48rem) {
  header p { display: none; }
  header .tools { margin-left: 0; width: 100%; flex-wrap: nowrap; }
  header .tools form[role] { flex: 1; min-width: 0; }
  input { flex: 1; min-width: 0; }
  button { white-space: nowrap; }
  main { grid-template-columns: minmax(0, 1fr); }
  main.list article, main.reading nav { display: none; }
  nav { border-right: 0; }
  article { padding: 1rem 1.1rem 1.25rem; }
  article .back { display: inline-block; margin-bottom: .6rem; }
}
`;
