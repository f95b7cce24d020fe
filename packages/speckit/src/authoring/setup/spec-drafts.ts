import { contractsOf, type Service, type Workspace } from "../../model/workspace.ts";
import { draftSpec } from "../offline/spec.ts";

/** Specifications of the services that have none, by path. Those in other repositories of the fleet are for their own to write. */
export function draftSpecs(workspace: Workspace): Map<string, string> {
  const isOwn = ({ dir }: Service) => (dir === "." ? workspace.features.length === 0 : !dir.startsWith(".."));
  const without = workspace.services.filter((service) => service.features.length === 0 && isOwn(service));
  return new Map(
    without.map((service) => {
      const dir = featureDir(service);
      const feature = {
        slug: dir.slice(dir.lastIndexOf("/") + 1),
        dir,
        spec: undefined,
        plan: undefined,
        tasks: undefined,
        summaries: [],
      };
      return [`${dir}/spec.md`, draftSpec({ service, feature, prompt: "", workspace }, noteFor(service))];
    }),
  );
}

/** Where the draft of a service without a specification stands, relative to the workspace. */
function featureDir({ name, dir }: Pick<Service, "name" | "dir">): string {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const slug = (words.length > 1 && words.at(-1) === "service" ? words.slice(0, -1) : words).join("-");
  return `${dir === "." ? "" : `${dir}/`}specs/001-${slug || "service"}`;
}

function noteFor(service: Service): string {
  const sources = contractsOf(service).map(
    ({ file }) => `\`${file.slice(service.dir === "." ? 0 : service.dir.length + 1)}\``,
  );
  const all = [...sources, ...(service.implemented ? ["the code"] : [])].join(", ");
  return `Drafted by \`speckit init\` from ${all}. Correct it, answer the questions, and delete this line.`;
}
