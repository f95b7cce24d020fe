/** What people call a task: `T001`, but `Task 1.1`. */
export function taskName(id: string): string {
  return /^\d/.test(id) ? `Task ${id}` : id;
}
