/** Looks into JSON of which nothing is known. */
export type Json = Readonly<Record<string, unknown>>

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** The objects of a list; what is none is left out. */
export function objects(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) return []
  return value.map(asObject).filter((each) => each !== undefined)
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
