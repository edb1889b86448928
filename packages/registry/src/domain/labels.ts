/** What users write on buckets and builds: text to text. */
export type Labels = Readonly<Record<string, string>>

/** Whether two objects of JSON hold the same; the order of keys does not count. */
export function sameLabels(a: Labels, b: Labels): boolean {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  )
}

/** The labels with others written over them. */
export function mergeLabels(stored: Labels, given: Labels): Labels {
  return { ...stored, ...given }
}
