/** A file of the workspace as seen from a folder of it: `contracts/api-spec.yaml` from `services/auth-service`. */
export function relativeTo(dir: string, file: string): string {
  if (dir === ".") return file;
  if (file.startsWith(`${dir}/`)) return file.slice(dir.length + 1);
  return `${dir.replace(/[^/]+/g, "..")}/${file}`;
}
