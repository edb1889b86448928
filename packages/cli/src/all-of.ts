/** Everything that a list yields; Node 20, on which the installed command runs, has no `Array.fromAsync`. */
export async function allOf<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}
