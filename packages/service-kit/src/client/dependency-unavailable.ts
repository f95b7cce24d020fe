/** Another service does not answer, or answers with an error of its own. In a handler it becomes the problem 503. */
export class DependencyUnavailable extends Error {
  override readonly name = "DependencyUnavailable";
  /** The other service: `inventory-service`. */
  readonly dependency: string;

  constructor(dependency: string, reason: string, cause?: unknown) {
    super(`${dependency} ${reason}`, { cause });
    this.dependency = dependency;
  }
}
