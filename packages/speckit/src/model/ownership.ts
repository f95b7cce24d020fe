/** CODEOWNERS: who is asked about which files. The last pattern that matches a file decides. */
export interface CodeOwners {
  readonly kind: "code-owners";
  readonly file: string;
  readonly rules: readonly { readonly pattern: string; readonly owners: readonly string[] }[];
}

/** catalog-info.yaml: what a Backstage catalog says of the folder that it stands in. */
export interface CatalogInfo {
  readonly kind: "catalog-info";
  readonly file: string;
  readonly owner: string | undefined;
}
