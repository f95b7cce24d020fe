interface Identified {
  readonly id: string;
}

/** The body of an answer: the data, and the id under which the logs of all services know the request. */
export function answer<Data>(request: Identified, data: Data) {
  return { data, meta: { requestId: request.id } };
}

/** The body of a page of a list. `nextCursor` is null on the last page. */
export function answerPage<Item>(request: Identified, items: readonly Item[], nextCursor: string | null) {
  return { data: items, meta: { requestId: request.id, nextCursor } };
}
