export const who = (id: string) => directory.lookup(id);
