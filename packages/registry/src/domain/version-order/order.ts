/** Which of two versions is older: negative, zero where neither is, positive. Total over all texts. */
export type VersionOrder = (a: string, b: string) => number

/** Compares two runs of digits by what they count, however long they are. */
export function compareDigits(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return x.length - y.length || compareText(x, y)
}

/** By code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Compares two lists item by item; `missing` stands for what the shorter one lacks. */
export function compareLists<Item>(
  a: readonly Item[],
  b: readonly Item[],
  compare: (a: Item, b: Item) => number,
  missing: Item,
): number {
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const order = compare(a[place] ?? missing, b[place] ?? missing)
    if (order !== 0) return order
  }
  return 0
}
