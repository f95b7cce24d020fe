type Graph = ReadonlyMap<string, readonly string[]>;

/** Groups of nodes that all reach each other, of two and more; a node that is alone is in none. Linear in nodes and edges (Tarjan). */
export function stronglyConnected(outgoing: Graph): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  const low = (node: string) => lowest.get(node) ?? 0;
  const enter = (node: string) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node) ?? 0);
    open.push(node);
    isOpen.add(node);
  };
  const leave = (node: string, parent: string | undefined) => {
    if (parent !== undefined) lowest.set(parent, Math.min(low(parent), low(node)));
    if (low(node) !== order.get(node)) return;
    const group = open.splice(open.lastIndexOf(node));
    for (const member of group) isOpen.delete(member);
    if (group.length > 1) groups.push(group);
  };
  for (const root of outgoing.keys()) {
    if (order.has(root)) continue;
    enter(root);
    // By hand instead of by recursion: a chain of ten thousand services would exhaust the stack.
    const path = [{ node: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = outgoing.get(top.node)?.[top.next++];
      if (target === undefined) {
        path.pop();
        leave(top.node, path.at(-1)?.node);
      } else if (!order.has(target)) {
        enter(target);
        path.push({ node: target, next: 0 });
      } else if (isOpen.has(target)) {
        lowest.set(top.node, Math.min(low(top.node), order.get(target) ?? 0));
      }
    }
  }
  return groups;
}

/** The shortest way round that begins with the step `from` → `to`, as `a, b, a`, turned so that its first name is the alphabet's. */
export function shortestCycle(
  from: string,
  to: string,
  outgoing: Graph,
  inside: ReadonlySet<string>,
): string[] {
  const cameFrom = new Map<string, string>([[to, from]]);
  const queue = [to];
  for (let index = 0; index < queue.length && !cameFrom.has(from); index++) {
    const node = queue[index] ?? "";
    for (const next of outgoing.get(node) ?? []) {
      if (!inside.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  const back = [from];
  for (let node = cameFrom.get(from); node !== undefined && node !== from; node = cameFrom.get(node))
    back.push(node);
  const round = back.reverse();
  const start = round.indexOf([...round].sort()[0] ?? from);
  const turned = [...round.slice(start), ...round.slice(0, start)];
  return [...turned, turned[0] ?? from];
}
