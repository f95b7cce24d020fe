import { agents } from "../authoring/setup/agents.ts";
import type { SetupManifest } from "../authoring/setup/manifest.ts";
import type { McpPlace } from "../authoring/setup/mcp-registration.ts";
import { listing } from "../checks/listing.ts";
import { findDrift, registeredIn } from "../node/setup/drift.ts";
import { isWritable, type Machine } from "../node/setup/machine.ts";
import type { DoctorItem } from "../render/doctor-text.ts";

const MCP_PLACES: readonly McpPlace[] = agents.flatMap(({ mcp }) => mcp ?? []);

/** What the machine lacks. */
export function machineItems(machine: Machine, root: string): DoctorItem[] {
  const { node, nodeIsNewEnough, git, onPath, mcpServer } = machine;
  const registered = registeredIn(root, MCP_PLACES);
  return [
    ...(nodeIsNewEnough
      ? []
      : [item("node-too-old", "error", `This is Node ${node}.`, "install Node 20.19 or newer")]),
    ...(git === undefined
      ? [
          item(
            "git-missing",
            "attention",
            "There is no git: contracts have no baseline to be compared with.",
            "install git",
          ),
        ]
      : []),
    ...(onPath
      ? []
      : [
          item(
            "not-on-path",
            "attention",
            "speckit is not on the PATH, where the commands of agents look for it.",
            "npm install --global @speckit/cli",
          ),
        ]),
    ...(registered !== undefined && !mcpServer
      ? [
          item(
            "mcp-server-missing",
            "attention",
            `${registered} names the MCP server, which is not installed.`,
            "npm install --global @speckit/mcp",
          ),
        ]
      : []),
    ...(isWritable(root)
      ? []
      : [item("not-writable", "error", `${root} cannot be written to.`, "mend its permissions")]),
  ];
}

/** What drifted from the set-up, and whether there is a newer one. */
export function setupItems(root: string, manifest: SetupManifest | undefined, version: string): DoctorItem[] {
  if (manifest === undefined)
    return [
      item("not-set-up", "attention", "No agent has commands of speckit here.", "speckit init . --ai claude"),
    ];
  const { edited, missing, waiting } = findDrift(root, manifest);
  return [
    ...(manifest.version === version
      ? []
      : [
          item(
            "set-up-outdated",
            "attention",
            `Commands and templates are of version ${manifest.version}; this is ${version}.`,
            "speckit init .",
          ),
        ]),
    ...(missing.length > 0
      ? [
          item(
            "set-up-missing",
            "attention",
            `Of what init wrote is gone: ${listing(missing, 3)}.`,
            "speckit init .",
          ),
        ]
      : []),
    ...(waiting.length > 0
      ? [
          item(
            "merge-waiting",
            "attention",
            `New versions wait beside edited files: ${listing(waiting, 3)}.`,
            "merge each into its file and delete it",
          ),
        ]
      : []),
    ...(edited.length > 0
      ? [
          item(
            "set-up-edited",
            "note",
            `Edited since init wrote it, and kept by upgrades: ${listing(edited, 3)}.`,
          ),
        ]
      : []),
  ];
}

export function item(id: string, level: DoctorItem["level"], message: string, fix?: string): DoctorItem {
  return { id, level, message, ...(fix === undefined ? {} : { fix }) };
}
