import type { CredentialPlace } from "../../model/callable-operation.ts";
import { kebab } from "../offline/words.ts";
import type { PlannedOperation, ServicePlan } from "./service-plan.ts";
import { camel, capitalized, imported, lines, property, quoted } from "./write-code.ts";

/** Whether a file of the service is there, or is being written now. */
export type IsThere = (file: string) => boolean;

export function writeMain(): string {
  return lines(
    imported(["runService"], "@speckit/service-kit"),
    imported(["withOwnServers"], "@speckit/service-kit/embedded"),
    imported(["folder", "serve"], "./service.ts"),
    "",
    "// Without DATABASE_URL it brings a PostgreSQL of its own, unless NODE_ENV is production.",
    "await runService(withOwnServers(serve, { folder }));",
  );
}

/** What a service knows of the other services it calls. */
function clientsOf({ upstream }: ServicePlan, isThere: IsThere) {
  return upstream
    .map(({ service, variable }) => ({
      service,
      variable,
      file: `clients/${kebab(service)}.ts`,
      name: camel(service, "service"),
      type: capitalized(service, "service"),
    }))
    .filter(({ file }) => isThere(`src/${file}`));
}

export function writeService(plan: ServicePlan, isThere: IsThere): string {
  const { name, domain, tables, contracts, consumed } = plan;
  const clients = clientsOf(plan, isThere);
  const variables = plan.upstream.map(({ variable }) => variable);
  const checks = [
    ...(checksOwnTokens(plan) ? [{ name: "checkToken", file: "./check-token.ts" }] : []),
    ...(checksCredentials(plan) ? [{ name: "checkCredentials", file: "./check-credentials.ts" }] : []),
  ];
  const given = [
    "database",
    ...(plan.published.length > 0 ? ["outbox"] : []),
    ...(clients.length > 0 ? ["client"] : []),
  ];
  const dependencies = [
    "database",
    ...(plan.published.length > 0 ? ["outbox"] : []),
    ...clients.map(
      ({ service, name: own, type, variable }) =>
        `${own}: create${type}(client(${quoted(service)}, urlOf(${quoted(variable)})))`,
    ),
    "clock: () => new Date()",
  ];
  const isUsual = contracts.length === 1 && contracts[0] === "contracts/api-spec.yaml";
  return lines(
    imported(["fileURLToPath"], "node:url"),
    imported(
      [
        "type Environment",
        "type RunningService",
        "startService",
        ...(variables.length > 0 ? ["requiredUrl"] : []),
      ],
      "@speckit/service-kit",
    ),
    imported([`${domain}Handlers`, ...(consumed.length > 0 ? [`${domain}Consumers`] : [])], "./app.ts"),
    checks.flatMap((check) => imported([check.name], check.file)),
    clients.flatMap(({ type, file }) => imported([`create${type}`], `./${file}`)),
    imported(["migrations", `type ${tables}`], "./store/migrations.ts"),
    "",
    'export const folder = fileURLToPath(new URL("..", import.meta.url));',
    "",
    `/** Starts ${name} with the variables of its environment. Throws \`EnvironmentError\` for one that is missing or wrong. */`,
    "export async function serve(environment: Environment): Promise<RunningService> {",
    variables.length > 0 && [
      '  const urlOf = (name: string) => requiredUrl(environment, name, ["http", "https"]);',
      ...variables.map((variable) => `  urlOf(${quoted(variable)});`),
    ],
    `  return startService<${tables}>({`,
    `    name: ${quoted(name)},`,
    "    environment,",
    "    folder,",
    !isUsual && `    contracts: [${contracts.map(quoted).join(", ")}],`,
    "    migrations,",
    `    async build({ ${given.join(", ")} }) {`,
    "      const dependencies = {",
    dependencies.map((one) => `        ${one},`),
    "      };",
    "      return {",
    `        handlers: ${domain}Handlers(dependencies),`,
    consumed.length > 0 && `        consumers: ${domain}Consumers(dependencies),`,
    checks.map((check) => `        ${check.name},`),
    "      };",
    "    },",
    "  });",
    "}",
  );
}

/** Operations that ask for a token, and nobody else to ask whose it is. */
export function checksOwnTokens({ operations, upstream }: ServicePlan): boolean {
  return !upstream.some(({ checksTokens }) => checksTokens) && operations.some(asksForToken);
}

/** Operations that ask for keys, or for a name and a password. */
export function checksCredentials({ operations }: ServicePlan): boolean {
  return operations.some((one) => (one.callable?.security.length ?? 0) > 0 && !asksForToken(one));
}

function asksForToken({ callable }: PlannedOperation): boolean {
  const isToken = ({ kind }: CredentialPlace) => kind === "bearer" || kind === "other";
  return callable?.security.some((places) => places.every(isToken)) ?? false;
}

export function writeCheckToken({ name }: ServicePlan): string {
  return lines(
    imported(["problems", "type TokenCheck"], "@speckit/service-kit"),
    "",
    "const judge = async (): Promise<never> => {",
    "  throw problems.notImplemented(",
    `    ${quoted(`Whose tokens ${name} takes is not written yet: see src/check-token.ts.`)},`,
    "  );",
    "};",
    "",
    "/** Says whose a token is. A request without one is refused before. */",
    "export const checkToken: TokenCheck = Object.assign(judge, { verifyOnly: judge });",
  );
}

export function writeCheckCredentials({ name }: ServicePlan): string {
  return lines(
    imported(["problems", "type CredentialCheck"], "@speckit/service-kit"),
    "",
    "/** Says whose keys, or whose name and password, a request carries. One without them is refused before. */",
    "export const checkCredentials: CredentialCheck = async () => {",
    "  throw problems.notImplemented(",
    `    ${quoted(`Whose credentials ${name} takes is not written yet: see src/check-credentials.ts.`)},`,
    "  );",
    "};",
  );
}

export function writeApp(plan: ServicePlan, isThere: IsThere): string {
  const { domain, tables, operations, published, consumed, name } = plan;
  const clients = clientsOf(plan, isThere);
  const written = operations.filter(({ file }) => isThere(`src/routes/${file}.ts`));
  const heard = consumed.filter(({ event }) => isThere(`src/consumers/${kebab(event)}.ts`));
  const rows = operations.map((operation) => {
    const handler = written.includes(operation) ? `${operation.handler}(dependencies)` : "noHandler";
    return `    ${property(operation.id)}: ${handler},`;
  });
  const consumers = consumed.map((one) =>
    heard.includes(one) ? `${camel(one.event, "on")}(dependencies)` : `noConsumer(${quoted(one.event)})`,
  );
  return lines(
    imported(
      [
        "type Database",
        "type Handlers",
        ...(consumed.length > 0 ? ["type EventConsumer"] : []),
        ...(published.length > 0 ? ["type Outbox"] : []),
        ...(written.length < operations.length ? ["noHandler"] : []),
        ...(heard.length < consumed.length ? ["noConsumer"] : []),
      ],
      "@speckit/service-kit",
    ),
    clients.flatMap(({ type, file }) => imported([`type ${type}`], `./${file}`)),
    heard.flatMap(({ event }) => imported([camel(event, "on")], `./consumers/${kebab(event)}.ts`)),
    written.flatMap(({ handler, file }) => imported([handler], `./routes/${file}.ts`)),
    imported([`type ${tables}`], "./store/migrations.ts"),
    "",
    "/** What operations and consumers need. */",
    "export interface Dependencies {",
    `  readonly database: Pick<Database<${tables}>, "db" | "transaction">;`,
    published.length > 0 && "  readonly outbox: Outbox;",
    clients.map(({ name: own, type }) => `  readonly ${own}: ${type};`),
    "  readonly clock: () => Date;",
    "}",
    "",
    "/** One handler for each operation of the contract; service-kit refuses to start with others. */",
    `export function ${domain}Handlers(${written.length > 0 ? "" : "_"}dependencies: Dependencies): Handlers {`,
    rows.length > 0 ? ["  return {", ...rows, "  };"] : "  return {};",
    "}",
    consumed.length > 0 && [
      "",
      `/** One consumer for each event whose contract names ${name}; service-kit refuses to start with others. */`,
      `export function ${domain}Consumers(`,
      `  ${heard.length > 0 ? "" : "_"}dependencies: Dependencies,`,
      `): readonly EventConsumer<${tables}>[] {`,
      `  return [${consumers.join(", ")}];`,
      "}",
    ],
  );
}
