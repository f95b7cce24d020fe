/** A place in a body or a parameter that does not match its schema. */
export interface ProblemPlace {
  /** JSON Pointer into the body (`/items/0/quantity`), or the name of the parameter. */
  readonly path: string;
  readonly message: string;
}

export interface ProblemDetails {
  /** Names the kind of problem: `/problems/order-settled`. */
  readonly type: string;
  /** The kind in a few words, the same for every problem of this type. */
  readonly title: string;
  /** What happened this time, and what to do. */
  readonly detail: string;
}

export interface ProblemOptions extends ProblemDetails {
  readonly errors?: readonly ProblemPlace[];
  /** Headers of the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** More members of the answer, beside those of RFC 7807. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** An answer that is an error. Thrown anywhere in a handler, it becomes `application/problem+json` (RFC 7807). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly options: ProblemOptions;

  constructor(status: number, options: ProblemOptions) {
    super(options.detail);
    this.status = status;
    this.options = options;
  }
}

/** The problems that every service has. Each call makes a new one, to be thrown. */
export const problems = {
  badRequest: (detail: string, errors?: readonly ProblemPlace[]) =>
    new Problem(400, {
      type: "/problems/bad-request",
      title: "Bad request",
      detail,
      ...(errors && { errors }),
    }),

  unauthorized: (detail = "The access token is missing or not valid.") =>
    new Problem(401, {
      type: "/problems/unauthorized",
      title: "Unauthorized",
      detail,
      headers: { "www-authenticate": "Bearer" },
    }),

  forbidden: (detail = "This operation is for administrators.") =>
    new Problem(403, { type: "/problems/forbidden", title: "Forbidden", detail }),

  /** No such thing, and somebody else's thing: the answer does not tell them apart. */
  notFound: (detail = "There is nothing here.") =>
    new Problem(404, { type: "/problems/not-found", title: "Not found", detail }),

  conflict: (details: ProblemDetails) => new Problem(409, details),

  unprocessable: (options: Partial<ProblemOptions> = {}) =>
    new Problem(422, {
      type: "/problems/invalid-body",
      title: "Invalid body",
      detail: "The body does not match its schema.",
      ...options,
    }),

  tooManyRequests: ({
    retryAfterSeconds,
    ...details
  }: Partial<ProblemDetails> & { readonly retryAfterSeconds: number }) =>
    new Problem(429, {
      type: "/problems/too-many-requests",
      title: "Too many requests",
      detail: "Wait before the next request.",
      ...details,
      headers: { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) },
    }),

  /** Nobody has written what the operation does. `detail` says where to read what that is. */
  notImplemented: (detail: string) =>
    new Problem(501, { type: "/problems/not-implemented", title: "Not implemented", detail }),

  /** Something that the operation needs does not answer, and nothing was changed. */
  unavailable: (detail = "Try again later.") =>
    new Problem(503, { type: "/problems/service-unavailable", title: "Service unavailable", detail }),
};
