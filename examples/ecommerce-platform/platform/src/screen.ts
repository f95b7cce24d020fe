import { relative } from "node:path";
import type { Platform } from "./start-platform.ts";

export interface ScreenOptions {
  readonly seconds: number;
  readonly color: boolean;
  readonly folder: string;
  /** Whether the administrator gets in with the password that the platform knows. */
  readonly administratorKnown: boolean;
}

/** What people see when the shop is open: what runs where, and what to try. */
export function renderScreen(platform: Platform, options: ScreenOptions): string {
  const { seconds, color, folder, administratorKnown } = options;
  const style = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [bold, dim, green, cyan] = [style(1), style(2), style(32), style(36)];
  const row = (name: string, value: string) => `  ${dim(name.padEnd(14))}${value}`;
  const { url, inbox, administrator, services, servers } = platform;
  const shown = (path: string) => relative(folder, path) || ".";
  const addresses = [...services.values()].map((service) => `${service.name} ${hostOf(service.url)}`);

  return [
    `${green("●")} ${bold("The shop is open")} ${dim(`after ${seconds.toFixed(1)} s`)}`,
    "",
    row("gateway", cyan(url)),
    row("mail inbox", inbox ? cyan(inbox.url) : "none: SMTP_URL names another server"),
    row(
      "administrator",
      administratorKnown ? `${administrator.email}  ${administrator.password}` : administrator.email,
    ),
    ...(administratorKnown ? [] : otherPassword.map((line) => row("", line))),
    ...addresses.map((address, index) => row(index === 0 ? "services" : "", address)),
    ...servers.summary.map((line, index) => row(index === 0 ? "servers" : "", line)),
    row("data", shown(platform.dataDir)),
    row("logs", shown(platform.logDir)),
    "",
    bold("Try it") + dim(" in another terminal"),
    "",
    `  curl ${url}/api/v1/products`,
    "",
    `  curl ${url}/api/v1/auth/register \\`,
    "    -H 'content-type: application/json' \\",
    `    -d '{"email":"ada@example.com","password":"correct horse battery"}'`,
    "",
    ...(inbox
      ? [`Then look into the inbox. ${dim("Ctrl-C closes the shop.")}`]
      : [dim("Ctrl-C closes the shop.")]),
    "",
  ].join("\n");
}

/** The account is older than the data folder, or its password was changed: the one that the platform knows would be a lie. */
const otherPassword = [
  "keeps the password it was given before, which is not known here.",
  "Another one: ADMIN_EMAIL=you@example.com npm run platform",
];

const hostOf = (url: string) => new URL(url).host;
