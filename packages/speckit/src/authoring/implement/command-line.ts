import { type ParseEntry, parse } from "shell-quote";
import { runsTests } from "./test-run.ts";

/** A program and its arguments. No shell reads them. */
export interface CommandStep {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables set for it alone: `PORT=3001 npm start`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a command in a document asks for. */
export type CommandLine =
  /** One after the other; the first that fails ends it. `folder`: where `cd` leads, relative to the service. */
  | { readonly kind: "steps"; readonly folder: string; readonly steps: readonly CommandStep[] }
  /** It is never run, whoever agrees; `why` is the end of the sentence "It is not run: …". */
  | { readonly kind: "refused"; readonly why: string };

const refused = (why: string): CommandLine => ({ kind: "refused", why });

/** Programs that remove, publish, stop or become somebody else: what they do is no proof that a task is done. */
const harmful: readonly (readonly [words: RegExp, why: string])[] = [
  [/^(?:rm|rmdir|unlink|shred|truncate|dd|mkfs(?:\.\w+)?|fdisk|del|rd)$/, "it removes"],
  [/^(?:sudo|su|doas|runas|pkexec)$/, "it would run as somebody else"],
  [/^(?:shutdown|reboot|halt|poweroff|kill|pkill|killall|taskkill)$/, "it stops what runs"],
  [/^(?:chmod|chown|chgrp|mount|umount|crontab|systemctl|launchctl)$/, "it changes the machine"],
  [/^(?:ssh|scp|rsync|nc|ncat|telnet|ftp|sftp)$/, "it reaches other machines"],
  [/^(?:eval|exec|source|\.|!)$/, "it needs a shell"],
  [/^(?:ba|z|da|k|fi|c)?sh$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/, "it needs a shell"],
  [
    /^git (?:push|reset|clean|checkout|restore|rebase|stash|commit|rm|branch -D)(?: |$)/,
    "it changes the repository",
  ],
  [
    /^(?:npm|pnpm|yarn|bun|cargo|twine|gem|docker|podman|helm) (?:publish|unpublish|push|upload|login)(?: |$)/,
    "it publishes",
  ],
  [
    /^(?:kubectl|oc) (?:delete|apply|drain|scale)(?: |$)|^(?:terraform|tofu|pulumi) (?:apply|destroy|up)(?: |$)|^helm (?:install|upgrade|uninstall|delete)(?: |$)/,
    "it changes what is deployed",
  ],
  [/^(?:docker|podman) (?:rm|rmi|kill|stop|system|volume|image|container|network)(?: |$)/, "it removes"],
];

/** Reads a command as a shell would split it. What only a shell could do, and what does harm, is refused. */
export function readCommand(text: string): CommandLine {
  if (/[\n\r]/.test(text)) return refused("it has more than one line");
  // What a person agrees to is what they see.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return refused("it has characters that nobody sees");
  if (/`|\$\(|<\(|\$\{?\w/.test(text)) return refused("it needs a shell");
  if (hasOpenQuote(text)) return refused("a quotation in it never ends");
  const parts: ParseEntry[][] = [[]];
  for (const entry of parse(text)) {
    if (typeof entry === "object" && "op" in entry && entry.op === "&&") parts.push([]);
    else parts.at(-1)?.push(entry);
  }
  let folder = "";
  const steps: CommandStep[] = [];
  for (const part of parts) {
    const words = part.flatMap(wordOf);
    if (words.length < part.length || words.length === 0) return refused("it needs a shell");
    if (words[0] === "cd") {
      if (steps.length > 0 || words.length !== 2) return refused("it needs a shell");
      folder = [folder, words[1]].filter((name) => name !== "").join("/");
      continue;
    }
    const step = stepOf(words);
    const why = step && harmOf(step);
    if (!step || why !== undefined) return refused(why ?? "it names no program");
    steps.push(step);
  }
  return steps.length === 0 ? refused("it names no program") : { kind: "steps", folder, steps };
}

/** What a shell would ask the rest of. */
function hasOpenQuote(text: string): boolean {
  return /["']/.test(text.replace(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/g, ""));
}

/** A word, or a pattern that the program may read itself; none for what a shell would do. */
function wordOf(entry: ParseEntry): string[] {
  if (typeof entry === "string") return [entry];
  return "op" in entry && entry.op === "glob" ? [entry.pattern] : [];
}

function stepOf(words: readonly string[]): CommandStep | undefined {
  const variables: Record<string, string> = {};
  let at = 0;
  for (; at < words.length; at++) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[at] ?? "") ?? [];
    if (name === undefined) break;
    variables[name] = value ?? "";
  }
  const [program = "", ...args] = words.slice(at);
  return program === "" ? undefined : { program, args, variables };
}

/** Programs that do nothing but run another one. */
const runners = /^(?:npx|env|time|nice|nohup|timeout|xargs|command|busybox)$/;

function harmOf({ program, args, variables }: CommandStep): string | undefined {
  if (Object.keys(variables).some((name) => /^(?:PATH|LD_\w+|DYLD_\w+|NODE_OPTIONS|BASH_ENV)$/.test(name)))
    return "it changes which program runs";
  const words = [program.replace(/^.*[\\/]/, ""), ...args];
  // Which word of a runner is the program depends on its options, so none may be one that does harm.
  const places = runners.test(words[0] ?? "") ? words.keys() : [0];
  for (const place of places) {
    const word = words[place] ?? "";
    if (word.includes("/") && !/\/s?bin\//.test(word)) continue;
    const name = word.replace(/^.*\//, "");
    const lines = linesOf(name, words.slice(place + 1));
    const found = harmful.find(([pattern]) => [name, ...lines].some((line) => pattern.test(line)));
    if (found) return found[1];
  }
  return undefined;
}

/** What a program is told to do may stand behind its options, and which of these takes the next word, it knows alone: `git -C DIR push`. */
function linesOf(name: string, args: readonly string[]): string[] {
  const starts = args[0]?.startsWith("-") ? [...args.slice(0, 8).keys()] : [0];
  return starts.map((start) => [name, ...args.slice(start, start + 3)].join(" "));
}

const servers =
  /^(?:npm|pnpm|yarn|bun)(?: run)? (?:start|dev|serve|preview)(?::\S+)?(?: |$)|^(?:python3? -m )?(?:uvicorn|gunicorn|hypercorn|daphne|flask run|fastapi (?:run|dev)|http\.server)(?: |$)|^python3? manage\.py runserver|^go run(?: |$)|^(?:mvn|\.?\/?mvnw) (?:\S+ )*spring-boot:run|^(?:gradle|\.?\/?gradlew) (?:\S+ )*(?:bootRun|run)(?: |$)|^(?:npx )?(?:next|nuxt|astro|remix|nest) (?:start|dev)(?: |$)|^(?:npx )?(?:nodemon|serve|http-server|ts-node-dev|tsx watch)(?: |$)|^(?:npx )?vite(?: (?:dev|preview))?$|^(?:node|tsx|npx tsx|deno run|bun)(?: -\S+)* \S*(?:main|server|app|index)\.[cm]?[jt]s$|^(?:rails s(?:erver)?|php artisan serve|dotnet run|cargo run|air)(?: |$)|^docker run (?!.*(?:-d\b|--detach))|^docker[ -]compose up(?!.*(?:-d\b|--detach|--exit-code-from|--abort-on-container))/;

/** What a program that could be a server is told to do and then has done. */
const jobs = /\b(?:migrate|migrations?|seed|codegen)\b|\s--(?:version|help)\b/;

/** A command that goes on until it is ended: that it stays up is its success. */
export function isServer(text: string): boolean {
  const last = text.split("&&").at(-1) ?? "";
  if (jobs.test(last) || runsTests(last)) return false;
  return servers.test(last.trim().replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, ""));
}
