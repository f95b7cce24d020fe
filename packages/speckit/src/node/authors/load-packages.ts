import { AuthorFailed } from "../../authoring/author.ts";
import type { Provider } from "./providers.ts";

/**
 * Loads packages that only models need; they are large, so that nobody gets them who drafts without.
 * @throws AuthorFailed with the command that installs them
 */
export async function loadPackages<T>(
  { name, packages }: Pick<Provider, "name" | "packages">,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    const all = ["ai", ...packages].join(" ");
    throw new AuthorFailed(
      `--author model:${name}/… needs packages that are not installed beside speckit: npm install ${all} (with -g where speckit was installed so).`,
    );
  }
}
