/** A long id as it stands in a list: enough of both ends to tell it from its neighbours. */
export function shortened(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}
